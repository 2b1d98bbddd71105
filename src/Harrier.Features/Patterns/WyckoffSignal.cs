using Harrier.Domain;

namespace Harrier.Features.Patterns;

/// <summary>The one trade that a structure proposes.</summary>
/// <param name="Entry">Close of the bar at which it became known, in quote currency.</param>
/// <param name="Stop">Under the spring or last point of support, above the upthrust: always on the losing side of the entry.</param>
/// <param name="Target">The height of the range beyond it.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="KnownAt">When the bar was complete.</param>
/// <param name="KnownIndex">Number of the bar.</param>
/// <param name="Schematic">An accumulation buys, a distribution sells.</param>
public readonly record struct WyckoffSignal(
    double Entry,
    double Stop,
    double Target,
    double Confidence,
    Timestamp KnownAt,
    int KnownIndex,
    WyckoffSchematic Schematic)
{
    /// <summary>True to buy, false to sell.</summary>
    public bool IsBuy => Schematic == WyckoffSchematic.Accumulation;
}
