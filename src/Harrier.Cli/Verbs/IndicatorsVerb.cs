using System.Buffers;
using System.CommandLine;
using Harrier.Cli.Indicators;
using Harrier.Features.Indicators;

namespace Harrier.Cli.Verbs;

/// <summary><c>indicators FILE --set a,b,c --out FILE|-</c>: technical indicators over a file of bars.</summary>
public static class IndicatorsVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "bars as CSV with a header (open, high, low, close, volume), plain or .gz" };
        Option<string> set = new("--set") { Description = "indicators, such as rsi:14,macd:12:26:9,bbands:20:2", Required = true };
        Option<string> target = new("--out")
        {
            Description = "where the table goes; - is standard output",
            DefaultValueFactory = _ => WholeOutput.StandardOutput,
        };
        Command command = new("indicators", "Compute technical indicators: " + string.Join(", ", IndicatorCatalog.All.Select(d => d.Usage)))
        {
            file,
            set,
            target,
        };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), parsed.GetRequiredValue(set), parsed.GetRequiredValue(target)));
        return command;
    }

    /// <summary>Reads the bars, computes and writes the table.</summary>
    /// <returns>The exit code: 0, or 2 with one line on standard error where the input is at fault.</returns>
    public static int Run(string file, string set, string target) => BadInput.Guard(Console.Error, () =>
    {
        IReadOnlyList<NamedIndicator> indicators = ParseSet(set);
        BarFile bars = BarFile.Read(file, withTimes: indicators.Any(indicator => indicator.NeedsTimes));
        RequireTimes(indicators, bars, file);
        ArrayBufferWriter<byte> table = new();
        IndicatorTable.Write(bars, indicators, table);
        WholeOutput.Write(target, table.WrittenSpan);
        return 0;
    });

    private static IReadOnlyList<NamedIndicator> ParseSet(string set)
    {
        try
        {
            return IndicatorCatalog.ParseSet(set);
        }
        catch (IndicatorParameterException e)
        {
            throw new InputException("set, " + e.Field, e.Value, e.Allowed);
        }
    }

    private static void RequireTimes(IReadOnlyList<NamedIndicator> indicators, BarFile bars, string file)
    {
        // Without days VWAP is one session from the first bar on, which is a usable meaning; pivots would stay empty for ever.
        if (!bars.Layout.KeyIsTime && indicators.Any(indicator => indicator.Kernel is PivotPoints))
        {
            throw new InputException($"{file}, header", string.Join(',', bars.Layout.Header), "a column named time or timestamp, which pivots need");
        }
    }
}
