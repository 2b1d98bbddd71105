using System.Globalization;

namespace Harrier.Bench.Live;

/// <summary>Figures of a run at one moment, in Prometheus' text format.</summary>
internal sealed class MetricsReading(string text)
{
    private readonly string[] _lines = [.. text.Split('\n').Where(static line => line.Length > 0 && line[0] != '#')];

    /// <summary>The sum of the series of a name; null where there is none.</summary>
    public double? Sum(string name)
    {
        string[] found = [.. _lines.Where(line => line.StartsWith(name + "{", StringComparison.Ordinal) || line.StartsWith(name + " ", StringComparison.Ordinal))];
        return found.Length > 0 ? found.Sum(static line => ValueOf(line)) : null;
    }

    /// <summary>A quantile of what a histogram has taken since an earlier reading, by a straight line within its bucket, as Prometheus does.</summary>
    public double Quantile(string name, double quantile, MetricsReading since)
    {
        List<(double Bound, double Count)> buckets = [.. Buckets(name).Zip(since.Buckets(name), static (now, then) => (now.Bound, now.Count - then.Count))];
        double rank = quantile * buckets[^1].Count;
        (double low, double below) = (0, 0);
        foreach ((double bound, double count) in buckets)
        {
            if (count >= rank)
            {
                return double.IsPositiveInfinity(bound) ? low : low + ((bound - low) * (rank - below) / (count - below));
            }

            (low, below) = (bound, count);
        }

        return double.NaN;
    }

    private List<(double Bound, double Count)> Buckets(string name) =>
    [
        .. _lines.Where(line => line.StartsWith(name + "_bucket{", StringComparison.Ordinal))
            .GroupBy(static line => BoundOf(line))
            .Select(static group => (group.Key, group.Sum(static line => ValueOf(line))))
            .OrderBy(static bucket => bucket.Key),
    ];

    private static double BoundOf(string line)
    {
        string bound = line[(line.IndexOf("le=\"", StringComparison.Ordinal) + 4)..];
        bound = bound[..bound.IndexOf('"', StringComparison.Ordinal)];
        return bound == "+Inf" ? double.PositiveInfinity : double.Parse(bound, CultureInfo.InvariantCulture);
    }

    private static double ValueOf(string line) => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture);
}
