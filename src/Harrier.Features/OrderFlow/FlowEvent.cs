using Harrier.Domain;

namespace Harrier.Features.OrderFlow;

/// <summary>Effort without result, or effort that ended, at one bar.</summary>
/// <param name="Price">Close of the bar in quote currency.</param>
/// <param name="Volume">Volume of the bar over the mean of those before it.</param>
/// <param name="KnownAt">When the bar was complete that showed it.</param>
/// <param name="Index">Number of the bar.</param>
/// <param name="KnownIndex">Number of the bar that showed it.</param>
/// <param name="Kind">Which of the two.</param>
/// <param name="Side">Bullish when sellers were absorbed or are exhausted.</param>
public readonly record struct FlowEvent(double Price, double Volume, Timestamp KnownAt, int Index, int KnownIndex, FlowEventKind Kind, FlowSide Side);

/// <summary>What a <see cref="FlowEvent"/> is.</summary>
public enum FlowEventKind
{
    /// <summary>Takers met somebody who took it all: the price hardly moved.</summary>
    Absorption,

    /// <summary>A climax at an extreme, and the next bar went the other way.</summary>
    Exhaustion,
}
