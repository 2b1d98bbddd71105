using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Tests.Support;
using Harrier.Testnet.Core;
using Harrier.Testnet.Markets;

namespace Harrier.Exchanges.Tests.Testnet.Markets;

public sealed class ReplayDriverTests
{
    private static readonly string[] Capture =
    [
        """1000000000000000000 {"stream":"abcusdt@depth@100ms","data":{"e":"depthUpdate","s":"ABCUSDT","U":1,"u":9,"b":[["99.00","7"]],"a":[]}}""",
        """1000000000100000000 {"lastUpdateId":9,"bids":[["99.00","5.000"],["98.50","2"]],"asks":[["101.00","4"],["102.00","1.5"]]}""",
        "nonsense",
        """1000000000200000000 {"stream":"abcusdt@trade","data":{"e":"trade","s":"ABCUSDT","p":"101.00","q":"1","m":false}}""",
        """1000000000300000000 {"stream":"abcusdt@depth@100ms","data":{"e":"depthUpdate","s":"ABCUSDT","U":10,"u":12,"b":[["98.50","0"],["98.00","0"]],"a":[["101.00","3"]]}}""",
        """1000000001000000000 {"stream":"abcusdt@trade","data":{"e":"trade","s":"ABCUSDT","p":"99.00","q":"2","m":true}}""",
    ];

    [Fact]
    public void Step_ThroughACapture_MakesTheRecordedBookAndTrades()
    {
        (ExchangeCore core, ReplayDriver driver, List<PublicTrade> trades) = Make(Captured());
        driver.Step(TimeSpan.FromMilliseconds(150));
        Levels(core).ShouldBe("99 5,98.5 2|101 4,102 1.5", "trades leave the book as recorded until the book's own change comes");
        driver.Step(TimeSpan.FromMilliseconds(50));
        Levels(core).ShouldBe("99 5|101 3,102 1.5");
        driver.IsFinished.ShouldBeFalse();
        driver.Step(TimeSpan.FromSeconds(1));

        driver.IsFinished.ShouldBeTrue();
        Levels(core).ShouldBe("99 5|101 3,102 1.5");
        trades.Select(trade => (trade.Price, trade.Quantity, trade.IsSell)).ShouldBe([(101m, 1m, false), (99m, 2m, true)]);
    }

    [Fact]
    public void Step_UserOrderBetterThanTheRecordedLevel_IsFilledByTheRecordedTaker()
    {
        (ExchangeCore core, ReplayDriver driver, _) = Make(Captured());
        driver.Step(TimeSpan.FromMilliseconds(250));
        ExchangeOrder order = Buy(core, 1.5m, 99.5m);

        driver.Step(TimeSpan.FromSeconds(1));

        order.Status.ShouldBe(ExchangeOrderStatus.Filled);
        order.Fills.ShouldHaveSingleItem().Price.ShouldBe(99.5m);
        Levels(core).ShouldBe("99 5|101 3,102 1.5");
    }

    [Fact]
    public void Step_UserOrderBehindARecordedLevel_MovesUpOnlyAsTheLevelTrades()
    {
        string[] more = [.. Enumerable.Range(0, 2).Select(i => $$$"""100000000200000000{{{i}}} {"e":"trade","s":"ABCUSDT","p":"99.00","q":"2","m":true}""")];
        (ExchangeCore core, ReplayDriver driver, _) = Make(Captured(more));
        driver.Step(TimeSpan.FromMilliseconds(250));
        ExchangeOrder order = Buy(core, 0.5m, 99m);

        // Five rest before him: the first two trades take four of them, the third the fifth and his.
        driver.Step(TimeSpan.FromMilliseconds(1500));
        order.Executed.ShouldBe(0);
        driver.Step(TimeSpan.FromSeconds(1));

        driver.IsFinished.ShouldBeTrue();
        order.Status.ShouldBe(ExchangeOrderStatus.Filled);
    }

