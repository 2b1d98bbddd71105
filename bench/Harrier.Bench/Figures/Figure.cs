namespace Harrier.Bench.Figures;

/// <summary>One measured number.</summary>
/// <param name="Area">What part of the platform.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Unit">Such as <c>ns/bar</c>.</param>
/// <param name="Median">Of all repetitions.</param>
/// <param name="Least">The fastest repetition.</param>
/// <param name="Most">The slowest.</param>
/// <param name="Anchor">The same work by the program compared with, in the same run; null when it was not run.</param>
/// <param name="Ratio">Anchor over median: above 1 is faster than the anchor.</param>
/// <param name="LeastRatio">The anchor's fastest repetition over ours: the fairer number on a machine that is busy with other work.</param>
public sealed record Figure(
    string Area,
    string Name,
    string Unit,
    double Median,
    double Least,
    double Most,
    double? Anchor = null,
    double? Ratio = null,
    double? LeastRatio = null)
{
    /// <summary>The same figure beside its anchor.</summary>
    /// <param name="median">The anchor's median.</param>
    /// <param name="least">The anchor's fastest repetition; null where its program does not tell.</param>
    public Figure Against(double median, double? least = null) =>
        this with { Anchor = median, Ratio = median / Median, LeastRatio = least / Least };
}
