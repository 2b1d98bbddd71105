using Harrier.Domain;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;

namespace Harrier.Exchanges.Feeds;

/// <summary>Market data of a venue, ready to run.</summary>
/// <param name="requests">What its calls share; disposed of with it.</param>
public sealed class MarketStream(VenueRequests requests) : IDisposable
{
    /// <summary>Whose data; <c>sim-...</c> when it comes from the built-in exchange.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>Its connections.</summary>
    public required ConnectionHub Connections { get; init; }

    /// <summary>Carries data until it is stopped.</summary>
    public required Func<CancellationToken, Task> RunAsync { get; init; }

    /// <summary>Every symbol at a moment.</summary>
    public required Func<Timestamp, IReadOnlyList<SymbolStatus>> Read { get; init; }

    /// <summary>Messages so far.</summary>
    public required Func<long> Messages { get; init; }

    /// <inheritdoc/>
    public void Dispose() => requests.Dispose();
}
