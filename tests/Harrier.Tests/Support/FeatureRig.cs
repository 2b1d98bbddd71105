using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Strategies;

namespace Harrier.Tests.Support;

/// <summary>A real engine with one instrument, in which features are fed as for any strategy.</summary>
public sealed class FeatureRig
{
    public static readonly InstrumentId Id = new(0);

    private long _tradeId;

    /// <summary>Makes it.</summary>
    /// <param name="tick">Tick size; lots are 0.001.</param>
    /// <param name="strategy">The bot; one that does nothing where none is given.</param>
    public FeatureRig(decimal tick = 0.1m, Strategy? strategy = null)
    {
        Instrument = new Instrument(Id, new InstrumentDefinition
        {
            Venue = new VenueId("sim-test"),
            Symbol = "BTCUSDT",
            Base = new Asset("BTC"),
            Quote = new Asset("USDT"),
            TickSize = tick,
            LotSize = 0.001m,
        });
        Engine = new TradingEngine(
            new EngineOptions
            {
                Account = new AccountId("test"),
                Run = 1,
                Instruments = [Instrument],
                Numeraire = Instrument.Quote,
                Bots = [new BotDefinition { Strategy = strategy ?? new Idle(), Instruments = [Id] }],
            },
            new EngineSurroundings(new RecordingVenue()));
    }

    public Instrument Instrument { get; }

    public TradingEngine Engine { get; }

    public FeatureSet Features => Engine.Features;

    public Timestamp Now => Engine.Time.Now;

    public static Timestamp At(double seconds) => new((long)Math.Round(seconds * Timestamp.NanosPerSecond));

    public void Trade(double seconds, decimal size, bool isSell = false, decimal price = 100) => Trade(seconds, seconds, size, isSell, price);

    /// <summary>A trade that happened at one time and came at another.</summary>
    public void Trade(double happened, double received, decimal size, bool isSell, decimal price = 100) => Engine.Process(new MarketEvent
    {
        ExchangeTime = At(happened),
        ReceivedTime = At(received),
        Price = Instrument.ToTicks(price),
        Size = Instrument.ToLots(size),
        TradeId = ++_tradeId,
        Instrument = Id,
        Kind = MarketEventKind.Trade,
        IsSell = isSell,
    });

    public void Snapshot(double seconds, IReadOnlyList<(decimal Price, decimal Size)> bids, IReadOnlyList<(decimal Price, decimal Size)> asks)
    {
        Engine.Process(new MarketEvent { ExchangeTime = At(seconds), ReceivedTime = At(seconds), Price = default, Instrument = Id, Kind = MarketEventKind.BookClear });
        Change(seconds, bids, asks);
    }

    /// <summary>A whole message of changes.</summary>
    public void Change(double seconds, IReadOnlyList<(decimal Price, decimal Size)> bids, IReadOnlyList<(decimal Price, decimal Size)> asks)
    {
        int left = bids.Count + asks.Count;
        foreach ((decimal price, decimal size) in bids)
        {
            Level(seconds, price, size, isAsk: false, --left == 0);
        }

        foreach ((decimal price, decimal size) in asks)
        {
            Level(seconds, price, size, isAsk: true, --left == 0);
        }
    }

    public void Fault(double seconds) => Engine.Process(new FeedFault(Id, At(seconds)));

    public void Wait(double seconds) => Engine.Process(new Heartbeat(At(seconds), TimeSpan.Zero));

    private void Level(double seconds, decimal price, decimal size, bool isAsk, bool isLast) => Engine.Process(new MarketEvent
    {
        ExchangeTime = At(seconds),
        ReceivedTime = At(seconds),
        Price = Instrument.ToTicks(price),
        Size = Instrument.ToLots(size),
        Instrument = Id,
        Kind = MarketEventKind.BookLevel,
        IsSell = isAsk,
        LastInBatch = isLast,
    });

    private sealed class Idle : Strategy;
}
