using Harrier.Domain;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Tests.Requests;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Tests.Bybit;

/// <summary>Calls whose answers a script gives: what the built-in exchange does not offer, or says otherwise than the venue may.</summary>
public sealed class BybitClientTests
{
    private static readonly string[] _pages = ["A", "B", "C"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenOrders_SeveralPages_AreAllRead()
    {
        using Scene scene = new((path, _) =>
        {
            int page = path.Contains("cursor=p2", StringComparison.Ordinal) ? 2 : path.Contains("cursor=p1", StringComparison.Ordinal) ? 1 : 0;
            string order = $$"""{"symbol":"BTCUSDT","orderId":"{{page + 1}}","orderLinkId":"{{_pages[page]}}","orderStatus":"New","side":"Buy","orderType":"Limit"}""";
            string next = page < 2 ? $"p{page + 1}" : "";
            return $$$"""{"retCode":0,"result":{"list":[{{{order}}}],"nextPageCursor":"{{{next}}}"}}""";
        });
        (await scene.Client.OpenOrdersAsync("BTCUSDT", Stop)).Value.Select(o => o.ClientId).ShouldBe(_pages);
    }

    [Fact]
    public async Task Trades_OverAWeekBack_AreReadWeekByWeekOldestFirst()
    {
        List<string> asked = [];
        using Scene scene = new((path, _) =>
        {
            asked.Add(path);
            string execution = $$"""{"symbol":"BTCUSDT","orderId":"1","execId":"{{asked.Count}}2","execType":"Trade","side":"Buy","execPrice":"1","execQty":"1"},{"symbol":"BTCUSDT","orderId":"1","execId":"{{asked.Count}}1","execType":"Trade","side":"Buy","execPrice":"1","execQty":"1"},{"symbol":"BTCUSDT","orderId":"1","execId":"9{{asked.Count}}","execType":"Funding","side":"Buy","execPrice":"1","execQty":"1"}""";
            return $$$"""{"retCode":0,"result":{"list":[{{{execution}}}]}}""";
        });
        Timestamp from = Timestamp.From(TimeProvider.System.GetUtcNow()) + TimeSpan.FromDays(-10);
        IReadOnlyList<OwnTrade> trades = (await scene.Client.TradesAsync(new HistoryQuery("BTCUSDT", from), Stop)).Value;
        trades.Select(t => t.TradeId.ToString()).ShouldBe(["11", "12", "21", "22"]);
        asked.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Query_NotAmongTheRecent_IsLookedUpInTheHistory()
    {
        using Scene scene = new((path, _) => path.StartsWith("/v5/order/realtime", StringComparison.Ordinal)
            ? """{"retCode":0,"result":{"list":[]}}"""
            : """{"retCode":0,"result":{"list":[{"symbol":"BTCUSDT","orderId":"5","orderLinkId":"a","orderStatus":"Filled","qty":"1","cumExecQty":"1"}]}}""");
        (await scene.Client.QueryAsync(new OrderKey("BTCUSDT", "a"), Stop)).Value.Status.ShouldBe(VenueOrderStatus.Filled);
    }

    [Fact]
    public async Task Place_Receipt_IsNoAcceptance()
    {
        using Scene scene = new((_, _) => """{"retCode":0,"retMsg":"OK","result":{"orderId":"1900000000000000001","orderLinkId":"a"}}""");
        VenueOrder placed = (await scene.Client.PlaceAsync(Order(), Stop)).Value;
        (placed.Status, placed.ClientId, placed.VenueId.ToString()).ShouldBe((VenueOrderStatus.Unknown, "a", "1900000000000000001"));
    }

    [Theory]
    [InlineData(10000, Outcome.Unknown)]
    [InlineData(10016, Outcome.Unknown)]
    [InlineData(110007, Outcome.NotDone)]
    public async Task Place_Refused_SaysWhatIsKnownAndIsSentOnce(int code, Outcome outcome)
    {
        using Scene scene = new((_, _) => $$$"""{"retCode":{{{code}}},"retMsg":"no","result":{}}""");
        (await scene.Client.PlaceAsync(Order(), Stop)).Error.Outcome.ShouldBe(outcome);
        scene.Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task AnyCall_AddressIsShutOut_NothingLeavesForTenMinutes()
    {
        using Scene scene = new((_, _) => "access too frequent", status: 403);
        VenueError first = (await scene.Client.PlaceAsync(Order(), Stop)).Error;
        (first.Kind, first.Outcome, first.RetryAfter).ShouldBe((VenueErrorKind.Banned, Outcome.NotDone, TimeSpan.FromMinutes(10)));
        VenueError second = (await scene.Client.OpenOrdersAsync("BTCUSDT", Stop)).Error;
        second.Kind.ShouldBe(VenueErrorKind.RefusedLocally);
        second.RetryAfter!.Value.ShouldBeGreaterThan(TimeSpan.FromMinutes(9));
        scene.Server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Headers_OfAnAnswer_CorrectTheLimitOfThatCall()
    {
        using Scene scene = new((_, _) => """{"retCode":0,"retMsg":"OK","result":{"orderId":"1","orderLinkId":"a"}}""", 200, "X-Bapi-Limit: 10", "X-Bapi-Limit-Status: 3");
        await scene.Client.PlaceAsync(Order(), Stop);
        scene.Budget.Statistics.Windows["create"].ShouldBe(7);
        scene.Budget.Statistics.Windows["cancel"].ShouldBe(0);
    }

    [Fact]
    public async Task PlaceBatch_EachForItself()
    {
        using Scene scene = new((_, _) =>
            """{"retCode":0,"result":{"list":[{"category":"linear","symbol":"BTCUSDT","orderId":"1","orderLinkId":"a","createAt":"1"},{"category":"linear","symbol":"BTCUSDT","orderId":"","orderLinkId":"b","createAt":""}]},"retExtInfo":{"list":[{"code":0,"msg":"OK"},{"code":110007,"msg":"ab not enough"}]}}""");
        IReadOnlyList<VenueResult<VenueOrder>> placed = (await scene.Client.PlaceBatchAsync([Order(), Order() with { ClientId = "b" }], Stop)).Value;
        placed[0].Value.ClientId.ShouldBe("a");
        placed[1].Error.Kind.ShouldBe(VenueErrorKind.InsufficientFunds);
    }

    [Fact]
    public async Task Place_TrailingStop_SetsItOnThePositionAndFindsItsOrder()
    {
        List<string> bodies = [];
        using Scene scene = new((path, body) =>
        {
            bodies.Add(body);
            return path switch
            {
                _ when path.StartsWith("/v5/position/list", StringComparison.Ordinal) =>
                    """{"retCode":0,"result":{"list":[{"symbol":"BTCUSDT","side":"Buy","size":"0.01","avgPrice":"100","markPrice":"20000"}]}}""",
                _ when path.StartsWith("/v5/position/trading-stop", StringComparison.Ordinal) => """{"retCode":0,"retMsg":"OK","result":{}}""",
                _ => """{"retCode":0,"result":{"list":[{"symbol":"BTCUSDT","orderId":"77","orderLinkId":"","orderStatus":"Untriggered","stopOrderType":"TrailingStop","orderType":"Market","side":"Sell","qty":"0.01"}]}}""",
            };
        });
        OrderRequest trail = Order() with { Type = OrderType.TrailingStop, Side = OrderSide.Sell, Price = 0, TrailingFraction = 0.015m, ReduceOnly = true };
        VenueOrder placed = (await scene.Client.PlaceAsync(trail, Stop)).Value;
        (placed.ClientId, placed.VenueId.ToString(), placed.Type, placed.Status).ShouldBe(("a", "77", OrderType.TrailingStop, VenueOrderStatus.Waiting));
        bodies.ShouldContain("""{"category":"linear","symbol":"BTCUSDT","tpslMode":"Full","positionIdx":0,"trailingStop":"300"}""");
        (await scene.Client.PlaceAsync(trail with { ClientId = "b", Quantity = 0.02m }, Stop)).Error.Kind.ShouldBe(VenueErrorKind.RefusedLocally);
    }

    [Fact]
    public async Task SetLeverage_AlreadySo_IsSuccess()
    {
        using Scene scene = new((_, _) => """{"retCode":110043,"retMsg":"Set leverage has not been modified.","result":{}}""");
        (await scene.Client.SetLeverageAsync("BTCUSDT", 5, Stop)).IsOk.ShouldBeTrue();
    }

    private static OrderRequest Order() =>
        new() { Symbol = "BTCUSDT", ClientId = "a", Side = OrderSide.Buy, Type = OrderType.Limit, Quantity = 0.01m, Price = 100m };

    /// <summary>A client of linear contracts, on a server that answers as told.</summary>
    private sealed class Scene : IDisposable
    {
        private readonly HttpMessageInvoker _http = RestTransport.Create();
        private readonly ServerClock _clock = new(TimeProvider.System);

        public Scene(Func<string, string, string> answer, int status = 200, params string[] headers)
        {
            Server = new ScriptedServer((_, request) =>
            {
                string path = request.Split(' ')[1];
                string body = request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
                return ScriptedServer.Answer(status, answer(path, body), headers);
            });
            Budget = new RequestBudget(new RequestBudgetOptions { Rules = BybitLimits.Of(BybitMarket.Linear) }, TimeProvider.System);
            RestClient rest = new(new RestClientOptions { BaseAddress = Server.Address }, _http, Budget, new BybitRestDialect(), _clock);
            BybitSymbols symbols = new(BybitMarket.Linear);
            symbols.Load(BybitFixtures.Bytes("http_get_instruments_linear.json"));
            Client = new BybitClient(BybitMarket.Linear, new BybitConnection(rest, new BybitSigner(new ApiCredentials("key", new Secret("secret"))), symbols, _clock));
        }

        public ScriptedServer Server { get; }

        public RequestBudget Budget { get; }

        public BybitClient Client { get; }

        public void Dispose()
        {
            Server.Dispose();
            _http.Dispose();
            Budget.Dispose();
            _clock.Dispose();
        }
    }
}