    [Fact]
    public void Step_LevelThatAUserAte_IsAsRecordedAgainAtItsNextChange()
    {
        (ExchangeCore core, ReplayDriver driver, _) = Make(Captured());
        driver.Step(TimeSpan.FromMilliseconds(150));
        ExchangeOrder order = Buy(core, 4m, 101m);
        order.Status.ShouldBe(ExchangeOrderStatus.Filled);
        Levels(core).ShouldBe("99 5,98.5 2|102 1.5");

        driver.Step(TimeSpan.FromMilliseconds(50));

        Levels(core).ShouldBe("99 5|101 3,102 1.5");
    }

    [Fact]
    public void Step_ThroughBars_TradesMakeTheSameBars()
    {
        Instrument instrument = new(new InstrumentId(0), new InstrumentDefinition
        {
            Venue = new VenueId("sim-spot"),
            Symbol = "ABCUSDT",
            Base = new Asset("ABC"),
            Quote = new Asset("USDT"),
            TickSize = 0.01m,
            LotSize = 0.001m,
        });
        BarSpec spec = new(60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);
        Bar[] bars = [Bar(0, (10_000, 10_050, 9_990, 10_040), 12.5), Bar(1, (10_040, 10_041, 9_900, 9_950), 0.003), Bar(2, (9_950, 9_950, 9_950, 9_950), 3)];
        (ExchangeCore core, ReplayDriver driver, List<PublicTrade> trades) = Make([BarTrades.From(new BarSeries(instrument, spec, bars, 3))]);

        for (int i = 0; i < 3; i++)
        {
            int before = trades.Count;
            driver.Step(TimeSpan.FromSeconds(i == 0 ? 59 : 60));
            PublicTrade[] made = [.. trades.Skip(before)];
            (made[0].Price, made.Max(t => t.Price), made.Min(t => t.Price), made[^1].Price).ShouldBe(
                (bars[i].Open.Value / 100m, bars[i].High.Value / 100m, bars[i].Low.Value / 100m, bars[i].Close.Value / 100m));
            made.Sum(t => t.Quantity).ShouldBe((decimal)bars[i].Volume, 0.005m);
        }

        driver.IsFinished.ShouldBeTrue();
        core.Find("ABCUSDT")!.Book.BidLevels.ShouldBeGreaterThan(10);
        core.Find("ABCUSDT")!.Book.AskLevels.ShouldBeGreaterThan(10);

        Bar Bar(int index, (long Open, long High, long Low, long Close) prices, double volume) => new()
        {
            OpenTime = new Timestamp((1_700_000_040 + (index * 60)) * Timestamp.NanosPerSecond),
            Open = new PriceTicks(prices.Open),
            High = new PriceTicks(prices.High),
            Low = new PriceTicks(prices.Low),
            Close = new PriceTicks(prices.Close),
            Volume = volume,
            QuoteVolume = double.NaN,
            TakerBuyVolume = double.NaN,
            TradeCount = -1,
            Spec = spec,
            Instrument = instrument.Id,
        };
    }

    [Theory]
    [InlineData("captures/binance-spot/btcusdt_20240808.gz")]
    [InlineData("captures/binance-usdm/btcusdt_20240808.gz")]
    public void Step_ThroughARecordedFile_EndsWithTheRecordedBook(string file)
    {
        List<string> others = [];
        IReadOnlyList<IEnumerable<ReplayEvent>> streams = ReplayFolder.Open(SharedData.Require("data/" + file), others);
        others.ShouldBeEmpty();
        (ExchangeCore core, ReplayDriver driver, List<PublicTrade> trades) = Make(streams);

        driver.Step(TimeSpan.FromHours(1));

        driver.IsFinished.ShouldBeTrue();
        JsonElement golden = Golden(file);
        trades.Sum(trade => trade.Quantity).ShouldBe(Number(golden, "tradeBaseVolume"));
        trades.Sum(trade => trade.Quantity * trade.Price).ShouldBe(Number(golden, "tradeQuoteVolume"));
        DepthView depth = core.Depth("BTCUSDT", 10_000);
        (depth.Bids.Count, depth.Asks.Count).ShouldBe((golden.GetProperty("bidLevels").GetInt32(), golden.GetProperty("askLevels").GetInt32()));
        string text = $"{Pairs(depth.Bids)}#{Pairs(depth.Asks)}";
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ShouldBe(golden.GetProperty("sha256").GetString());
    }

