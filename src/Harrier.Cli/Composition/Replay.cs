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
    : IDisposable
{
    private static readonly BarSpec Minute = new(60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Aggregated);

    /// <summary>Reads the recording once and wires the run.</summary>
    /// <exception cref="InputException">The data do not hold what a run needs.</exception>
    public static Replay Compose(BacktestRequest request, CancellationToken stop)
    {
        SourceTape tape = TapeOf(request);
        try
        {
            return Compose(request, tape, stop);
        }
        catch
        {
            tape.Dispose();
            throw;
        }
    }

    /// <summary>True for data that are played event by event, or whose trades shall be.</summary>
    public static bool Concerns(BacktestRequest request) => request.Data is { } path
        && (StoredData.IsStore(path) ? request.Replay.Given.Contains("resolution") : RecordedTape.IsRecording(path));

    /// <summary>What to play for a resolution that is not bars.</summary>
    public ReplayInput At(Resolution resolution) => Input with
    {
        Settings = Input.Settings with { Fills = Input.Settings.Fills with { HasBook = resolution == Resolution.Book } },
    };

    /// <summary>Closes what the tape reads from.</summary>
    public void Dispose() => (Input.Tape as SourceTape)?.Dispose();

    private static Replay Compose(BacktestRequest request, SourceTape tape, CancellationToken stop)
    {
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
                    DataChecks = [DataCheckReport.Combine(bars.Reports), tape.Check(survey)],
                    Provenance = [.. ProvenanceOf(tape, survey), .. Backtest.ProvenanceOf(request.Strategy)],
                },
            },
            resolutions,
            [.. Lines(tape, survey, resolutions)]);
    }

    private static SourceTape TapeOf(BacktestRequest request)
    {
        IReadOnlyList<string> symbols = request.Reading.Symbols;
        if (symbols.Count > 1)
        {
            throw new InputException("symbol", string.Join(", ", symbols), "one symbol where trades or books are played");
        }

        if (request.From is { } from && request.To is { } to && from.First > to.Last)
        {
            throw new InputException("from", from.Text, $"a time before --to {to.Text}");
        }

        TapeWindow window = new(request.From?.First, request.To?.Last);
        string path = request.Data!;
        string? symbol = symbols.Count == 1 ? SymbolOf(symbols[0]) : null;
        if (StoredData.IsStore(path))
        {
            return StoredTape.Open(path, request, (symbol, window));
        }

        return RecordedTape.Of(path, new RecordingWish(request.Venue?.Name, symbol, request.Reading.TickSize, request.Reading.LotSize), request.Reading.MinNotional, window);
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
            throw (request.From ?? request.To) is { } edge
                ? new InputException(request.From is null ? "to" : "from", edge.Text, "a span in which something was traded")
                : new InputException("data", request.Data!, "a recording with trades: without them there are neither bars nor a last price");
        }

        if (survey.Series[0].Extent.Count == 0)
        {
            throw new InputException("interval", spec.ToString(), $"a length that trades from {survey.First} to {survey.Last} fill at least once");
        }
    }

    private static IEnumerable<KeyValuePair<string, object?>> ProvenanceOf(SourceTape tape, TapeSurvey survey) =>
    [
        new("data", tape.Source),
        new("trades", survey.Trades),
        new("book_messages", survey.BookMessages),
        new("level_changes", survey.LevelChanges),
        new("marks_and_funding", survey.Marks),
        new("seconds_without_book", survey.HasBook ? survey.WithoutBook.TotalSeconds : null),
        new("negative_feed_latencies", survey.NegativeLatencies),
    ];

    private static string Text(Resolution resolution) => resolution switch
    {
        Resolution.Book => "trades and book",
        Resolution.Ticks => "trades without a book",
        _ => "bars of the trades",
    };

    private static IEnumerable<string> Lines(SourceTape tape, TapeSurvey survey, IEnumerable<Resolution> resolutions)
    {
        InstrumentDefinition definition = tape.Instrument.Definition;
        string origin = definition.Venue.IsSimulated ? " (synthetic or simulated, not a real market)" : "";
        yield return FormattableString.Invariant($"{tape.Source}: {definition.Venue} {definition.Symbol}{origin} from {survey.First} to {survey.Last}");
        foreach (string note in tape.Notes(survey))
        {
            yield return note;
        }

        yield return FormattableString.Invariant($"grid: tick {definition.TickSize}, lot {definition.LotSize} (from the decimals in the data unless given)");
        yield return FormattableString.Invariant($"played as {string.Join(", ", resolutions.Select(Text))}, with {survey.Series[0].Extent.Count} bars of {survey.Series[0].Spec}");
    }
}
