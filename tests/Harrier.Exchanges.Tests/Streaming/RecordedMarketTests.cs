using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Tests.Bybit;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Venues;
using Harrier.Features.Microstructure;

namespace Harrier.Exchanges.Tests.Streaming;

/// <summary>Recordings of real markets through the real decoders into an engine: books are whole, and what the features say of them is plausible.</summary>
public sealed class RecordedMarketTests
{
    private static readonly InstrumentId Id = new(0);

    [Fact]
    public void Features_OfTheRecordedSpotMarket_ArePlausible()
    {
        Scene scene = new(new BinanceExchange(), "binance-spot", TestInstruments.Of("binance-spot")[0]);
        scene.Play(CaptureLines.Stamped("data/captures/binance-spot/btcusdt_20240808.gz"));
        scene.Play(CaptureLines.Stamped("data/captures/binance-spot/btcusdt_20240809.gz"));

        // No bucket of these eleven minutes holds seven times the median; at three times there are some.
        scene.ShouldBePlausible(leastWalls: 0);
        scene.LowDensity.Threshold!.Value.ShouldBe(scene.Density.Threshold!.Value * 3 / 7, 1e-9);
        scene.LowWalls.Max().ShouldBeInRange(1, 10);
    }

    [Fact]
    public void Features_OfTheRecordedContract_ArePlausible()
    {
        Scene scene = new(new BinanceExchange(), "binance-usdm", TestInstruments.Of("binance-usdm")[0]);
        scene.Play(CaptureLines.Stamped("data/captures/binance-usdm/btcusdt_20240808.gz"));
        scene.ShouldBePlausible(leastWalls: 1);
    }

    [Fact]
    public void Book_OfTheRecordedPushedMarket_IsWholeFromTheFirstMessageOn()
    {
        Scene scene = new(new BybitExchange(), "bybit-linear", TestInstruments.Make(0, "XRPUSDT", 0.0001m, 0.1m));
        long nanos = 1_733_011_200_691_000_000;
        scene.Play(BybitFixtures.BookCapture().Select(message => (nanos += 100_000_000, message)));
        scene.Market.BookState.ShouldBe(BookState.Verified);
        scene.Books.ShouldBe(50);
        scene.Book.SpreadBps!.Value.ShouldBeInRange(0.1, 3);
        scene.Density.MedianSize.ShouldNotBeNull();
        scene.Density.WallCount.ShouldBeInRange(0, 6);
    }

    [Fact]
    public void Message_ThatCannotBeRead_PutsTheBookInDoubt()
    {
        Scene scene = new(new BybitExchange(), "bybit-linear", TestInstruments.Make(0, "XRPUSDT", 0.0001m, 0.1m));
        scene.Play([(1, """{"topic":"orderbook.50.XRPUSDT","type":"snapshot","ts":1,"data":{"s":"XRPUSDT","b":[["1.5","10"]],"a":[["1.6","10"]],"u":5,"seq":9},"cts":1}"""u8.ToArray())]);
        scene.Book.Mid!.Value.ShouldBe(1.55, 1e-9);
        scene.Play([(2, """{"topic":"orderbook.50.XRPUSDT","type":"delta","ts":2,"data":{"s":"XRPUSDT","b":[["1.5","""u8.ToArray())]);
        scene.Market.Statistics.Malformed.ShouldBe(1);
        scene.Play([(3, """{"topic":"orderbook.50.XRPUSDT","type":"delta","ts":3,"data":{"s":"XRPUSDT","b":[["1.5","9"]],"a":[],"u":7,"seq":11},"cts":3}"""u8.ToArray())]);
        scene.Book.Mid.ShouldBeNull("an update is missing");
    }

    private sealed class Scene : IRecordingReader
    {
        private readonly TradingEngine _engine;
        private readonly Listener _listener = new();
        private readonly List<int> _walls = [];
        private Timestamp _first;

