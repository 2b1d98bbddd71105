using System.Diagnostics.Metrics;
using System.Globalization;
using Harrier.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Harrier.Api.Metrics;

/// <summary>By what answers are told apart.</summary>
/// <param name="Route">Template of the path.</param>
/// <param name="Status">Status of the answer.</param>
internal readonly record struct RequestLabels(KeyValuePair<string, object?> Route, KeyValuePair<string, object?> Status);

/// <summary>Measures the answers of this service, by the template of their path: what stands in the path of a request would make a series each.</summary>
/// <param name="sources">The run, of whose figures these are.</param>
internal sealed class RequestMeter(ApiSources sources)
{
    private const string Elsewhere = "none";

    private readonly Histogram<double> _took = sources.Meter.Meter.CreateHistogram("harrier_api_request_seconds", null, "How long an answer of this service took.", null, new InstrumentAdvice<double>
    {
        HistogramBucketBoundaries = [.0005, .001, .005, .01, .05, .1, .5, 1, 5],
    });

    /// <summary>The labels of an answer that is written.</summary>
    public static RequestLabels LabelsOf(HttpContext context) => new(
        new KeyValuePair<string, object?>("route", (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? Elsewhere),
        new KeyValuePair<string, object?>("status", context.Response.StatusCode.ToString(CultureInfo.InvariantCulture)));

    /// <summary>An answer was written.</summary>
    public void Took(TimeSpan length, RequestLabels labels) => _took.Record(length.TotalSeconds, labels.Route, labels.Status);
}

/// <summary>Measures what passes by.</summary>
internal static class RequestMeasuring
{
    /// <summary>Adds it, ahead of whatever may answer. Streams and WebSockets, which last as long as their client likes, are left out.</summary>
    public static void UseRequestMeter(this WebApplication app, ApiSources sources)
    {
        RequestMeter meter = app.Services.GetRequiredService<RequestMeter>();
        app.Use(async (context, next) =>
        {
            long began = sources.Time.GetTimestamp();
            await next(context).ConfigureAwait(false);
            bool lasts = context.WebSockets.IsWebSocketRequest || context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true;
            if (!lasts)
            {
                meter.Took(sources.Time.GetElapsedTime(began), RequestMeter.LabelsOf(context));
            }
        });
    }
}
