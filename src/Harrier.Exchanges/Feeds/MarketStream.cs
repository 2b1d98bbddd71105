using Harrier.Domain;
using Harrier.Exchanges.Requests;
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

    /// <summary>Its instruments in the order of their ids; empty where there are none to trade in an engine.</summary>
    public IReadOnlyList<Instrument> Instruments { get; init; } = [];

    /// <summary>Carries data until it is stopped.</summary>
    public required Func<CancellationToken, Task> RunAsync { get; init; }

    /// <summary>Every symbol at a moment.</summary>
    public required Func<Timestamp, IReadOnlyList<SymbolStatus>> Read { get; init; }

    /// <summary>Messages so far.</summary>
    public required Func<long> Messages { get; init; }

    /// <summary>Makes what tells the symbols of recorded messages; null where data does not come as messages of streams.</summary>
    public Func<FrameSorter>? Sorter { get; init; }

    /// <summary>The budget of its requests.</summary>
    public RequestBudget Budget => requests.Budget;

    /// <summary>The data of a feed.</summary>
    public static MarketStream Of(VenueId venue, MarketFeed feed, VenueRequests requests)
    {
        ArgumentNullException.ThrowIfNull(feed);
        return new MarketStream(requests)
        {
            Venue = venue,
            Connections = feed.Connections,
            RunAsync = feed.RunAsync,
            Read = feed.Read,
            Messages = () => feed.Messages,
            Sorter = feed.Sorter,
            Instruments = feed.Instruments,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => requests.Dispose();
}