        public Scene(Exchange exchange, string venue, Instrument instrument)
        {
            Market = new RecordedMarket(exchange.Recorded(venue).ShouldNotBeNull(), instrument, this);
            _engine = new TradingEngine(
                new EngineOptions
                {
                    Account = new AccountId("test"),
                    Run = 1,
                    Instruments = [instrument],
                    Numeraire = instrument.Quote,
                    Bots = [new BotDefinition { Strategy = _listener, Instruments = [Id] }],
                },
                new EngineSurroundings(new NoVenue()));
        }

        public RecordedMarket Market { get; }

        public BookFeatures Book => _engine.Features.Book(Id);

        public DensityDetector Density => _engine.Features.Density(Id);

        public DensityDetector LowDensity => _engine.Features.Density(Id, Listener.Low);

        public List<int> LowWalls { get; } = [];

        public int Books => _listener.Books;

        public void Play(IEnumerable<(long Nanos, byte[] Message)> messages)
        {
            foreach ((long nanos, byte[] message) in messages)
            {
                _first = _first.Nanos == 0 ? new Timestamp(nanos) : _first;
                int books = Books;
                Market.Play(message, new Timestamp(nanos));
                if (Books > books)
                {
                    _walls.Add(Density.WallCount);
                    LowWalls.Add(LowDensity.WallCount);
                }
            }
        }

        public void OnEvent(in MarketEvent marketEvent) => _engine.Process(in marketEvent);

        public void OnFault(FeedFault fault) => _engine.Process(fault);

        public void ShouldBePlausible(int leastWalls)
        {
            Timestamp now = _engine.Time.Now;
            Market.Statistics.Malformed.ShouldBe(0);
            Market.BookState.ShouldBe(BookState.Verified);
            Book.SpreadBps!.Value.ShouldBeInRange(0.001, 1);
            Book.TimeUnverified(now).ShouldBeLessThan(TimeSpan.FromSeconds(5));
            TradeFlowReading flow = _engine.Features.TradeFlow(Id).At(now);
            flow.TradesPerMinute60s.ShouldBeInRange(100, 20_000);
            _engine.Features.TradeFlow(Id).Latency(now)!.Value.P50.TotalMilliseconds.ShouldBeInRange(0, 500);
            _engine.Features.Activity(Id).Reading.Samples.ShouldBe(60);
            _engine.Features.Activity(Id).Index.ShouldBeInRange(-15, 25);

            double minutes = (now - _first).TotalMinutes;
            string found = string.Join(", ", _listener.Counts.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value}"));
            TestContext.Current.TestOutputHelper?.WriteLine($"{minutes:0.0} minutes, walls {_walls.Average():0.00} on average, {_walls.Max()} at most, {found}, grid {Density.Grid.Width}, median {Density.MedianSize}, at three times {LowWalls.Average():0.00} on average, {LowWalls.Max()} at most");

            // A few at a time, a few new ones a minute: not hundreds.
            _walls.Max().ShouldBeInRange(leastWalls, 10);
            _walls.Average().ShouldBeInRange(0, 5);
            (_listener.Counts.GetValueOrDefault(DensityEventKind.Detected) / minutes).ShouldBeInRange(0, 30);
        }
    }

    private sealed class Listener : Strategy
    {
        public static DensitySettings Low { get; } = new() { Strength = 3 };

        public Dictionary<DensityEventKind, int> Counts { get; } = [];

        public int Books { get; private set; }

        protected override void OnStart()
        {
            Features.Density(Instrument.Id);
            Features.Density(Instrument.Id, Low);
            Features.Activity(Instrument.Id);
            Features.Book(Instrument.Id);
        }

        protected override void OnBook(in BookTop top) => Books++;

        protected override void OnDensity(DensityDetector detector, in DensityEvent densityEvent) =>
            Counts[densityEvent.Kind] = Counts.GetValueOrDefault(densityEvent.Kind) + (detector.Settings.Strength > Low.Strength ? 1 : 0);
    }

    private sealed class NoVenue : IVenue
    {
        public void Submit(ApprovedOrder order) => throw new InvalidOperationException("nobody trades here");

        public void Cancel(ClientOrderId order) => throw new InvalidOperationException("nobody trades here");
    }
}
