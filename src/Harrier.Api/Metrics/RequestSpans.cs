using System.Diagnostics;
using Harrier.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Harrier.Api.Metrics;

/// <summary>
/// Completes the spans that the web server makes of requests, by the conventions of OpenTelemetry: method, template of the path, status. What stands in the path itself, its query and its headers are in no span.
/// </summary>
internal static class RequestSpans
{
    private const int FirstFault = 500;

    /// <summary>Adds it, ahead of whatever may answer, where spans are sent somewhere.</summary>
    public static void UseRequestSpans(this WebApplication app, ApiSources sources)
    {
        if (sources.IsTraced)
        {
            app.Use(static async (context, next) =>
            {
                await next(context).ConfigureAwait(false);
                if (Activity.Current is { } span)
                {
                    Complete(span, context);
                }
            });
        }
    }

    private static void Complete(Activity span, HttpContext context)
    {
        string? route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? context.Request.Method : $"{context.Request.Method} {route}";
        span.SetTag("http.request.method", context.Request.Method);
        span.SetTag("http.route", route);
        span.SetTag("http.response.status_code", context.Response.StatusCode);
        span.SetTag("url.scheme", context.Request.Scheme);
        if (context.Response.StatusCode >= FirstFault)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }
}
