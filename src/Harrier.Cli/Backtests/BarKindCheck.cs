using Harrier.Domain;
using Harrier.Research.Backtests;

namespace Harrier.Cli.Backtests;

/// <summary>Says loudly what fills on bars of other kinds than time are worth.</summary>
internal static class BarKindCheck
{
    /// <summary>One failed check where the bars are an approximation or their opens are no trades; none for time bars.</summary>
    public static IReadOnlyList<CheckResult> Of(IReadOnlyList<BarHistory> series)
    {
        BarSpec spec = series[0].Spec;
        List<string> faults = [];
        if (series.Any(one => one.Spec.Source == BarSource.Approximated))
        {
            faults.Add($"bars of {spec} are an approximation: they are made of shorter bars, each taken whole, where only trades tell when one closes");
        }

        if (spec.Kind == BarKind.Renko)
        {
            faults.Add("bricks open and close at levels that need not have been traded at: fills at their opens are better than real ones");
        }

        return faults.Count > 0 ? [new CheckResult("bars", false, string.Join("; ", faults))] : [];
    }
}
