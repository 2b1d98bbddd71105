using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>Where a feature reads the order book of one instrument when it is asked.</summary>
public interface IBookSource
{
    /// <summary>The book; null while it cannot be trusted or a message is half applied.</summary>
    OrderBook? Book { get; }

    /// <summary>How long the book could not be read since its feed first spoke of it.</summary>
    /// <param name="now">Up to when, for a book that cannot be read now.</param>
    TimeSpan TimeUnverified(Timestamp now);
}
