using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Tests.History;
using Harrier.Exchanges.Tests.Requests;

namespace Harrier.Exchanges.Tests.Binance.History;

public sealed class BinanceHistoryTests
{
    private static readonly BarHistoryQuery _twoHours = new("BTCUSDT", HistoryScene.Hour, HistoryScene.At(1, 1), HistoryScene.At(1, 1, 2));

    // Bars of the documents' form; the times are those of 2026-01-01.
    private static readonly string _rows = $"[{Row(HistoryScene.At(1, 1))},{Row(HistoryScene.At(1, 1, 1))}]";

    [Theory]
    [InlineData("binance-spot", "/api/v3/klines?symbol=BTCUSDT&interval=1h&startTime=1767225600000&endTime=1767232799999&limit=2")]
    [InlineData("binance-usdm", "/fapi/v1/klines?symbol=BTCUSDT&interval=1h&startTime=1767225600000&endTime=1767232799999&limit=2")]
    public async Task BarsAsync_AsksForTheRangeWithTheEndExcluded_AndReadsEveryDigit(string venue, string expected)
    {
        using HistoryScene scene = new(new BinanceExchange(), venue, (_, _) => HistoryScene.Ok(_rows));

        HistoryPage<HistoricalBar> page = (await scene.History.BarsAsync(_twoHours, TestContext.Current.CancellationToken)).Value.ShouldNotBeNull();

        scene.Asked.ShouldBe([expected]);
        page.Rows[0].ShouldBe(new HistoricalBar
        {
            OpenTime = HistoryScene.At(1, 1),
            Open = 87648.21000001m,
            High = 87777.77m,
            Low = 87500m,
            Close = 87601.5m,
            Volume = 123.45678901m,
            QuoteVolume = 10820999.12345678m,
            TradeCount = 30801,
            TakerBuyVolume = 61.2m,
            TakerBuyQuoteVolume = 5361000.00000001m,
        });
        (page.Rows.Count, page.Until, page.IsFull).ShouldBe((2, HistoryScene.At(1, 1, 2), true));
        scene.History.Venue.Name.ShouldBe("sim-" + venue);
    }

    [Fact]
    public async Task BarsAsync_WeekAndLongRange_UseTheVenuesNameAndItsPageSize()
    {
        using HistoryScene scene = new(new BinanceExchange(), "binance-spot", (_, _) => HistoryScene.Ok("[]"));

        await scene.History.BarsAsync(new BarHistoryQuery("BTCUSDT", HistoryScene.Week, new Timestamp(4 * Timestamp.NanosPerDay), HistoryScene.At(1, 1)), TestContext.Current.CancellationToken);

        scene.Asked[0].ShouldContain("interval=1w&");
        scene.Asked[0].ShouldEndWith("limit=1000");
    }

    [Theory]
    [InlineData("[[1767225600000,\"1\",\"1\",\"1\",\"1\",\"1\",1767229199999,\"1\",1,\"1\",\"1\"]]")]
    [InlineData("[[1767225600000,\"1\",\"1\",\"1\",\"1\",\"1\",1767229199999,\"1\",1,\"1\",\"1\",\"0\",\"0\"]]")]
    [InlineData("[[1767225600000,\"1\",\"1\",\"1\",\"1\",\"\",1767229199999,\"1\",1,\"1\",\"1\",\"0\"]]")]
    [InlineData("[[1767225600000,1,1,1,1,1,1767229199999,\"1\",1,\"1\",\"1\",\"0\"]]")]
    [InlineData("[[1767225600000,\"1\",\"1\",\"1\",\"1\",\"1\",1767225659999,\"1\",1,\"1\",\"1\",\"0\"]]")]
    [InlineData("[[1767227400000,\"1\",\"1\",\"1\",\"1\",\"1\",1767230999999,\"1\",1,\"1\",\"1\",\"0\"]]")]
    [InlineData("{\"rows\":[]}")]
    [InlineData("[[1767225600000,\"1\",\"1\"")]
    [InlineData("<html>maintenance</html>")]
    public async Task BarsAsync_AnswerThatIsNone_IsMalformed(string body)
    {
        using HistoryScene scene = new(new BinanceExchange(), "binance-spot", (_, _) => HistoryScene.Ok(body));

        (await scene.History.BarsAsync(_twoHours, TestContext.Current.CancellationToken)).Fault!.Kind.ShouldBe(HistoryFaultKind.Malformed);
    }

