using System.Text.Json;
using Harrier.Hosting.Accounts;
using Harrier.Tests.Support;

namespace Harrier.Tests.Api.Metrics;

/// <summary>A real Prometheus reads the service; its tool judges the text and the rules; every query of the dashboards is asked of it.</summary>
public sealed class PrometheusTests
{
    [Fact]
    public async Task Text_IsCleanByPrometheusOwnRules()
    {
        PrometheusServer.Require();
        await using ApiScene scene = await ApiScene.StartAsync();
        using MeteredAccount account = new(scene.Desk, scene.Meter);
        account.Play(500);
        using HttpClient http = new();
        string text = await http.GetStringAsync(new Uri(scene.Address, "/metrics"), TestContext.Current.CancellationToken);
        PrometheusServer.Tool(text, "check", "metrics").ShouldBe((0, ""));
        PrometheusServer.Tool(text.Replace("risk_checks_total", "riskChecks", StringComparison.Ordinal), "check", "metrics").Code.ShouldNotBe(0, "the tool finds what is wrong");
    }

    [Fact]
    public void AlertRules_FireWhereTheyMust_AndNowhereElse()
    {
        PrometheusServer.Require();
        (int code, string said) = PrometheusServer.Tool("", "test", "rules", Path.Combine(Deploy, "prometheus", "harrier.rules.test.yml"));
        code.ShouldBe(0, said);
        (code, said) = PrometheusServer.Tool("", "check", "config", Path.Combine(Deploy, "prometheus", "prometheus.yml"));
        code.ShouldBe(0, said);
    }

    [Fact]
    public async Task Dashboards_HaveDataForEveryQuery()
    {
        PrometheusServer.Require();
        string[] queries = [.. Directory.GetFiles(Path.Combine(Deploy, "grafana", "dashboards")).SelectMany(QueriesOf)];
        queries.Length.ShouldBe(26);
        await using ApiScene scene = await ApiScene.StartAsync();
        using MeteredAccount account = new(scene.Desk, scene.Meter);
        using Answering answering = new();
        using HttpMessageInvoker http = new(answering);
        using HttpMessageInvoker exchange = scene.Meter.Watch("sim-x-linear", http);
        using PrometheusServer prometheus = new(scene.Address, Path.Combine(Deploy, "prometheus", "harrier.rules.yml"));
        List<string> without = [.. queries];

        // A rate is known after two scrapes between which something happened.
        while (without.Count > 0)
        {
            account.Play(2);
            account.Probe.OnTrade(default, TimeSpan.FromMilliseconds(1));
            await scene.GetAsync("/api/v1/bots", scene.Viewer);
            using HttpRequestMessage request = new(HttpMethod.Get, new Uri("http://127.0.0.1/api"));
            using HttpResponseMessage response = await exchange.SendAsync(request, TestContext.Current.CancellationToken);
            foreach (string query in without.ToArray())
            {
                double[] values = await prometheus.AskAsync(query);
                if (values.Length > 0 && Array.TrueForAll(values, static value => !double.IsNaN(value)))
                {
                    without.Remove(query);
                }
            }
        }

        (await prometheus.AskAsync("sum(trading_trades_total{bot_id=~\"test/.*\"})"))[0].ShouldBeInRange(0, account.Happened.OfType<BotFilled>().Count());
        (await prometheus.AskAsync("max_over_time(up[1m])")).ShouldBe([1]);
    }

    private static string Deploy
    {
        get
        {
            DirectoryInfo folder = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Harrier.slnx")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside of a checkout");
            }

            return Path.Combine(folder.FullName, "deploy");
        }
    }

    // What Grafana needs to provision a dashboard from a file: its own fields at the top, and each panel with a place, a kind that it still has, and a source.
    private static IEnumerable<string> QueriesOf(string file)
    {
        JsonElement board = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        board.GetProperty("uid").GetString()!.Length.ShouldBeInRange(1, 40, file);
        board.GetProperty("schemaVersion").GetInt32().ShouldBeGreaterThanOrEqualTo(36, file);
        JsonElement[] panels = [.. board.GetProperty("panels").EnumerateArray()];
        panels.Select(static panel => panel.GetProperty("id").GetInt32()).ShouldBeUnique(file);
        panels.Select(static panel => panel.GetProperty("type").GetString()).ShouldAllBe(static kind => kind == "stat" || kind == "timeseries");
        panels.Select(static panel => panel.GetProperty("gridPos")).ShouldAllBe(static place => place.GetProperty("x").GetInt32() + place.GetProperty("w").GetInt32() <= 24);
        panels.Select(static panel => panel.GetProperty("datasource").GetProperty("uid").GetString()).ShouldAllBe(static uid => uid == "prometheus");
        return panels.SelectMany(static panel => panel.GetProperty("targets").EnumerateArray().Select(static target => target.GetProperty("expr").GetString()!));
    }

    private sealed class Answering : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage());
    }
}
