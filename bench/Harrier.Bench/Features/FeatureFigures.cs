using System.IO.Compression;
using System.Text;
using Harrier.Bench.Figures;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Feeds;
using Harrier.Features.Microstructure;

namespace Harrier.Bench.Features;

/// <summary>
/// What the features of trades and books cost beyond the book itself: a recording of the shared data (<c>--capture FILE</c>) as events through a whole
/// engine, with and without them. A message is a depth message or a trade.
/// </summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class FeatureFigures(TimeProvider time) : IFigureArea
{
    private const int ManySymbols = 300;

    /// <inheritdoc/>
    public string Name => "features";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        if (!options.TryGetValue("capture", out string? capture))
        {
            yield break;
        }

        RecordedEvents events = RecordedEvents.Read(capture);
        Repetitions repetitions = new(time);
        List<Figure> whole = [];
        foreach ((string name, Action<FeatureSet> ask, bool isRead) in Sets())
        {
            TradingEngine engine = null!;
            whole.Add(repetitions.NanosecondsPer(
                new Figure(Name, $"engine, {name}", "ns/msg", 0, 0, 0),
                events.Messages,
                () => engine = NewEngine(events.Instrument, ask, isRead),
                () => events.Play(engine, default)));
            yield return whole[^1];
        }

        foreach (Figure figure in whole.Skip(1))
        {
            yield return figure with
            {
                Name = figure.Name.Replace("engine, ", "beyond the book, ", StringComparison.Ordinal),
                Median = figure.Median - whole[0].Median,
                Least = figure.Least - whole[0].Least,
                Most = figure.Most - whole[0].Most,
            };
        }

        // 300 symbols at 30 messages a second, from the cost of one symbol: nanoseconds a message times messages a second.
        Figure all = whole[^1];
        const double Cores = ManySymbols * 30 / 1e9;
        yield return new Figure(Name, $"{ManySymbols} symbols at 30 messages/s, computed, with books", "cores", all.Median * Cores, all.Least * Cores, all.Most * Cores);
        yield return Allocated(events);
    }

    private static IEnumerable<(string Name, Action<FeatureSet> Ask, bool IsRead)> Sets()
    {
        InstrumentId id = new(0);
        yield return ("book alone", static _ => { }, false);
        yield return ("trade flow", features => features.TradeFlow(id), false);
        yield return ("book features", features => features.Book(id), false);
        yield return ("density", features => features.Density(id), false);
        yield return ("activity and trade flow", features => features.Activity(id), false);
        yield return ("all", All, false);
        yield return ("all, and read at each book", All, true);
    }

    private static void All(FeatureSet features)
    {
        InstrumentId id = new(0);
        features.Book(id);
        features.Density(id);
        features.Activity(id);
    }

    private static TradingEngine NewEngine(Instrument instrument, Action<FeatureSet> ask, bool isRead)
    {
        TradingEngine engine = new(
            new EngineOptions
            {
                Account = new AccountId("bench"),
                Run = 1,
                Instruments = [instrument],
                Numeraire = instrument.Quote,
                Bots = [new BotDefinition { Strategy = isRead ? new Reader() : new Idle(), Instruments = [instrument.Id] }],
            },
            new EngineSurroundings(new NoVenue()));
        ask(engine.Features);
        return engine;
    }

    private Figure Allocated(RecordedEvents events)
    {
        double[] bytes = new double[5];
        for (int i = 0; i < bytes.Length; i++)
        {
            // The first rounds are the warm-up: rings and pools grow to what this market needs.
            TradingEngine engine = NewEngine(events.Instrument, All, isRead: true);
            events.Play(engine, default);
            events.Play(engine, events.Length);
            long before = GC.GetAllocatedBytesForCurrentThread();
            events.Play(engine, 2 * events.Length);
            bytes[i] = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)events.Messages;
        }

        Array.Sort(bytes);
        return new Figure(Name, "all, read, allocated after warm-up", "B/msg", bytes[bytes.Length / 2], bytes[0], bytes[^1]);
    }

    private sealed class Idle : Strategy;

    private sealed class NoVenue : IVenue
    {
        public void Submit(ApprovedOrder order)
        {
        }

        public void Cancel(ClientOrderId order)
        {
        }
    }

    /// <summary>Reads what a strategy would at each book.</summary>
    private sealed class Reader : Strategy
    {
        private TradeFlow _flow = null!;
        private BookFeatures _book = null!;
        private ActivityTracker _activity = null!;
        private DensityDetector _walls = null!;

        public double Sum { get; private set; }

        protected override void OnStart()
        {
            _book = Features.Book(Instrument.Id);
            _walls = Features.Density(Instrument.Id);
            _activity = Features.Activity(Instrument.Id);
            _flow = Features.TradeFlow(Instrument.Id);
        }

        protected override void OnBook(in BookTop top)
        {
            TradeFlowReading flow = _flow.At(Now);
            Sum += flow.TradesPerMinute60s + flow.VolumeDelta60s + (_book.SpreadBps ?? 0) + (_book.WeightedMid ?? 0) + (_book.LevelImbalance(10) ?? 0)
                + (_book.FlowImbalance(Now) ?? 0) + _activity.Index + _walls.WallCount;
        }
    }

    /// <summary>A recording as the events that its messages become.</summary>
    private sealed class RecordedEvents : IRecordingReader
    {
        private readonly List<MarketEvent> _events = [];

        private RecordedEvents(Instrument instrument) => Instrument = instrument;

        public Instrument Instrument { get; }

        /// <summary>Depth messages and trades.</summary>
        public int Messages { get; private set; }

        /// <summary>From the first to the last event, in nanoseconds, and a second.</summary>
        public long Length => _events[^1].ReceivedTime.Nanos - _events[0].ReceivedTime.Nanos + Timestamp.NanosPerSecond;

        public static RecordedEvents Read(string path)
        {
            RecordedEvents events = new(new Instrument(new InstrumentId(0), new InstrumentDefinition
            {
                Venue = new VenueId("bench"),
                Symbol = "BTCUSDT",
                Base = new Asset("BTC"),
                Quote = new Asset("USDT"),
                TickSize = 0.01m,
                LotSize = 0.00000001m,
            }));
            RecordedMarket market = new(new BinanceExchange().Recorded("binance-spot")!, events.Instrument, events);
            using GZipStream unpacked = new(File.OpenRead(path), CompressionMode.Decompress);
            using StreamReader reader = new(unpacked, Encoding.UTF8);
            while (reader.ReadLine() is { } line)
            {
                int blank = line.IndexOf(' ', StringComparison.Ordinal);
                market.Play(Encoding.UTF8.GetBytes(line[(blank + 1)..]), new Timestamp(long.Parse(line.AsSpan(0, blank), System.Globalization.CultureInfo.InvariantCulture)));
            }

            return events;
        }

        public void Play(TradingEngine engine, long later)
        {
            foreach (ref readonly MarketEvent one in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_events))
            {
                engine.Process(one with { ExchangeTime = new Timestamp(one.ExchangeTime.Nanos + later), ReceivedTime = new Timestamp(one.ReceivedTime.Nanos + later) });
            }
        }

        public void OnEvent(in MarketEvent marketEvent)
        {
            _events.Add(marketEvent);
            Messages += marketEvent.Kind == MarketEventKind.Trade || marketEvent.LastInBatch ? 1 : 0;
        }

        public void OnFault(FeedFault fault) => throw new InvalidDataException("the recording has a hole");
    }
}
