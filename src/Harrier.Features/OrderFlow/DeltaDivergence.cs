using Harrier.Domain;

namespace Harrier.Features.OrderFlow;

/// <summary>Price made a further extreme and the cumulative delta did not follow, at two confirmed pivots.</summary>
/// <param name="Strength">Distance of the two cumulative deltas over the volume traded between them: 0 to 1 where the deltas are measured.</param>
/// <param name="KnownAt">When the bar was complete that confirmed the second pivot.</param>
/// <param name="FirstIndex">Number of the bar of the first pivot.</param>
/// <param name="SecondIndex">Number of the bar of the second pivot.</param>
/// <param name="KnownIndex">Number of the bar that confirmed the second pivot.</param>
/// <param name="Side">Bearish at highs: higher high, lower delta. Bullish at lows: lower low, higher delta.</param>
public readonly record struct DeltaDivergence(double Strength, Timestamp KnownAt, int FirstIndex, int SecondIndex, int KnownIndex, FlowSide Side);
