using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Harrier.Api.Metrics;

/// <summary>Writes metrics in Prometheus' text format 0.0.4. Names with dots become names with underscores, units become suffixes, counters end with <c>_total</c>.</summary>
internal sealed class PrometheusText : BaseExporter<Metric>
{
    // The runtime calls them counters, and they go down again.
    private static readonly string[] Levels = ["dotnet.thread_pool.threads", "dotnet.thread_pool.queue.length"];

    private readonly StringBuilder _text = new();

    /// <value>What was collected last.</value>
    public string Text { get; private set; } = "";

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        _text.Clear();
        foreach (Metric metric in batch)
        {
            Write(metric);
        }

        Text = _text.ToString();
        return ExportResult.Success;
    }

    /// <summary>The name that Prometheus knows a metric by.</summary>
    internal static string NameOf(string name, string unit, bool isCounter)
    {
        string suffix = unit switch { "s" => "_seconds", "By" => "_bytes", "1" => "_ratio", _ => "" };
        string known = string.Concat(name.Select(static letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
        known = isCounter && known.EndsWith("_total", StringComparison.Ordinal) ? known[..^"_total".Length] : known;
        return known + (known.EndsWith(suffix, StringComparison.Ordinal) ? "" : suffix) + (isCounter ? "_total" : "");
    }

    private void Write(Metric metric)
    {
        bool isHistogram = metric.MetricType == MetricType.Histogram;
        bool isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum && !Levels.Contains(metric.Name, StringComparer.Ordinal);
        string name = NameOf(metric.Name, metric.Unit, isCounter);
        _text.Append("# HELP ").Append(name).Append(' ').Append(metric.Description.Replace("\\", "\\\\", StringComparison.Ordinal).ReplaceLineEndings("\\n")).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(isHistogram ? " histogram\n" : isCounter ? " counter\n" : " gauge\n");
        foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
        {
            if (isHistogram)
            {
                WriteHistogram(name, in point);
            }
            else
            {
                Write(name, point.Tags, bound: null, ValueOf(metric.MetricType, in point));
            }
        }
    }

    // The buckets of the library count each for itself, those of Prometheus all below them.
    private void WriteHistogram(string name, in MetricPoint point)
    {
        long below = 0;
        foreach (HistogramBucket bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            Write(name + "_bucket", point.Tags, bucket.ExplicitBound, below);
        }

        Write(name + "_sum", point.Tags, bound: null, point.GetHistogramSum());
        Write(name + "_count", point.Tags, bound: null, below);
    }

    private static double ValueOf(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),
        _ => point.GetSumDouble(),
    };

    private void Write(string name, ReadOnlyTagCollection labels, double? bound, double value)
    {
        _text.Append(name);
        char open = '{';
        foreach (KeyValuePair<string, object?> label in labels)
        {
            _text.Append(open).Append(NameOf(label.Key, "", isCounter: false)).Append("=\"");
            _text.Append(Convert.ToString(label.Value, CultureInfo.InvariantCulture)!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));
            _text.Append('"');
            open = ',';
        }

        if (bound is { } edge)
        {
            _text.Append(open).Append("le=\"").Append(TextOf(edge)).Append('"');
            open = ',';
        }

        _text.Append(open == '{' ? " " : "} ").Append(TextOf(value)).Append('\n');
    }

    private static string TextOf(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
