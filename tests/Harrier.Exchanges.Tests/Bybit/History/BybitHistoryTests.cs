using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Tests.History;

namespace Harrier.Exchanges.Tests.Bybit.History;

public sealed class BybitHistoryTests
{
    private static readonly BarHistoryQuery _tenMonths = new("BTCUSDT", HistoryScene.Hour, HistoryScene.At(1, 1), HistoryScene.At(11, 1));

    [Theory]
    [InlineData("bybit-spot", "spot")]
    [InlineData("bybit-linear", "linear")]
    public async Task BarsAsync_AsksForNoMoreThanFitsIntoOneAnswer_AndTurnsItOldestFirst(string venue, string category)
    {
        string body = Answer("\"category\":\"" + category + "\",\"symbol\":\"BTCUSDT\",\"list\":[[\"1767229200000\",\"17071\",\"17073\",\"17027\",\"17055.5\",\"268611\",\"15.74462667\"],[\"1767225600000\",\"17071.5\",\"17071.5\",\"17061\",\"17071\",\"4177\",\"0.24469757\"]]");
        using HistoryScene scene = new(new BybitExchange(), venue, (_, _) => HistoryScene.Ok(body));

        HistoryPage<HistoricalBar> page = (await scene.History.BarsAsync(_tenMonths, TestContext.Current.CancellationToken)).Value.ShouldNotBeNull();

        long end = 1767225600000 + (1000L * 3_600_000) - 1;
        scene.Asked.ShouldBe([$"/v5/market/kline?category={category}&symbol=BTCUSDT&interval=60&start=1767225600000&end={end}&limit=1000"]);
        page.Rows.Select(bar => bar.OpenTime).ShouldBe([HistoryScene.At(1, 1), HistoryScene.At(1, 1, 1)]);
        page.Rows[0].ShouldBe(new HistoricalBar { OpenTime = HistoryScene.At(1, 1), Open = 17071.5m, High = 17071.5m, Low = 17061m, Close = 17071m, Volume = 4177m, QuoteVolume = 0.24469757m });
        (page.Until.UnixMilliseconds, page.Repairs).ShouldBe((end + 1, 0));
    }

    [Theory]
    [InlineData("1d", "D")]
    [InlineData("1w", "W")]
    [InlineData("1m", "1")]
    [InlineData("12h", "720")]
    public async Task BarsAsync_Interval_HasTheVenuesName(string interval, string name)
    {
        using HistoryScene scene = new(new BybitExchange(), "bybit-linear", (_, _) => HistoryScene.Ok(Answer("\"list\":[]")));
        BarSpec.TryParse(interval, out BarSpec spec).ShouldBeTrue();

        await scene.History.BarsAsync(_tenMonths with { Interval = spec, From = spec.BucketStart(_tenMonths.From) }, TestContext.Current.CancellationToken);

        scene.Asked[0].ShouldContain($"&interval={name}&");
    }

    [Theory]
    [InlineData("\"symbol\":\"ETHUSDT\",\"list\":[]")]
    [InlineData("\"symbol\":\"BTCUSDT\",\"list\":[[\"1767225600000\",\"1\",\"1\",\"1\",\"1\",\"1\"]]")]
    [InlineData("\"symbol\":\"BTCUSDT\",\"list\":[[\"1767225600000.5\",\"1\",\"1\",\"1\",\"1\",\"1\",\"1\"]]")]
    public async Task BarsAsync_AnswerThatIsNone_IsMalformed(string result)
    {
        using HistoryScene scene = new(new BybitExchange(), "bybit-linear", (_, _) => HistoryScene.Ok(Answer(result)));

        (await scene.History.BarsAsync(_tenMonths, TestContext.Current.CancellationToken)).Fault!.Kind.ShouldBe(HistoryFaultKind.Malformed);
    }

    [Fact]
    public async Task BarsAsync_AddressIsShutOut_SaysForHowLong()
    {
        using HistoryScene scene = new(new BybitExchange(), "bybit-linear", (_, _) => Requests.ScriptedServer.Answer(403, "access too frequent"));

        HistoryFault fault = (await scene.History.BarsAsync(_tenMonths, TestContext.Current.CancellationToken)).Fault.ShouldNotBeNull();

        fault.Kind.ShouldBe(HistoryFaultKind.Refused);
        fault.RetryAfter.ShouldBe(TimeSpan.FromMinutes(10));
        scene.History.Usage.ShutOutFor.ShouldBeGreaterThan(TimeSpan.FromMinutes(9));
    }

    [Fact]
    public async Task FundingAsync_NewestFirst_IsTurnedAndNamesBothEnds()
    {
        string body = Answer("\"category\":\"linear\",\"list\":[{\"symbol\":\"BTCUSDT\",\"fundingRate\":\"0.0001\",\"fundingRateTimestamp\":\"1767254400000\"},{\"symbol\":\"BTCUSDT\",\"fundingRate\":\"-0.00003\",\"fundingRateTimestamp\":\"1767225600000\"}]");
        using HistoryScene scene = new(new BybitExchange(), "bybit-linear", (_, _) => HistoryScene.Ok(body));

        HistoryPage<HistoricalFunding> page = (await scene.History.FundingAsync(
            new FundingHistoryQuery("BTCUSDT", HistoryScene.At(1, 1), HistoryScene.At(1, 2)), TestContext.Current.CancellationToken)).Value.ShouldNotBeNull();

        scene.Asked.ShouldBe(["/v5/market/funding/history?category=linear&symbol=BTCUSDT&startTime=1767225600000&endTime=1767311999999&limit=200"]);
        page.Rows.Select(row => (row.Time, row.Rate)).ShouldBe([(HistoryScene.At(1, 1), -0.00003m), (HistoryScene.At(1, 1, 8), 0.0001m)]);
    }

    [Fact]
    public async Task TradesAsync_IsNotSupported_WithoutAsking()
    {
        using HistoryScene scene = new(new BybitExchange(), "bybit-spot", (_, _) => HistoryScene.Ok(Answer("")));

        (await scene.History.TradesAsync(new TradeHistoryQuery("BTCUSDT", HistoryScene.At(1, 1)), TestContext.Current.CancellationToken)).Fault!.Kind.ShouldBe(HistoryFaultKind.NotSupported);
        scene.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task BookAsync_HasTheTimeOfTheMatchingEngine()
    {
        using HistoryScene scene = new(new BybitExchange(), "bybit-spot", (_, _) => HistoryScene.Ok(
            Answer("\"s\":\"BTCUSDT\",\"a\":[[\"65557.7\",\"16.606555\"]],\"b\":[[\"65485.47\",\"47.081829\"]],\"ts\":1767225600900,\"u\":230704,\"seq\":1432604333,\"cts\":1767225600123")));

        HistoricalBook book = (await scene.History.BookAsync("BTCUSDT", TestContext.Current.CancellationToken)).Value.ShouldNotBeNull();

        (book.Time.UnixMilliseconds, book.UpdateId, book.Bids[0].Price, book.Asks[0].Quantity).ShouldBe((1767225600123, 230704, 65485.47m, 16.606555m));
    }

    private static string Answer(string result) => $"{{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{{{result}}},\"retExtInfo\":{{}},\"time\":1767225600000}}";
}
