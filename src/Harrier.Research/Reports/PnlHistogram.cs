namespace Harrier.Research.Reports;

/// <summary>Counts of trades by PnL in bins of one round width, with an edge at 0 so that no bin mixes wins and losses.</summary>
internal sealed record PnlHistogram
{
    private const int AimedBins = 50;
    private const int OutlierCount = 200;

    /// <summary>Lower edge of the first bin.</summary>
    public required double First { get; init; }

    /// <summary>Width of a bin; 0 without trades.</summary>
    public required double Width { get; init; }

    /// <summary>Trades per bin: from its lower edge on, up to but without the upper.</summary>
    public required IReadOnlyList<int> Counts { get; init; }

    /// <summary>True when the first bin also holds everything below it.</summary>
    public required bool IsOpenBelow { get; init; }

    /// <summary>True when the last bin also holds everything above it.</summary>
    public required bool IsOpenAbove { get; init; }

    /// <summary>Counts values; with 200 or more, the outermost half percent on either side goes to the end bins, so that outliers do not squash the rest.</summary>
    public static PnlHistogram Of(double[] values)
    {
        if (values.Length == 0)
        {
            return new PnlHistogram { First = 0, Width = 0, Counts = [], IsOpenBelow = false, IsOpenAbove = false };
        }

        double[] sorted = [.. values.Order()];
        int cut = sorted.Length >= OutlierCount ? sorted.Length / 200 : 0;
        double low = sorted[cut];
        double high = sorted[^(cut + 1)];
        double span = high > low ? high - low : Math.Max(Math.Abs(high), 1);
        double width = RoundUp(span / AimedBins);
        double firstBin = Math.Floor(low / width);
        int[] counts = new int[(int)(Math.Floor(high / width) - firstBin) + 1];
        foreach (double value in sorted)
        {
            counts[(int)Math.Clamp(Math.Floor(value / width) - firstBin, 0, counts.Length - 1)]++;
        }

        return new PnlHistogram
        {
            First = firstBin * width,
            Width = width,
            Counts = counts,
            IsOpenBelow = sorted[0] < firstBin * width,
            IsOpenAbove = sorted[^1] >= (firstBin + counts.Length) * width,
        };
    }

    // The next of 1, 2, 2.5, 5 times a power of ten.
    private static double RoundUp(double value)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        double lead = value / power;
        return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 2.5 ? 2.5 : lead <= 5 ? 5 : 10);
    }
}
