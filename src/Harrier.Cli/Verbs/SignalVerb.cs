using System.CommandLine;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Storage.Bars;

namespace Harrier.Cli.Verbs;

/// <summary><c>signal --strategy KEY --data FILE</c>: what a strategy says at each bar, without trading.</summary>
public static class SignalVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        StrategyOptions strategy = new();
        Option<string> data = new("--data") { Description = "bars: a file, or a folder together with --symbol", HelpName = "FILE", Required = true };
        Option<string?> symbol = new("--symbol") { Description = "which symbol of the data", HelpName = "S" };
        Option<string?> interval = new("--interval") { Description = "length of a bar, such as 1m, 1h, 1d", HelpName = "I" };
        Option<string?> from = new("--from") { Description = "first day", HelpName = "YYYY-MM-DD" };
        Option<string?> to = new("--to") { Description = "last day, included", HelpName = "YYYY-MM-DD" };
        Option<bool> json = new("--json") { Description = "print one JSON object per line" };
        Command command = new("signal", "Print what a strategy says at each bar; nothing is traded.");
        strategy.AddTo(command);
        foreach (Option option in (Option[])[data, symbol, interval, from, to, json])
        {
            command.Options.Add(option);
        }

        command.Does(null, (parsed, streams, stop) =>
        {
            StrategyChoice choice = strategy.Read(parsed);
            BarReadOptions options = new()
            {
                Symbols = parsed.GetValue(symbol) is { } wanted ? [wanted] : [],
                Interval = parsed.GetValue(interval) is { } length ? OptionText.Interval("interval", length) : null,
                From = parsed.GetValue(from) is { } first ? OptionText.Day("from", first) : null,
                To = parsed.GetValue(to) is { } last ? OptionText.Day("to", last) : null,
            };
            BarSeries bars = ReadOne(parsed.GetRequiredValue(data), options);
            new SignalRun(choice.Configured.Strategy, bars).WriteTo(streams.Output, parsed.GetValue(json), stop);
            return 0;
        });
        return command;
    }

    private static BarSeries ReadOne(string path, BarReadOptions options)
    {
        IReadOnlyList<BarFileData> found = BarFileReader.Read(path, options);
        return found is [{ } only]
            ? only.Series
            : throw new InputException("symbol", "none given", "one of " + string.Join(", ", found.Select(one => one.Report.Symbol)));
    }
}
