using Harrier.Cli.Backtests;
using Harrier.Cli.Microstructure;
using Harrier.Domain;
using Harrier.Research.Backtests;
using Harrier.Research.Checks;
using Harrier.Research.Replays;
using Harrier.Simulation.Books;

namespace Harrier.Cli.Composition;

/// <summary>Wires a backtest on a recording: the venue's decoder, the engine, the simulated venue with its book and latencies.</summary>
/// <param name="Settings">What to run.</param>
/// <param name="Input">What to run it on.</param>
/// <param name="Resolutions">How finely it is played: as asked for, without the book where the recording has none.</param>
/// <param name="Summary">What was found, a line each.</param>
internal sealed record Replay(BacktestSettings Settings, ReplayInput Input, IReadOnlyList<Resolution> Resolutions, IReadOnlyList<string> Summary)
{
    private static readonly BarSpec Minute = new(60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Aggregated);

    /// <summary>Reads the recording once and wires the run.</summary>
    /// <exception cref="InputException">The recording does not hold what a run needs.</exception>
    public static Replay Compose(BacktestRequest request, CancellationToken stop)
    {
        string path = request.Data!;
        RecordedTape tape = RecordedTape.Of(path, WishOf(request), request.Reading.MinNotional);
        RequireFit(request, tape.Instrument);
        BarSpec spec = request.Reading.Interval ?? Minute;
        TapeSurvey survey = TapeSurvey.Of(tape, spec, stop.ThrowIfCancellationRequested);
        RequireContent(request, survey, spec);
        Resolution[] resolutions = [.. request.Replay.Resolutions.Select(one => one == Resolution.Book && !survey.HasBook ? Resolution.Ticks : one).Distinct()];
        BarSurvey bars = BarSurvey.Of(survey.Series, []);
        BacktestSettings settings = Backtest.SettingsOf(request);
        Backtest.RequireCountableLots(request, tape.Instrument, bars.Lowest[0]);
        return new Replay(
            settings,
            new ReplayInput
            {
                Tape = tape,
                Events = survey.Events,
                From = survey.First,
                Settings = new ReplaySettings
                {
                    Fills = new BookFillOptions { Queue = request.Replay.Queue, Entry = request.Replay.Latency, Response = request.Replay.Latency },
                    FeedMilliseconds = request.Replay.FeedMilliseconds,
                },
                Bars = new BacktestInput
                {
                    Series = survey.Series,
                    DataHash = survey.DataHash,
                    DataChecks = [DataCheckReport.Combine(bars.Reports), CheckOf(tape.Gaps, survey)],
                    Provenance = [.. ProvenanceOf(path, survey), .. Backtest.ProvenanceOf(request.Strategy)],
                },
            },
            resolutions,
            [.. Lines(path, tape, survey, resolutions)]);
    }

    /// <summary>What to play for a resolution that is not bars.</summary>
    public ReplayInput At(Resolution resolution) => Input with
    {
        Settings = Input.Settings with { Fills = Input.Settings.Fills with { HasBook = resolution == Resolution.Book } },
    };

    private static RecordingWish WishOf(BacktestRequest request)
    {
        IReadOnlyList<string> symbols = request.Reading.Symbols;
        if (symbols.Count > 1)
        {
            throw new InputException("symbol", string.Join(", ", symbols), "one symbol where the data is a recording");
        }

        if (request.Reading.From is not null || request.Reading.To is not null)
        {
            throw new InputException(request.Reading.From is null ? "to" : "from", "a day", "left out where the data is a recording, which is played as a whole");
        }

        string? symbol = symbols.Count == 1 ? SymbolOf(symbols[0]) : null;
        return new RecordingWish(request.Venue?.Name, symbol, request.Reading.TickSize, request.Reading.LotSize);
    }

    private static string SymbolOf(string text) => SymbolText.TryParse(text, out Asset asset, out Asset quote)
        ? asset.Code + quote.Code
        : throw new InputException("symbol", text, "a symbol such as BTCUSDT or BTC/USDT");

    // A recording says itself what was traded.
    private static void RequireFit(BacktestRequest request, Instrument instrument)
    {
        if (request.Market != InstrumentKind.Spot && instrument.Kind == InstrumentKind.Spot)
        {
            throw new InputException("market", "perp", $"spot: the recording is of {instrument.Definition.Venue}");
        }
    }

    private static void RequireContent(BacktestRequest request, TapeSurvey survey, BarSpec spec)
    {
        if (survey.Trades == 0)
        {
            throw new InputException("data", request.Data!, "a recording with trades: without them there are neither bars nor a last price");
        }

        if (survey.Series[0].Count == 0)
        {
            throw new InputException("interval", spec.ToString(), $"a length that trades from {survey.First} to {survey.Last} fill at least once");
        }
    }

    private static CheckResult CheckOf(RecordingGaps gaps, TapeSurvey survey)
    {
        string found = FormattableString.Invariant(
            $"{gaps.Holes} holes, {gaps.Losses} lost connections, {gaps.Faults.Count} unreadable places, {survey.Faults} breaks of the book; {survey.WithoutBook.TotalSeconds:0.###} s without a book that can be believed");
        return new CheckResult("recording", gaps.Holes + gaps.Losses + gaps.Faults.Count + survey.Faults == 0, found);
    }

    private static IEnumerable<KeyValuePair<string, object?>> ProvenanceOf(string path, TapeSurvey survey) =>
    [
        new("data_recording", path),
        new("trades", survey.Trades),
        new("book_messages", survey.BookMessages),
        new("level_changes", survey.LevelChanges),
        new("marks_and_funding", survey.Marks),
        new("seconds_without_book", survey.WithoutBook.TotalSeconds),
        new("negative_feed_latencies", survey.NegativeLatencies),
    ];

    private static string Text(Resolution resolution) => resolution switch
    {
        Resolution.Book => "trades and book",
        Resolution.Ticks => "trades without a book",
        _ => "bars of the trades",
    };

    private static IEnumerable<string> Lines(string path, RecordedTape tape, TapeSurvey survey, IEnumerable<Resolution> resolutions)
    {
        InstrumentDefinition definition = tape.Instrument.Definition;
        yield return FormattableString.Invariant($"recording {path}: {definition.Venue} {definition.Symbol} from {survey.First} to {survey.Last}");
        yield return FormattableString.Invariant(
            $"{survey.Trades} trades, {survey.BookMessages} book messages with {survey.LevelChanges} level changes, {survey.Snapshots} snapshots, {survey.Marks} marks, {tape.Gaps.Holes} holes, {tape.Gaps.Losses} lost connections, {survey.Faults} breaks of the book");
        yield return FormattableString.Invariant($"grid: tick {definition.TickSize}, lot {definition.LotSize} (from the decimals in the data unless given)");
        yield return FormattableString.Invariant($"played as {string.Join(", ", resolutions.Select(Text))}, with {survey.Series[0].Count} bars of {survey.Series[0].Spec}");
        if (survey.NegativeLatencies > 0)
        {
            yield return FormattableString.Invariant($"note: {survey.NegativeLatencies} of {survey.Events} events were received before they happened, by the recorder's clock: their feed latency counts as 0; --feed-latency-ms sets one");
        }
    }
}
