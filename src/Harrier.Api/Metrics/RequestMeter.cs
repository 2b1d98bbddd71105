using System.Diagnostics.Metrics;
using System.Globalization;
using Harrier.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Harrier.Api.Metrics;

/// <summary>Measures the answers of this service, by the template of their path: what stands in the path of a request would make a series each.</summary>
internal static class RequestMeter
{
    private const string Elsewhere = "none";

    /// <summary>Adds it, ahead of whatever may answer. Streams and WebSockets, which last as long as their client likes, are left out.</summary>
    public static void UseRequestMeter(this WebApplication app, ApiSources sources)
    {
        Histogram<double> took = sources.Meter.Meter.CreateHistogram("harrier_api_request_seconds", null, "How long an answer of this service took.", null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.0005, .001, .005, .01, .05, .1, .5, 1, 5],
        });
        app.Use(async (context, next) =>
        {
            long began = sources.Time.GetTimestamp();
            await next(context).ConfigureAwait(false);
            bool lasts = context.WebSockets.IsWebSocketRequest || context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true;
            if (!lasts)
            {
                took.Record(
                    sources.Time.GetElapsedTime(began).TotalSeconds,
                    new KeyValuePair<string, object?>("route", (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? Elsewhere),
                    new KeyValuePair<string, object?>("status", context.Response.StatusCode.ToString(CultureInfo.InvariantCulture)));
            }
        });
    }
}
