using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Strategies;
using Harrier.Features;

namespace Harrier.Tests.Support;

/// <summary>A signal as an observer saw it.</summary>
public sealed record ObservedSignal(Timestamp Time, SignalSide Side, double Confidence, IReadOnlyDictionary<string, object?> Meta)
{
    public double Number(string name) => Meta[name].ShouldBeOfType<double>();

    public override string ToString() => FormattableString.Invariant(
        $"{Time} {Side} {Confidence:R} {string.Join(' ', Meta.Select(pair => FormattableString.Invariant($"{pair.Key}={pair.Value:R}")))}");
}

/// <summary>
/// A real engine with one bot, on one instrument unless told otherwise, and a venue that answers nothing. Bars are given in floating point; the instrument's
/// grid is so fine that nothing of them is lost to twelve decimals.
/// </summary>
public sealed class EngineHarness : ISignalObserver
{
    public static readonly Asset Quote = new("USDT");

    private static readonly string[] Symbols = ["BTC", "ETH", "SOL"];

    private readonly BarSpec _spec;
    private Timestamp _next;

    public EngineHarness(Strategy strategy, HarnessOptions? options = null)
    {
        options ??= new HarnessOptions();
        _spec = new BarSpec(options.Interval.Ticks * 100, BarKind.Time, BarSource.Synthetic);
        Instruments = [.. Symbols.Take(options.InstrumentCount).Select((symbol, i) => Define(new InstrumentId(i), symbol, options.Kind))];
        Engine = new TradingEngine(
            new EngineOptions
            {
                Account = new AccountId("test"),
                Run = 1,
                Instruments = Instruments,
                Numeraire = Quote,
                Bots = [new BotDefinition { Strategy = strategy, Instruments = [.. Instruments.Select(instrument => instrument.Id)], Vetoes = options.Vetoes }],
            },
            new EngineSurroundings(Venue));
        if (options.IsObserved)
        {
            Engine.SignalObserver = this;
        }
    }

    /// <summary>The primary instrument.</summary>
    public Instrument Instrument => Instruments[0];

    public IReadOnlyList<Instrument> Instruments { get; }

    public TradingEngine Engine { get; }

    public RecordingVenue Venue { get; } = new();

    public List<ObservedSignal> Signals { get; } = [];

    public ObservedSignal Last => Signals[^1];

    /// <summary>Puts money into the bot's sub-ledger.</summary>
    public EngineHarness Deposit(decimal amount)
    {
        Engine.Process(new AccountReport(default, new Money(amount, Quote), Engine.Time.Now));
        return this;
    }

    public EngineHarness Feed(params ReadOnlySpan<Ohlcv> bars)
    {
        foreach (ref readonly Ohlcv bar in bars)
        {
            Engine.Process(ToBar(in bar));
        }

        return this;
    }

    /// <summary>Feeds bars whose four prices are the closes, one after the other in time.</summary>
    public EngineHarness FeedCloses(params ReadOnlySpan<double> closes)
    {
        foreach (double close in closes)
        {
            Feed(new Ohlcv(close, close, close, close, 1, _next));
        }

        return this;
    }

    /// <summary>Feeds the same bar some times, each at the next open time.</summary>
    public EngineHarness FeedRepeated(int count, Ohlcv bar)
    {
        for (int i = 0; i < count; i++)
        {
            Feed(bar with { OpenTime = _next });
        }

        return this;
    }

    /// <summary>Fills an order at a price, as a venue would report it.</summary>
    public void Fill(int submitted, double price)
    {
        Engine.Process(new ExecutionReport
        {
            Kind = ExecutionKind.Filled,
            Order = Venue.Submitted[submitted].Id,
            Instrument = Instrument.Id,
            TradeId = submitted + 1,
            Price = Instrument.RoundToTicks(price),
            Size = Venue.Submitted[submitted].Intent.Size,
            FeeAsset = Quote,
            Time = Engine.Time.Now,
            ReceivedTime = Engine.Time.Now,
        });
    }

    void ISignalObserver.OnSignal(BotId bot, Timestamp time, in Signal signal, SignalMeta meta) =>
        Signals.Add(new ObservedSignal(time, signal.Side, signal.Confidence, meta.Values.ToDictionary()));

    public Bar ToBar(in Ohlcv bar, int instrument = 0)
    {
        _next = bar.OpenTime + _spec.Interval;
        return new Bar
        {
            OpenTime = bar.OpenTime,
            Open = Instrument.RoundToTicks(bar.Open),
            High = Instrument.RoundToTicks(bar.High),
            Low = Instrument.RoundToTicks(bar.Low),
            Close = Instrument.RoundToTicks(bar.Close),
            Volume = bar.Volume,
            QuoteVolume = double.NaN,
            TakerBuyVolume = double.NaN,
            TradeCount = -1,
            Spec = _spec,
            Instrument = Instruments[instrument].Id,
        };
    }

    private static Instrument Define(InstrumentId id, string symbol, InstrumentKind kind) => new(id, new InstrumentDefinition
    {
        Venue = new VenueId("sim-test"),
        Symbol = symbol + Quote,
        Kind = kind,
        Base = new Asset(symbol),
        Quote = Quote,
        TickSize = 0.000000000001m,
        LotSize = 0.00000001m,
    });
}

/// <summary>How an <see cref="EngineHarness"/> is set up.</summary>
public sealed record HarnessOptions
{
    public InstrumentKind Kind { get; init; } = InstrumentKind.Spot;

    /// <summary>How many instruments the bot has, 1 to 3.</summary>
    public int InstrumentCount { get; init; } = 1;

    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(5);

    public IReadOnlyList<ISignalVeto> Vetoes { get; init; } = [];

    public bool IsObserved { get; init; } = true;
}

/// <summary>Lets no entry through, so that a strategy's signals can be watched alone.</summary>
public sealed class NoEntries : ISignalVeto
{
    public bool Allows(in Signal signal) => false;
}
