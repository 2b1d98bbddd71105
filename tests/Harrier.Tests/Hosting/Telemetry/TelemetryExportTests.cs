using Harrier.Exchanges;
using Harrier.Hosting.Control;
using Harrier.Hosting.Jobs;
using Harrier.Hosting.Metering;
using Harrier.Hosting.Notifications.Settings;
using Harrier.Hosting.Telemetry;
using Harrier.Tests.Api;
using Harrier.Tests.Api.Metrics;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Telemetry;

/// <summary>Traces and metrics as a collector receives them: a stand-in takes OTLP over HTTP and reads it by the public definition.</summary>
public sealed class TelemetryExportTests
{
    [Fact]
    public async Task Start_WithACollector_SendsOrdersJobsRequestsAndFigures()
    {
        await using HttpReceiver collector = await HttpReceiver.StartAsync(new HttpReply(200));
        await using ApiScene scene = await ApiScene.StartAsync(isTraced: true);
        using (TelemetryExport? export = TelemetryExport.Start(Settings(collector), new RunIdentity("9.9", "tests"), scene.Meter))
        {
            export.ShouldNotBeNull();
            using MeteredAccount account = new(scene.Desk, scene.Meter);
            account.Play(400);
            account.Happened.Count.ShouldBeGreaterThan(0);
            Job done = scene.Jobs.TryAdd("backtest", static (_, _) => new JobResult("{}", null))!;
            Job failed = scene.Jobs.TryAdd("backtest", static (_, _) => throw new InvalidOperationException("no data"))!;
            await Eventually.Holds(() => done.HasEnded && failed.HasEnded);
            (System.Net.HttpStatusCode status, _, _) = await scene.GetAsync("/api/v1/bots?token=hrr_0123456789abcdef0123", scene.Viewer, static request => request.Headers.Add("traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"));
            status.ShouldBe(System.Net.HttpStatusCode.OK);
        }

        ReceivedRequest[] received = [.. collector.Received];
        received.ShouldAllBe(static one => one.Headers["Content-Type"] == "application/x-protobuf" && one.Headers["X-Team"] == "a b" && one.Method == "POST");
        received.Select(static one => one.Target).Distinct(StringComparer.Ordinal).ShouldBe(["/v1/traces", "/v1/metrics"], ignoreOrder: true);
        CheckSpans([.. received.Where(static one => one.Target == "/v1/traces").Select(static one => new OtlpMessage(one.Body))]);
        CheckMetrics([.. received.Where(static one => one.Target == "/v1/metrics").Select(static one => new OtlpMessage(one.Body))]);
    }

    [Fact]
    public void Start_WithoutAnEndpoint_IsNothing()
    {
        using RunMeter meter = new(new RunDesk(new EventLog()), new RunIdentity("1", "tests"), TimeProvider.System);

        TelemetryExport.Start(new TelemetrySettings(), new RunIdentity("1", "tests"), meter).ShouldBeNull();
    }

    // Fields of resource spans: 1 resource, 2 spans of a scope; of a span: 1 trace, 4 parent, 5 name, 7 and 8 start and end, 9 attributes, 11 events, 15 status.
    private static void CheckSpans(OtlpMessage[] requests)
    {
        requests[0].All(1, 1).First().Attributes(1).ShouldContainKeyAndValue("service.name", "harrier");
        requests[0].All(1, 1).First().Attributes(1).ShouldContainKeyAndValue("deployment.environment.name", "tests");
        OtlpMessage[] spans = [.. requests.SelectMany(static one => one.All(1, 2, 2))];
        OtlpMessage order = spans.First(static span => span.Text(5) == "order" && span.Attributes(9)["harrier.order.state"] == "filled" && span.All(11).Any(static one => one.Text(2) == "signal"));
        Dictionary<string, string> facts = order.Attributes(9);
        facts["harrier.account"].ShouldNotBeEmpty();
        facts["harrier.symbol"].ShouldEndWith("USDT");
        facts["harrier.order.filled"].ShouldBe(facts["harrier.order.quantity"]);
        order.Number(8).ShouldBeGreaterThanOrEqualTo(order.Number(7));
        order.All(11).Select(static one => one.Text(2)).Last().ShouldBe("filled");

        OtlpMessage[] jobs = [.. spans.Where(static span => span.Text(5) == "job backtest")];
        jobs.Select(static job => job.Attributes(9)["harrier.job.state"]).ShouldBe(["done", "failed"]);
        jobs[1].All(15).Single().Text(2).ShouldBe("no data");

        OtlpMessage request = spans.Single(static span => span.Text(5) == "GET /api/v1/bots");
        (request.Hex(1), request.Hex(4)).ShouldBe(("0123456789abcdef0123456789abcdef", "0123456789abcdef"));
        request.Attributes(9).ShouldContainKeyAndValue("http.route", "/api/v1/bots");
        request.Attributes(9).ShouldContainKeyAndValue("http.response.status_code", "200");
        request.Attributes(9).Values.ShouldAllBe(static value => !value.Contains("hrr_", StringComparison.Ordinal));
    }

    // Of a metric: 1 name.
    private static void CheckMetrics(OtlpMessage[] requests)
    {
        string[] names = [.. requests.SelectMany(static one => one.All(1, 2, 2)).Select(static metric => metric.Text(1))];
        names.ShouldContain("trading_trades_total");
        names.ShouldContain("risk_current_equity");
        names.ShouldContain("dotnet.gc.collections");
    }

    private static TelemetrySettings Settings(HttpReceiver collector) =>
        new() { Endpoint = collector.Address, Headers = new NamedSecret("env:X", new Secret("X-Team=a%20b")), MetricsEvery = TimeSpan.FromHours(1) };
}
