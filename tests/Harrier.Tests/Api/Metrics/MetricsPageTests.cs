using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Harrier.Domain;
using Harrier.Hosting.Accounts;

namespace Harrier.Tests.Api.Metrics;

/// <summary>What Prometheus reads, against what an account that really traded told of itself.</summary>
public sealed class MetricsPageTests
{
    [Fact]
    public async Task Series_OfAnAccountThatTraded_AreWhatItsEventsAddUpTo()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using MeteredAccount account = new(scene.Desk, scene.Meter);
        account.Play(900);
        Dictionary<string, double> series = await ReadAsync(scene);

        BotFilled[] fills = [.. account.Happened.OfType<BotFilled>()];
        fills.ShouldNotBeEmpty();
        foreach ((string bot, string strategy, string symbol) in ((string, string, string)[])[("one", "RSI_CROSS", "AAAUSDT"), ("two", "EMA_CROSS", "BBBUSDT")])
        {
            foreach ((string word, OrderSide side) in ((string, OrderSide)[])[("BUY", OrderSide.Buy), ("SELL", OrderSide.Sell)])
            {
                series[$"trading_trades_total{{bot_id=\"test/{bot}\",side=\"{word}\",strategy=\"{strategy}\",symbol=\"{symbol}\"}}"]
                    .ShouldBe(fills.Count(fill => fill.Bot == bot && fill.Fill.Side == side));
            }

            RoundTrip[] trips = [.. account.Happened.OfType<BotRoundTrip>().Where(trip => trip.Bot == bot).Select(static ended => ended.Trip)];
            trips.Length.ShouldBeGreaterThan(5);
            string labels = $"{{bot_id=\"test/{bot}\",strategy=\"{strategy}\",symbol=\"{symbol}\"";
            series[$"trading_trade_pnl_count{labels}}}"].ShouldBe(trips.Length);
            series[$"trading_trade_pnl_sum{labels}}}"].ShouldBe((double)trips.Sum(static trip => trip.Pnl), 1e-6);
            series[$"trading_trade_pnl_bucket{labels},le=\"0\"}}"].ShouldBe(trips.Count(static trip => trip.Pnl <= 0));
            series[$"trading_trade_pnl_bucket{labels},le=\"+Inf\"}}"].ShouldBe(trips.Length);
            series[$"risk_consecutive_losses{{bot_id=\"test/{bot}\"}}"].ShouldBe(trips.Reverse().TakeWhile(static trip => trip.Pnl <= 0).Count(static trip => trip.Pnl < 0));
            series[$"bot_status{labels}}}"].ShouldBe(1);
        }

