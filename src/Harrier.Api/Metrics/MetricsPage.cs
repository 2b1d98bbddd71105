using System.Net;
using Harrier.Api.Security;
using Harrier.Hosting.Metering;
using Harrier.Hosting.Telemetry;
using Microsoft.AspNetCore.Http;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Harrier.Api.Metrics;

/// <summary><c>GET /metrics</c>: the figures of the run, of this service and of the runtime, for Prometheus.</summary>
internal sealed class MetricsPage : IDisposable
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly PrometheusText _text = new();
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _provider;
    private readonly Lock _gate = new();

    /// <summary>Collects from here on.</summary>
    public MetricsPage(RunMeter meter)
    {
        _reader = new BaseExportingMetricReader(_text) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };
        _provider = RunInstruments.AddTo(Sdk.CreateMeterProviderBuilder(), meter).AddReader(_reader).Build();
    }

    /// <summary>Shows all figures. Programs of this machine need no token; whoever comes from elsewhere, or through a proxy, needs one.</summary>
    public static IResult Get(MetricsPage page, HttpContext context)
    {
        bool isNear = context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");
        return isNear || context.User.IsInRole(nameof(Role.Viewer)) || context.User.IsInRole(nameof(Role.Trader)) || context.User.IsInRole(nameof(Role.Admin))
            ? Results.Text(page.Read(), ContentType)
            : Results.Unauthorized();
    }

    /// <summary>All figures now.</summary>
    public string Read()
    {
        lock (_gate)
        {
            _reader.Collect();
            return _text.Text;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _provider.Dispose();
        _reader.Dispose();
        _text.Dispose();
    }
}
