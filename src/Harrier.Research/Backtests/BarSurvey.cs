using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Research.Checks;

namespace Harrier.Research.Backtests;

/// <summary>What one pass over all bars tells before anything is traded on them.</summary>
/// <param name="DataHash">The name of the bars, see <see cref="BarSeriesHash"/>.</param>
/// <param name="Reports">What the data check found, in the order of the series.</param>
/// <param name="Lowest">The lowest price of each series.</param>
public sealed record BarSurvey(string DataHash, IReadOnlyList<DataCheckReport> Reports, IReadOnlyList<PriceTicks> Lowest)
{
    // Small enough that the bars stay in the processor's cache from one look to the next.
    private const int BarsPerLook = 2048;

    /// <summary>Reads all bars once, holding one block of them at a time.</summary>
    /// <param name="series">The bars.</param>
    /// <param name="intakes">What their readers had to do, in the same order; missing ones had nothing to do.</param>
    public static BarSurvey Of(IReadOnlyList<BarHistory> series, IReadOnlyList<DataIntake> intakes)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(intakes);
        Dictionary<BarHistory, (DataCheck Check, long Lowest)> seen = [];
        using BarSeriesHash hash = new();
        foreach (BarHistory one in BarSeriesHash.InOrder(series))
        {
            hash.Begin(one);
            DataCheck check = new(one);
            long lowest = long.MaxValue;
            foreach (ReadOnlyMemory<Bar> block in one.ReadPrices())
            {
                for (int start = 0; start < block.Length; start += BarsPerLook)
                {
                    ReadOnlySpan<Bar> bars = block.Span[start..Math.Min(block.Length, start + BarsPerLook)];
                    hash.Append(bars);
                    check.Add(bars);
                    lowest = Math.Min(lowest, LowestOf(bars));
                }
            }

            seen[one] = (check, lowest);
        }

        return new BarSurvey(
            hash.ToText(),
            [.. series.Select((one, i) => seen[one].Check.Report(intakes.ElementAtOrDefault(i)))],
            [.. series.Select(one => new PriceTicks(seen[one].Lowest))]);
    }

    private static long LowestOf(ReadOnlySpan<Bar> bars)
    {
        long lowest = long.MaxValue;
        foreach (ref readonly Bar bar in bars)
        {
            lowest = Math.Min(lowest, bar.Low.Value);
        }

        return lowest;
    }
}
