using System.Buffers;
using System.Globalization;
using System.Text;
using Harrier.Features.Indicators;

namespace Harrier.Cli.Indicators;

/// <summary>Writes indicator values over bars as comma-separated text: round-trip precision, empty where there is no value.</summary>
public static class IndicatorTable
{
    private const int LongestNumber = 32;

    /// <summary>Computes and writes the whole table as UTF-8 with a header.</summary>
    /// <param name="bars">The input; its key column comes first in the output.</param>
    /// <param name="indicators">Fresh kernels.</param>
    /// <param name="output">Where the bytes go.</param>
    public static void Write(BarFile bars, IReadOnlyList<NamedIndicator> indicators, IBufferWriter<byte> output)
    {
        bool hasKey = bars.Layout.Key >= 0;
        IEnumerable<string> columns = indicators.SelectMany(indicator => indicator.Columns);
        string[] header = [.. hasKey ? columns.Prepend(bars.Layout.Header[bars.Layout.Key]) : columns];
        Append(output, string.Join(',', header.Select(CsvLine.Quoted)));
        Append(output, "\n");
        foreach (BarRow row in bars.Rows)
        {
            bool first = true;
            if (hasKey)
            {
                Append(output, CsvLine.Quoted(row.Key));
                first = false;
            }

            foreach (NamedIndicator indicator in indicators)
            {
                indicator.Kernel.Update(row.Bar);
                first = AppendOutputs(output, indicator, first);
            }

            Append(output, "\n");
        }
    }

    private static bool AppendOutputs(IBufferWriter<byte> output, NamedIndicator indicator, bool first)
    {
        for (int i = 0; i < indicator.Columns.Count; i++)
        {
            if (!first)
            {
                Append(output, ",");
            }

            first = false;
            double value = indicator.Kernel.Output(i);
            if (!double.IsNaN(value))
            {
                value.TryFormat(output.GetSpan(LongestNumber), out int written, "R", CultureInfo.InvariantCulture);
                output.Advance(written);
            }
        }

        return first;
    }

    private static void Append(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}
