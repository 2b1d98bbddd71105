using System.Text.Json;
using Harrier.Api.Jobs;
using Harrier.Cli;
using Harrier.Cli.Composition;
using Harrier.Cli.Running;
using Harrier.Hosting.Jobs;
using Harrier.Testnet;
using Harrier.Testnet.Hosting;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Running;

/// <summary>Work of the service on markets, against the real built-in exchange.</summary>
public sealed class ServiceMarketWorkTests
{
    [Fact]
    public async Task CollectStreamAndScan_BringWhatTheExchangeHas_IntoTheHome()
    {
        using TemporaryFolder folder = new();
        string venue = VenueAliases.Known[0];
        await using BuiltInExchange exchange = await Exchange.StartAsync(new ExchangeRequest(new TestnetOptions { Port = 0, Seed = 1 }, ["BTCUSDT"]), TestContext.Current.CancellationToken);
        ServiceMarketWork work = new(folder.Path, asked => new Uri(exchange.Host.Origins[asked.Split('-')[0]].Http));
        Shares shares = new();

        JsonElement collected = Run(work.Collect(new CollectBody { Symbols = ["BTCUSDT"], Interval = "1h", Months = 1, Endpoint = "built-in" }), shares);
        (collected.GetProperty("complete").GetBoolean(), collected.GetProperty("symbols")[0].GetProperty("rows_total").GetInt64() > 600).ShouldBe((true, true));
        shares.Last.ShouldBe(1);
        Directory.Exists(Path.Combine(folder.Path, "data")).ShouldBeTrue();

        JsonElement recorded = Run(work.Stream(new StreamBody { Venue = venue, Symbols = ["BTCUSDT"], Endpoint = "built-in", Duration = "1s" }), shares);
        recorded.GetProperty("records").GetInt64().ShouldBeGreaterThan(0);
        Directory.GetFiles(Path.Combine(folder.Path, "recordings", venue)).ShouldNotBeEmpty();

        JsonElement scanned = Run(work.Scan(new ScanBody { Preset = "conservative_breakout", Symbols = ["BTCUSDT"], Endpoint = "built-in", Top = 1 }), shares);
        scanned.GetProperty("markets")[0].GetProperty("symbol").GetString().ShouldBe("BTCUSDT");
    }

    [Fact]
    public void Prepare_BadInput_IsNamedByTheFieldOfTheBody()
    {
        using TemporaryFolder folder = new();
        ServiceMarketWork work = new(folder.Path, static _ => null);

        Faults(work.Collect(new CollectBody { Venue = "nowhere", Kind = "x", StartDate = "soon" })).ShouldBe(["venue", "kind", "start_date"], ignoreOrder: true);
        Faults(work.Collect(new CollectBody { Endpoint = "http://127.0.0.1:1" })).ShouldBe(["endpoint"]);
        Faults(work.Collect(new CollectBody { Endpoint = "built-in" })).ShouldBe(["endpoint"]);
        Faults(work.Stream(new StreamBody { Venue = "../elsewhere", Symbols = ["BTCUSDT"] })).ShouldBe(["venue"]);
        Faults(work.Stream(new StreamBody { Symbols = ["BTCUSDT"], Duration = "soon", Channels = ["all"] })).ShouldBe(["duration", "channels"], ignoreOrder: true);
        Faults(work.Scan(new ScanBody { Preset = "../../etc/passwd.json" })).ShouldBe(["preset"]);
        Directory.Exists(Path.Combine(folder.Path, "recordings")).ShouldBeFalse();
    }

    private static JsonElement Run((JobWork? Work, IReadOnlyList<string> Faults) prepared, IProgress<double> progress)
    {
        prepared.Faults.ShouldBeEmpty();
        return JsonDocument.Parse(prepared.Work!(progress, TestContext.Current.CancellationToken).Json).RootElement;
    }

    private static string[] Faults((JobWork? Work, IReadOnlyList<string> Faults) prepared)
    {
        prepared.Work.ShouldBeNull();
        return [.. prepared.Faults.Select(static line => line.Split(':')[0])];
    }

    private sealed class Shares : IProgress<double>
    {
        public double Last { get; private set; }

        public void Report(double value) => Last = value;
    }
}
