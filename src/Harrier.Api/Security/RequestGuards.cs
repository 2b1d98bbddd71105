using System.Net;
using Harrier.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Harrier.Api.Security;

/// <summary>What each request passes before anything else: whose name it asks for, from which page, and what browsers may do with the answer.</summary>
internal static class RequestGuards
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    // The pages of the API's description bring styles of their own inside them.
    private const string Policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    /// <summary>Adds them.</summary>
    public static void UseGuards(this WebApplication app, ApiOptions options)
    {
        HashSet<string> hosts = new([.. Loopback, .. options.AllowedHosts, .. OwnName(options)], StringComparer.OrdinalIgnoreCase);
        app.Use((context, next) =>
        {
            SetHeaders(context);
            return Judge(context.Request, hosts) is { } refusal ? refusal.ExecuteAsync(context) : next(context);
        });
    }

    /// <summary>Sets what each answer tells browsers.</summary>
    public static void SetHeaders(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin"; // Without any referrer browsers hide the origin of our own forms too.
        headers.CacheControl = "no-store";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
    }

    // A page that made its name point at this machine asks by that name; a page that asks across origins says whose it is.
    private static IResult? Judge(HttpRequest request, HashSet<string> hosts)
    {
        if (!hosts.Contains(request.Host.Host))
        {
            return Results.Problem("host: a name that this service is asked for by; --allow-host adds one", statusCode: StatusCodes.Status400BadRequest);
        }

        string origin = request.Headers.Origin.ToString();
        bool isForeign = origin.Length > 0 && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
        return isForeign ? Results.Problem("origin: a page of this service", statusCode: StatusCodes.Status403Forbidden) : null;
    }

    private static string[] OwnName(ApiOptions options) => options.Bind.Equals(IPAddress.Any) || options.Bind.Equals(IPAddress.IPv6Any) ? [] : [options.Bind.ToString()];
}