    [Theory]
    [InlineData(400, "{\"code\":-1121,\"msg\":\"Invalid symbol.\"}", HistoryFaultKind.UnknownSymbol)]
    [InlineData(400, "{\"code\":-1100,\"msg\":\"Illegal characters.\"}", HistoryFaultKind.Refused)]
    [InlineData(418, "{\"code\":-1003,\"msg\":\"Way too many requests.\"}", HistoryFaultKind.Refused)]
    [InlineData(503, "busy", HistoryFaultKind.Unreachable)]
    public async Task BarsAsync_VenueSaysNo_TellsWhy(int status, string body, HistoryFaultKind kind)
    {
        using HistoryScene scene = new(new BinanceExchange(), "binance-spot", (_, _) => ScriptedServer.Answer(status, body, "Retry-After: 120"));

        HistoryFault fault = (await scene.History.BarsAsync(_twoHours, TestContext.Current.CancellationToken)).Fault.ShouldNotBeNull();

        fault.Kind.ShouldBe(kind);
        fault.RetryAfter.ShouldBe(TimeSpan.FromSeconds(120));
    }

    [Fact]
    public async Task BarsAsync_ConnectionIsCutOnce_AsksAgainByItself()
    {
        using HistoryScene scene = new(new BinanceExchange(), "binance-spot", (number, _) => number == 0 ? null : HistoryScene.Ok(_rows));

        (await scene.History.BarsAsync(_twoHours, TestContext.Current.CancellationToken)).IsOk.ShouldBeTrue();
        scene.Asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task BarsAsync_UnknownInterval_IsRefusedWithoutAsking()
    {
        using HistoryScene scene = new(new BinanceExchange(), "binance-usdm", (_, _) => HistoryScene.Ok("[]"));
        BarSpec second = new(Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);

        (await scene.History.BarsAsync(_twoHours with { Interval = second }, TestContext.Current.CancellationToken)).Fault!.Kind.ShouldBe(HistoryFaultKind.UnknownInterval);

        scene.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task TradesAsync_FirstByTimeThenById()
    {
        using HistoryScene scene = new(new BinanceExchange(), "binance-spot", (_, _) => HistoryScene.Ok(
            "[{\"a\":26129,\"p\":\"0.01633102\",\"q\":\"4.70443515\",\"f\":27781,\"l\":27783,\"T\":1767225600123,\"m\":true,\"M\":true}]"));

        HistoryPage<HistoricalTrade> page = (await scene.History.TradesAsync(new TradeHistoryQuery("BTCUSDT", HistoryScene.At(1, 1)), TestContext.Current.CancellationToken)).Value.ShouldNotBeNull();
        await scene.History.TradesAsync(new TradeHistoryQuery("BTCUSDT", HistoryScene.At(1, 1), 26129), TestContext.Current.CancellationToken);

        scene.Asked.ShouldBe(["/api/v3/aggTrades?symbol=BTCUSDT&startTime=1767225600000&limit=1000", "/api/v3/aggTrades?symbol=BTCUSDT&fromId=26129&limit=1000"]);
        page.Rows.ShouldHaveSingleItem().ShouldBe(new HistoricalTrade
        {
            Id = 26129,
            Time = Timestamp.FromUnixMilliseconds(1767225600123),
            Price = 0.01633102m,
            Quantity = 4.70443515m,
            IsSell = true,
            FirstTradeId = 27781,
            LastTradeId = 27783,
        });
        page.IsFull.ShouldBeFalse();
    }

    [Fact]
    public async Task FundingAsync_ReadsRatesOfContractsAndRefusesSpot()
    {
        static byte[]? Script(int number, string path) => HistoryScene.Ok("[{\"symbol\":\"BTCUSDT\",\"fundingRate\":\"-0.03750000\",\"fundingTime\":1767225600000,\"markPrice\":\"34287.54619963\"}]");
        using HistoryScene linear = new(new BinanceExchange(), "binance-usdm", Script);
        using HistoryScene spot = new(new BinanceExchange(), "binance-spot", Script);
        FundingHistoryQuery query = new("BTCUSDT", HistoryScene.At(1, 1), HistoryScene.At(1, 2));

        HistoryPage<HistoricalFunding> page = (await linear.History.FundingAsync(query, TestContext.Current.CancellationToken)).Value.ShouldNotBeNull();

        page.Rows.ShouldBe([new HistoricalFunding { Time = HistoryScene.At(1, 1), Rate = -0.0375m, MarkPrice = 34287.54619963m }]);
        (await spot.History.FundingAsync(query, TestContext.Current.CancellationToken)).Fault!.Kind.ShouldBe(HistoryFaultKind.NotSupported);
        spot.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task BookAsync_AsksForAllLevels()
    {
        using HistoryScene scene = new(new BinanceExchange(), "binance-spot", (_, _) => HistoryScene.Ok("{\"lastUpdateId\":160,\"bids\":[[\"0.0024\",\"10\"]],\"asks\":[[\"0.0026\",\"100\"],[\"0.0027\",\"5\"]]}"));

        HistoricalBook book = (await scene.History.BookAsync("BTCUSDT", TestContext.Current.CancellationToken)).Value.ShouldNotBeNull();

        scene.Asked.ShouldBe(["/api/v3/depth?symbol=BTCUSDT&limit=5000"]);
        (book.UpdateId, book.Bids[0], book.Asks[1]).ShouldBe((160, new HistoricalLevel(0.0024m, 10m), new HistoricalLevel(0.0027m, 5m)));
    }

    [Fact]
    public async Task ListingsAsync_RecordedListing_TellsGridAndStateInOneRequest()
    {
        string body = Fixtures.Endpoint("UsdFutures/ExchangeData/GetExchangeInfo");
        using HistoryScene scene = new(new BinanceExchange(), "binance-usdm", (_, _) => HistoryScene.Ok(body));
        JsonElement first = JsonDocument.Parse(body, new JsonDocumentOptions { AllowTrailingCommas = true }).RootElement.GetProperty("symbols")[0];
        string symbol = first.GetProperty("symbol").GetString()!;

        IReadOnlyDictionary<string, HistoryListing> listed = (await scene.History.ListingsAsync([symbol, "NOPEUSDT"], TestContext.Current.CancellationToken)).Value.ShouldNotBeNull();

        scene.Asked.ShouldBe(["/fapi/v1/exchangeInfo"]);
        HistoryListing one = listed.ShouldHaveSingleItem().Value;
        string tick = first.GetProperty("filters").EnumerateArray().First(filter => filter.GetProperty("filterType").GetString() == "PRICE_FILTER").GetProperty("tickSize").GetString()!;
        one.TickSize.ShouldBe(decimal.Parse(tick, CultureInfo.InvariantCulture));
        one.ListedSince.ShouldBe(Timestamp.FromUnixMilliseconds(first.GetProperty("onboardDate").GetInt64()));
        (one.Kind, one.IsTrading).ShouldBe((InstrumentKind.LinearPerpetual, first.GetProperty("status").GetString() == "TRADING"));
    }

    [Theory]
    [InlineData("Spot/ExchangeData/GetKlines", "binance-spot")]
    [InlineData("Spot/ExchangeData/GetUiKlines", "binance-spot")]
    [InlineData("UsdFutures/ExchangeData/GetKlines", "binance-usdm")]
    public async Task BarsAsync_RecordedAnswers_AreReadDigitByDigit(string endpoint, string venue)
    {
        string body = Fixtures.Endpoint(endpoint);
        JsonElement[] rows = [.. JsonDocument.Parse(body).RootElement.EnumerateArray()];
        long open = rows[0][0].GetInt64();
        BarSpec interval = new((rows[0][6].GetInt64() + 1 - open) * 1_000_000, BarKind.Time, BarSource.Venue);
        using HistoryScene scene = new(new BinanceExchange(), venue, (_, _) => HistoryScene.Ok(body));
        BarHistoryQuery query = new("BTCUSDT", interval, Timestamp.FromUnixMilliseconds(open), Timestamp.FromUnixMilliseconds(rows[^1][6].GetInt64() + 1));

        HistoryPage<HistoricalBar> page = (await scene.History.BarsAsync(query, TestContext.Current.CancellationToken)).Value.ShouldNotBeNull();

        page.Rows.Select(bar => (bar.OpenTime.UnixMilliseconds, bar.Open, bar.High, bar.Low, bar.Close, bar.Volume, bar.QuoteVolume, bar.TradeCount, bar.TakerBuyVolume, bar.TakerBuyQuoteVolume))
            .ShouldBe(rows.Select(row => (row[0].GetInt64(), Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]), Number(row[5]), (decimal?)Number(row[7]), (long?)row[8].GetInt64(), (decimal?)Number(row[9]), (decimal?)Number(row[10]))));
    }

    [Fact]
    public async Task TimeAsync_VenueIsAhead_TellsItsTime()
    {
        Timestamp there = Timestamp.From(TimeProvider.System.GetUtcNow()) + TimeSpan.FromHours(3);
        using HistoryScene scene = new(new BinanceExchange(), "binance-spot", (_, _) => HistoryScene.Ok($"{{\"serverTime\":{there.UnixMilliseconds}}}"));

        Timestamp told = (await scene.History.TimeAsync(TestContext.Current.CancellationToken)).Value;

        (told - there).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Usage_CountsRequestsAndTheWeightThatTheVenueTells()
    {
        using HistoryScene scene = new(new BinanceExchange(), "binance-spot", (_, _) => HistoryScene.Ok(_rows, "X-MBX-USED-WEIGHT-1M: 777"));

        await scene.History.BarsAsync(_twoHours, TestContext.Current.CancellationToken);

        (scene.History.Usage.Requests, scene.History.Usage.Used, scene.History.Usage.Limit, scene.History.Usage.Window).ShouldBe((1L, 777, 6000, TimeSpan.FromMinutes(1)));
    }

    private static decimal Number(JsonElement cell) => decimal.Parse(cell.GetString()!, CultureInfo.InvariantCulture);

    private static string Row(Timestamp open) =>
        $"[{open.UnixMilliseconds},\"87648.21000001\",\"87777.77000000\",\"87500.00000000\",\"87601.50000000\",\"123.45678901\",{open.UnixMilliseconds + 3_599_999},\"10820999.12345678\",30801,\"61.20000000\",\"5361000.00000001\",\"0\"]";
}
