using Harrier.Hosting.Metering;
using OpenTelemetry.Metrics;

namespace Harrier.Hosting.Telemetry;

/// <summary>Which instruments are shown of a run: its own, those of the service and those of the runtime; for whoever reads them, the same.</summary>
public static class RunInstruments
{
    private const string Runtime = "System.Runtime";

    // By Prometheus' rules only parts of histograms end with "count".
    private static readonly string[] Left = ["dotnet.assembly.count", "dotnet.process.cpu.count", "dotnet.timer.count"];
    private const string Threads = "dotnet.thread_pool.thread.count";

    /// <summary>Adds them to a reader's provider.</summary>
    public static MeterProviderBuilder AddTo(MeterProviderBuilder builder, RunMeter meter)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(meter);
        return builder.AddMeter(meter.Name).AddMeter(Runtime).AddView(static instrument =>
            Array.Exists(Left, name => name == instrument.Name) ? MetricStreamConfiguration.Drop
            : instrument.Name == Threads ? new MetricStreamConfiguration { Name = "dotnet.thread_pool.threads" }
            : null);
    }
}
