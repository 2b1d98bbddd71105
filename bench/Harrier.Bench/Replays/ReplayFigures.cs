using System.Globalization;
using Harrier.Bench.Figures;
using Harrier.Domain;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Feeds;
using Harrier.Research.Backtests;
using Harrier.Research.Replays;
using Harrier.Simulation.Books;
using Harrier.Simulation.Fills;

namespace Harrier.Bench.Replays;

/// <summary>
/// A backtest on a recorded book (<c>--capture FILE --replay-venue V --tick X --lot X</c>): each change of a level goes to the book of the simulated venue and, later, to the engine's,
/// with the four lanes of latency and a strategy that keeps an order in the queue. <c>--l2 PROGRAM --messages FOLDER</c> name the anchors' bare books, which apply the same kind of
/// changes to one book and do nothing else.
/// </summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class ReplayFigures(TimeProvider time) : IFigureArea
{
    private const int ManyRounds = 16;
    private const double BytesPerMebibyte = 1024 * 1024;

    /// <inheritdoc/>
    public string Name => "replay";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        if (!options.TryGetValue("capture", out string? capture))
        {
            yield break;
        }

        string venue = options.GetValueOrDefault("replay-venue", "binance-spot");
        VenueStreams streams = new BinanceExchange().Recorded(venue)!;
        CapturedTape messages = CapturedTape.Read(capture, streams, InstrumentOf(venue, options));
        EventTape events = messages.Decoded();
        Console.Error.WriteLine($"{events.Events} events, {events.LevelChanges} level changes");
        Figure played = Cost("events in memory", events, events);
        Figure decoded = Cost("from recorded JSON", messages, events);
        foreach (Figure figure in (Figure[])[played, decoded])
        {
            yield return figure;
            yield return new Figure(Name, figure.Name + ", a second", "M changes", 1e3 / figure.Median, 1e3 / figure.Most, 1e3 / figure.Least);
        }

        foreach ((string name, (double median, double least)) in AnchorProgram.Run(options.GetValueOrDefault("l2"), [options.GetValueOrDefault("messages", "")], runs: 3))
        {
            yield return (played with { Name = $"events in memory / {name}, one bare book" }).Against(median, least);
        }

        yield return Held("memory held after one round", events);
        yield return Held($"memory held after {ManyRounds} rounds", events.Times(ManyRounds));
    }

    private static Instrument InstrumentOf(string venue, IReadOnlyDictionary<string, string> options) => new(new InstrumentId(0), new InstrumentDefinition
    {
        Venue = new VenueId(venue),
        Symbol = "BTCUSDT",
        Kind = venue.EndsWith("-spot", StringComparison.Ordinal) ? InstrumentKind.Spot : InstrumentKind.LinearPerpetual,
        Base = new Asset("BTC"),
        Quote = new Asset("USDT"),
        TickSize = decimal.Parse(options.GetValueOrDefault("tick", "0.01"), CultureInfo.InvariantCulture),
        LotSize = decimal.Parse(options.GetValueOrDefault("lot", "0.00001"), CultureInfo.InvariantCulture),
    });

    private Figure Cost(string name, MarketTape tape, EventTape events)
    {
        ReplayInput input = InputOf(tape);
        ReplaySession session = null!;
        Figure cost = new Repetitions(time).NanosecondsPer(
            new Figure(Name, name, "ns/change", 0, 0, 0),
            (int)events.LevelChanges,
            () => session = NewSession(input),
            () => session.Loop.Play(long.MaxValue));
        Console.Error.WriteLine($"{session.Loop.EventsPlayed} events played, {session.Engine.Orders.Submitted} orders sent, {session.Engine.Portfolio.TradedNotional:0} traded");
        return cost;
    }

    // What is alive after the whole tape was played: the tape itself is the same for any number of rounds.
    private Figure Held(string name, EventTape tape)
    {
        using ReplaySession session = NewSession(InputOf(tape));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        session.Loop.Play(long.MaxValue);
        double held = (GC.GetTotalMemory(forceFullCollection: true) - before) / BytesPerMebibyte;
        GC.KeepAlive(session);
        return new Figure(Name, name, "MiB", held, held, held);
    }

    private static ReplayInput InputOf(MarketTape tape)
    {
        TapeSurvey survey = TapeSurvey.Of(tape, new BarSpec(60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Aggregated));
        return new ReplayInput
        {
            Tape = tape,
            Settings = new ReplaySettings { Fills = new BookFillOptions { Queue = new PowerQueue(3) } },
            Bars = new BacktestInput { Series = survey.Series, DataHash = survey.DataHash },
            Events = survey.Events,
            From = survey.First,
        };
    }

    private static ReplaySession NewSession(ReplayInput input) => ReplaySession.Create(
        new BacktestSettings { StrategyKey = "QUOTER", Parameters = [], CreateStrategy = () => new Quoter(), InitialBalance = 1_000_000, Fills = new FillOptions() },
        input,
        new string('0', 8));
}