    [Fact]
    public void Open_ListOfTrades_GivesTheSymbolAndGrid()
    {
        ReplayRecording recording = new(ReplayFolder.Open(SharedData.Require("data/trades/freqtrade_binance_XRP_ETH-trades.json.gz"), []));

        ReplaySymbol symbol = recording.Symbols.ShouldHaveSingleItem();
        symbol.ShouldBe(new ReplaySymbol("XRPETH", 0.00000001m, 1m, 0.00141342m));
        recording.Events().Count().ShouldBe(12_477);
    }

    [Fact]
    public async Task Start_AtSpeedTen_TakesATenthOfTheTime()
    {
        ManualTimeProvider time = new();
        ReplayRecording recording = new(Captured());
        ExchangeCore core = new(new ExchangeCoreOptions { Listings = [Listing(recording.Symbols[0])] }, time);
        await using ReplayDriver driver = new([core], recording, new ReplayOptions { Speed = 10 }, time);
        driver.Start();
        await Eventually.Holds(() => time.Pending.Count > 0);

        for (int i = 1; i < 9; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            Timestamp due = new(1_000_000_000_100_000_000 + (i * 100_000_000L));
            await Eventually.Holds(() => driver.Position >= due);
        }

        driver.IsFinished.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(10));
        await Eventually.Holds(() => driver.IsFinished);
        driver.Fault.ShouldBeNull();
    }

    private static IEnumerable<ReplayEvent>[] Captured(params string[] more) =>
        [[.. new CaptureReader("ABCUSDT").Read(new StringReader(string.Join('\n', [.. Capture, .. more])))]];

    private static (ExchangeCore Core, ReplayDriver Driver, List<PublicTrade> Trades) Make(IReadOnlyList<IEnumerable<ReplayEvent>> streams)
    {
        ManualTimeProvider time = new();
        ReplayRecording recording = new(streams);
        ExchangeCore core = new(new ExchangeCoreOptions { Listings = [.. recording.Symbols.Select(Listing)] }, time);
        core.OpenAccount(new AccountTerms { Name = "user", Balances = new Dictionary<string, decimal> { ["USDT"] = 1_000_000m } });
        Ear ear = new();
        core.Subscribe(ear);
        return (core, new ReplayDriver([core], recording, new ReplayOptions(), time), ear.Trades);
    }

    private static ListingTerms Listing(ReplaySymbol symbol) => new()
    {
        Symbol = symbol.Symbol,
        Base = symbol.Symbol[..3],
        Quote = symbol.Symbol[3..],
        TickSize = symbol.TickSize,
        LotSize = symbol.LotSize,
        StartPrice = symbol.StartPrice,
    };

    private static ExchangeOrder Buy(ExchangeCore core, decimal quantity, decimal price) => core.Place(core.ByName("user")!, new NewOrder
    {
        Symbol = "ABCUSDT",
        Type = ExchangeOrderType.Limit,
        Quantity = quantity,
        Price = price,
    }).Order.ShouldNotBeNull();

    private static string Levels(ExchangeCore core)
    {
        DepthView depth = core.Depth("ABCUSDT", 100);
        return $"{Side(depth.Bids)}|{Side(depth.Asks)}";
    }

    private static string Side(IReadOnlyList<DepthLevel> levels) => string.Join(',', levels.Select(level => $"{level.Price:0.####} {level.Quantity:0.####}"));

    private static string Pairs(IReadOnlyList<DepthLevel> levels) => string.Join('|', levels.Select(level => $"{level.Price:0.########}:{level.Quantity:0.########}"));

    private static JsonElement Golden(string file)
    {
        using JsonDocument books = JsonDocument.Parse(File.ReadAllText(SharedData.Require("data/golden/books.json")));
        return books.RootElement.GetProperty("binance").EnumerateArray().Single(book => book.GetProperty("afterFile").GetString() == file).Clone();
    }

    private static decimal Number(JsonElement golden, string name) => decimal.Parse(golden.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private sealed class Ear : IExchangeListener
    {
        public List<PublicTrade> Trades { get; } = [];

        public void OnTrade(ListedInstrument instrument, PublicTrade trade) => Trades.Add(trade);
    }
}
