using System.Text.Json.Nodes;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Telemetry;

namespace Harrier.Tests.Hosting.Telemetry;

/// <summary>What a configuration, and the environment by the names of the standard, may say of where telemetry goes.</summary>
public sealed class TelemetrySettingsTests
{
    [Fact]
    public void Read_Nothing_SendsNothing() => Read("{}").Settings.ShouldBe(new TelemetrySettings());

    [Fact]
    public void Read_AllKeys_IsWhatTheySay()
    {
        TelemetrySettings read = Read("""{ "endpoint": "https://collector.example:4317", "protocol": "grpc", "headers": "env:PATH", "sample_ratio": 0.25, "metrics_every_seconds": 15 }""").Settings;

        (read.Endpoint, read.IsGrpc, read.Headers!.Source, read.SampleRatio, read.MetricsEvery).ShouldBe((new Uri("https://collector.example:4317"), true, "env:PATH", 0.25m, TimeSpan.FromSeconds(15)));
        read.ToJson().ToJsonString().ShouldBe("""{"endpoint":"https://collector.example:4317","protocol":"grpc","headers":"env:PATH","sample_ratio":0.25,"metrics_every_seconds":15}""");
        read.IsSame(Read(read.ToJson().ToJsonString()).Settings).ShouldBeTrue();
        read.IsSame(read with { SampleRatio = 1 }).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{ "endpoint": "collector:4318" }""", "telemetry.endpoint: collector:4318: http://HOST:PORT or https://HOST:PORT of a collector, without user and password")]
    [InlineData("""{ "endpoint": "http://me:hunter2@collector" }""", "telemetry.endpoint: ***: http://HOST:PORT or https://HOST:PORT of a collector, without user and password")]
    [InlineData("""{ "endpoint": "http://collector.example:4318", "headers": "env:PATH" }""", "telemetry.endpoint: http://collector.example:4318: https where headers go with it: they would be sent in clear text")]
    [InlineData("""{ "protocol": "json" }""", "telemetry.protocol: json: one of http/protobuf, grpc")]
    [InlineData("""{ "headers": "Authorization=abc" }""", "telemetry.headers: ***: env:NAME of an environment variable, or file:PATH of a file with mode 0600; the secret itself does not stand in a configuration")]
    [InlineData("""{ "sample_ratio": 2 }""", "telemetry.sample_ratio: 2: a number from 0 to 1")]
    [InlineData("""{ "metrics_every_seconds": 0 }""", "telemetry.metrics_every_seconds: 0: a whole number from 1 to 3600")]
    public void Read_AFault_SaysWhatIsAllowed(string text, string expected) => Read(text).Faults.ShouldBe([expected]);

    [Fact]
    public void Apply_NamesOfTheStandard_SayWhatTheConfigurationDoesNot()
    {
        JsonObject tree = new() { ["telemetry"] = new JsonObject { ["protocol"] = "grpc" } };
        TelemetrySettings.Apply(tree, [new("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318"), new("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), new("OTEL_EXPORTER_OTLP_HEADERS", "a=b"), new("OTHER", "x")]);

        tree.ToJsonString().ShouldBe("""{"telemetry":{"protocol":"grpc","endpoint":"http://localhost:4318","headers":"env:OTEL_EXPORTER_OTLP_HEADERS"}}""");
        JsonObject empty = [];
        TelemetrySettings.Apply(empty, [new("OTEL_EXPORTER_OTLP_ENDPOINT", "")]);
        empty.Count.ShouldBe(0);
    }

    private static (TelemetrySettings Settings, List<string> Faults) Read(string text)
    {
        List<string> faults = [];
        return (TelemetrySettings.Read(new Section(JsonNode.Parse(text)!.AsObject(), "telemetry", faults)), faults);
    }
}
