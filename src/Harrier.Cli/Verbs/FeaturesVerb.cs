using System.CommandLine;
using Harrier.Cli.Microstructure;
using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Exchanges.Feeds;
using Harrier.Storage.Bars;

namespace Harrier.Cli.Verbs;

/// <summary><c>features --data FILE --set density,activity,...</c>: what Harrier sees in recorded trades and books, or in bars.</summary>
public static class FeaturesVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Option<string> data = new("--data") { Description = "a recording of harrier record, or messages one a line as <unix ns> <json>, plain or gz; or bars", HelpName = "FILE", Required = true };
        Option<string> set = new("--set") { Description = "one or more of " + FeatureMembers.Names, HelpName = "F,F", Required = true };
        Option<string?> every = new("--every") { Description = "time between two lines of a feature that has no events, 1s where nothing is said", HelpName = "T" };
        Option<string?> interval = new("--interval") { Description = "length of a bar, such as 1m, 1h, 1d; of bars", HelpName = "I" };
        Option<string?> from = new("--from") { Description = "first day of bars", HelpName = "YYYY-MM-DD" };
        Option<string?> to = new("--to") { Description = "last day of bars, included", HelpName = "YYYY-MM-DD" };
        Option<bool> json = new("--json") { Description = "print one JSON object per line" };
        RecordingOptions recording = new();
        Command command = new("features", "Print the features of recorded trades and books, or of bars: one line per event or span of time.")
        {
            data, set, every, interval, from, to, json,
        };
        recording.AddTo(command);
        command.Does(verbose, (parsed, streams, stop) =>
        {
            string path = parsed.GetRequiredValue(data);
            FeatureLines lines = new(streams.Output, parsed.GetValue(json));
            TimeSpan pace = OptionText.Span("--every", parsed.GetValue(every) ?? "1s");
            RecordingWish wish = recording.Read(parsed);
            BarReadOptions bars = new()
            {
                Symbols = wish.Symbol is { } symbol ? [symbol] : [],
                Interval = parsed.GetValue(interval) is { } length ? OptionText.Interval("interval", length) : null,
                From = parsed.GetValue(from) is { } first ? OptionText.Day("from", first) : null,
                To = parsed.GetValue(to) is { } last ? OptionText.Day("to", last) : null,
            };
            return Run(path, new Request(parsed.GetRequiredValue(set), pace, wish, bars, lines), stop);
        });
        return command;
    }

    private static int Run(string path, Request request, CancellationToken stop)
    {
        if (!Path.Exists(path))
        {
            throw new InputException("data", path, "a file that exists");
        }

        bool isRecording = RecordedMessages.IsRecording(path);
        IReadOnlyList<FeatureMember> members = FeatureMembers.Parse(request.Set, isRecording);
        FeatureWatcher watcher = new(members, request.Lines, request.Every);
        if (isRecording)
        {
            PlayRecording(path, request, watcher, stop);
        }
        else
        {
            PlayBars(path, request, watcher, stop);
        }

        return 0;
    }

    private static void PlayRecording(string path, Request request, FeatureWatcher watcher, CancellationToken stop)
    {
        RecordingFacts facts = RecordingFacts.Read(path, request.Wish);
        FeatureEngine engine = new(facts.Instrument, watcher);
        VenueStreams streams = Composition.Exchanges.Of(facts.Venue).Recorded(facts.Venue)
            ?? throw new InputException("venue", facts.Venue, "a venue with books");
        RecordedMarket market = new(streams, facts.Instrument, engine);
        foreach ((Timestamp received, byte[] message) in RecordedMessages.Read(path, facts.Reading))
        {
            stop.ThrowIfCancellationRequested();
            market.Play(message, received);
        }
    }

    private static void PlayBars(string path, Request request, FeatureWatcher watcher, CancellationToken stop)
    {
        IReadOnlyList<BarFileData> found = BarFileReader.Read(path, request.Bars);
        BarSeries series = found is [{ } only]
            ? only.Series
            : throw new InputException("symbol", "none given", "one of " + string.Join(", ", found.Select(one => one.Report.Symbol)));
        FeatureEngine engine = new(series.Instrument, watcher);
        foreach (ref readonly Bar bar in series.Bars)
        {
            stop.ThrowIfCancellationRequested();
            engine.OnBar(in bar);
        }
    }

    private sealed record Request(string Set, TimeSpan Every, RecordingWish Wish, BarReadOptions Bars, FeatureLines Lines);
}
