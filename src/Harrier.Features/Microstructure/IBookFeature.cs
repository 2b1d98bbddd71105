using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>A feature that is fed by the verified order book of one instrument. A book in doubt feeds nothing.</summary>
public interface IBookFeature : IStateful
{
    /// <summary>A whole message was applied; the book may be read during the call.</summary>
    /// <param name="book">The book, verified.</param>
    /// <param name="now">When the message reached us.</param>
    void OnBook(OrderBook book, Timestamp now);

    /// <summary>The book must not be read until the next <see cref="OnBook"/>, and what happens to it meanwhile is not seen.</summary>
    /// <param name="now">When that was noticed.</param>
    void OnBookLost(Timestamp now);
}
