using System.Globalization;
using Harrier.Hosting.Metering;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Harrier.Hosting.Telemetry;

/// <summary>Sends traces and metrics of a run to a collector. It works on threads of its own, with bounded queues: a collector that is away costs what it would have been told, and nobody waits.</summary>
public sealed class TelemetryExport : IDisposable
{
    private const string Requests = "Microsoft.AspNetCore";

    // At the end of a run what waits is sent, for no longer than this.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private TelemetryExport(TelemetrySettings settings, RunIdentity identity, RunMeter meter)
    {
        ResourceBuilder whose = ResourceBuilder.CreateEmpty().AddTelemetrySdk()
            .AddService("harrier", serviceVersion: identity.Version, serviceInstanceId: string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{Environment.ProcessId}"))
            .AddAttributes([new("deployment.environment.name", identity.Environment)]);
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(whose)
            .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler((double)settings.SampleRatio)))
            .AddSource(Tracing.Name, Requests)
            .AddOtlpExporter(options => Set(options, settings, "v1/traces"))
            .Build();
        _metrics = RunInstruments.AddTo(Sdk.CreateMeterProviderBuilder().SetResourceBuilder(whose), meter)
            .AddOtlpExporter((options, reader) =>
            {
                Set(options, settings, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)settings.MetricsEvery.TotalMilliseconds;
            })
            .Build();
    }

    /// <summary>Starts sending.</summary>
    /// <param name="settings">Where to.</param>
    /// <param name="identity">What runs here.</param>
    /// <param name="meter">Its figures.</param>
    /// <returns>What ends it; null where nothing is to be sent.</returns>
    public static TelemetryExport? Start(TelemetrySettings settings, RunIdentity identity, RunMeter meter)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(meter);
        return settings.Endpoint is null ? null : new TelemetryExport(settings, identity, meter);
    }

    /// <summary>Sends what waits, for a while.</summary>
    public void Dispose()
    {
        int milliseconds = (int)Patience.TotalMilliseconds;
        _traces.ForceFlush(milliseconds);
        _metrics.ForceFlush(milliseconds);
        _traces.Dispose();
        _metrics.Dispose();
    }

    // With an address of ours the exporter takes it as it is, and adds no path.
    private static void Set(OtlpExporterOptions options, TelemetrySettings settings, string path)
    {
        options.Protocol = settings.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = settings.IsGrpc ? settings.Endpoint! : new Uri(settings.Endpoint!.OriginalString.TrimEnd('/') + "/" + path);
        options.TimeoutMilliseconds = (int)Patience.TotalMilliseconds;
        if (settings.Headers is { } headers)
        {
            options.Headers = headers.Value.Reveal();
        }
    }
}
