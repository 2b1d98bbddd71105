using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Storage.Market;

namespace Harrier.Storage.Collection;

/// <summary>What the symbols of a run share.</summary>
/// <param name="History">The venue.</param>
/// <param name="Store">Where rows go.</param>
/// <param name="Request">What is wanted.</param>
/// <param name="Options">How it is gone about.</param>
/// <param name="Time">The clock of pauses.</param>
internal sealed record CollectContext(IMarketHistory History, MarketStore Store, CollectRequest Request, CollectorOptions Options, TimeProvider Time)
{
    /// <summary>Asks the venue.</summary>
    public VenueQuestions Questions { get; } = new(Options, Time);

    /// <summary>The venue's time when the run began.</summary>
    public required Timestamp Now { get; init; }
}