        using Answering venue = new(HttpStatusCode.OK);
        using HttpMessageInvoker http = new(venue);
        using HttpMessageInvoker measured = scene.Meter.Watch("x", http);
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("http://127.0.0.1/api/v3/depth"));
        using HttpResponseMessage response = await measured.SendAsync(request, TestContext.Current.CancellationToken);
        account.Halt();
        HasTheSeriesOfTheGuide(await ReadAsync(scene));
    }

    // Names, labels and bounds of buckets as the guide's dashboards and rules expect them, while the account is halted.
    private static void HasTheSeriesOfTheGuide(Dictionary<string, double> series)
    {
        (string Name, string Labels, double[]? Buckets)[] guide =
        [
            ("trading_trades_total", "bot_id,side,strategy,symbol", null), ("trading_trade_pnl", "bot_id,strategy,symbol", [-1000, -100, -10, -1, 0, 1, 10, 100, 1000, 10000]),
            ("trading_strategy_signals_total", "signal_type,strategy,symbol", null), ("risk_checks_total", "result", null), ("risk_circuit_breaker_trips_total", "", null), ("risk_max_drawdown", "bot_id", null),
            ("risk_current_equity", "bot_id", null), ("risk_consecutive_losses", "bot_id", null), ("bot_status", "bot_id,strategy,symbol", null),
            ("strategy_execution_seconds", "strategy", [.001, .005, .01, .05, .1, .5, 1, 2, 5]), ("websocket_connections_active", "exchange", null), ("websocket_messages_total", "exchange,message_type", null),
            ("websocket_errors_total", "error_type,exchange", null), ("exchange_api_calls_total", "endpoint,exchange,status", null), ("exchange_api_latency_seconds", "endpoint,exchange", [.1, .5, 1, 2, 5, 10, 30]),
            ("abtpro_system_info", "environment,phase,version", null),
        ];
        foreach ((string name, string labels, double[]? buckets) in guide)
        {
            string full = buckets is null ? name : name + "_count";
            string[] found = [.. series.Keys.Where(key => key.Split('{')[0] == full)];
            found.ShouldNotBeEmpty(name);
            found.ShouldAllBe(key => string.Join(',', LabelsOf(key).Order(StringComparer.Ordinal)) == labels, name);
            double[] bounds = [.. series.Keys.Where(key => key.Split('{')[0] == name + "_bucket").Select(static key => key.Split("le=\"")[1].Split('"')[0]).Where(static bound => bound != "+Inf").Select(static bound => double.Parse(bound, CultureInfo.InvariantCulture)).Distinct()];
            bounds.ShouldBe(buckets ?? [], name);
        }
    }

    private static IEnumerable<string> LabelsOf(string series) => System.Text.RegularExpressions.Regex.Matches(series, "([a-z_]+)=\"").Select(static match => match.Groups[1].Value);

    [Fact]
    public async Task Drawdown_IsTheLargestFallFromThePeak_AlsoWhereTheBalanceIsThePeak()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using MeteredAccount account = new(scene.Desk, scene.Meter);
        account.Play(900);
        Dictionary<string, double> series = await ReadAsync(scene);
        for (int bot = 0; bot < 2; bot++)
        {
            decimal[] worth = [10_000m, .. account.Looks.Select(look => look[bot].Equity)];
            decimal naive = worth.Select((now, i) => 1 - (now / worth[..(i + 1)].Max())).Max();
            naive.ShouldBeGreaterThan(0);
            series[$"risk_max_drawdown{{bot_id=\"test/{account.Status.Bots[bot].Name}\"}}"].ShouldBe((double)naive, 1e-12);
            series[$"risk_current_equity{{bot_id=\"test/{account.Status.Bots[bot].Name}\"}}"].ShouldBe((double)worth[^1], 1e-9);
        }
    }

    [Fact]
    public async Task HaltedAccount_ShowsWhatItIsNow_AndEachRefusedOrder()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using MeteredAccount account = new(scene.Desk, scene.Meter);
        account.Play(9);
        Dictionary<string, double> before = await ReadAsync(scene);
        account.Halt();
        account.Play(600);
        Dictionary<string, double> after = await ReadAsync(scene);

        (before["harrier_account_state{account=\"test\"}"], after["harrier_account_state{account=\"test\"}"]).ShouldBe((0, 2));
        after["risk_current_equity{bot_id=\"test/one\"}"].ShouldBe((double)account.Status.Bots[0].Equity, 1e-9);
        double refused = account.Status.Risk.Refusals.Sum(static one => one.Value);
        refused.ShouldBeGreaterThan(0);
        after["risk_checks_total{result=\"rejected\"}"].ShouldBe(refused);
        after["risk_checks_total{result=\"allowed\"}"].ShouldBe(account.Status.Counts!.OrdersAllowed);
    }

    [Fact]
    public async Task Feeds_AreAddedUpOrTheirWorstIsShown_AndWhatIsNotMeasuredHasNoSeries()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using MeteredAccount account = new(scene.Desk, scene.Meter);
        Dictionary<string, double> series = await ReadAsync(scene);
        series["websocket_messages_total{exchange=\"sim-x-linear\",message_type=\"book\"}"].ShouldBe(8);
        series["websocket_messages_total{exchange=\"sim-x-linear\",message_type=\"trade\"}"].ShouldBe(12);
        series["websocket_errors_total{error_type=\"message\",exchange=\"sim-x-linear\"}"].ShouldBe(2);
        series["websocket_connections_active{exchange=\"sim-x-linear\"}"].ShouldBe(0);
        series["harrier_book_gaps_total{exchange=\"sim-x-linear\"}"].ShouldBe(4);
        series["harrier_book_verified_ratio{exchange=\"sim-x-linear\"}"].ShouldBe(0.5);
        series.Keys.ShouldNotContain(static name => name.StartsWith("harrier_websocket_latency_seconds"), "no ping was answered yet");
        series.Keys.ShouldNotContain(static name => name.StartsWith("exchange_api_latency_seconds"), "nothing was asked yet");
    }

    [Fact]
    public async Task Requests_AreMeasuredByPath_WithoutIdsInIt()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        using Answering limit = new(HttpStatusCode.TooManyRequests);
        using HttpMessageInvoker http = new(limit);
        using HttpMessageInvoker measured = scene.Meter.Watch("x", http);
        foreach (string path in (string[])["/v0/me/cards/1c3fbf4b-3342-4e15-b59b-5c455f70e3c7/transactions?amount=1", "/v0/me/cards/2c3fbf4b-3342-4e15-b59b-5c455f70e3c7/transactions", "/api/v3/depth"])
        {
            using HttpRequestMessage request = new(HttpMethod.Get, new Uri("http://127.0.0.1" + path));
            using HttpResponseMessage response = await measured.SendAsync(request, TestContext.Current.CancellationToken);
        }

        Dictionary<string, double> series = await ReadAsync(scene);
        series.Where(static one => one.Key.StartsWith("exchange_api_calls_total")).ShouldBe(
        [
            KeyValuePair.Create("exchange_api_calls_total{endpoint=\"/v0/me/cards/{id}/transactions\",exchange=\"x\",status=\"429\"}", 2.0),
            KeyValuePair.Create("exchange_api_calls_total{endpoint=\"/api/v3/depth\",exchange=\"x\",status=\"429\"}", 1.0),
        ]);
    }

    [Fact]
    public async Task Get_ThroughAProxy_NeedsAToken()
    {
        await using ApiScene scene = await ApiScene.StartAsync(static options => options with { Proxies = [System.Net.IPNetwork.Parse("127.0.0.1/32")] });
        (await scene.GetAsync("/metrics")).Status.ShouldBe(HttpStatusCode.OK);
        (await scene.GetAsync("/metrics", also: Proxied)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await scene.GetAsync("/metrics", scene.Viewer, Proxied)).Status.ShouldBe(HttpStatusCode.OK);

        static void Proxied(HttpRequestMessage request) => request.Headers.Add("X-Forwarded-For", "203.0.113.7");
    }

    [Fact]
    public async Task Answers_AreMeasuredByTheTemplateOfTheirPath()
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        await scene.GetAsync("/api/v1/accounts/alpha", scene.Viewer);
        await scene.GetAsync("/api/v1/accounts/beta", scene.Viewer);
        await scene.GetAsync("/nothing/here/7", scene.Viewer);
        Dictionary<string, double> series = await ReadAsync(scene);
        series["harrier_api_request_seconds_count{route=\"/api/v1/accounts/{account}\",status=\"200\"}"].ShouldBe(1);
        series["harrier_api_request_seconds_count{route=\"/api/v1/accounts/{account}\",status=\"404\"}"].ShouldBe(1);
        series["harrier_api_request_seconds_count{route=\"none\",status=\"404\"}"].ShouldBe(1);
    }

    internal static async Task<Dictionary<string, double>> ReadAsync(ApiScene scene)
    {
        using HttpClient http = new();
        using HttpResponseMessage response = await http.GetAsync(new Uri(scene.Address, "/metrics"), TestContext.Current.CancellationToken);
        response.Content.Headers.ContentType.ShouldBe(MediaTypeHeaderValue.Parse("text/plain; version=0.0.4; charset=utf-8"));
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(static line => line[0] != '#')
            .Select(static line => (Name: line[..line.LastIndexOf(' ')], Value: line[(line.LastIndexOf(' ') + 1)..]))
            .ToDictionary(static pair => pair.Name, static pair => pair.Value == "+Inf" ? double.PositiveInfinity : double.Parse(pair.Value, CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    private sealed class Answering(HttpStatusCode status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage(status));
    }
}
