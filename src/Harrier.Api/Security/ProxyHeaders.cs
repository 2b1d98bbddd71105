using System.Net;
using Harrier.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;

namespace Harrier.Api.Security;

/// <summary>
/// Who asks, where a proxy asks for them: the headers of a known proxy are believed, those of anybody else are refused. A request that came through a proxy nobody told
/// us of would otherwise be taken for one of the proxy's machine, often this one.
/// </summary>
internal static class ProxyHeaders
{
    private static readonly string[] Names = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-Real-IP", "Forwarded"];

    /// <summary>Adds it; ahead of everything that looks at address, scheme or host.</summary>
    public static void UseProxyHeaders(this WebApplication app, ApiOptions options)
    {
        app.Use((context, next) => IsRefused(context, options.Proxies)
            ? Results.Problem(
                $"x-forwarded-for: {context.Connection.RemoteIpAddress}: an address of a proxy that --behind-proxy names",
                statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context)
            : next(context));

        // One proxy: what stands last is what it saw itself.
        ForwardedHeadersOptions believed = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = 1 };
        believed.KnownProxies.Clear();
        believed.KnownIPNetworks.Clear();
        foreach (System.Net.IPNetwork network in options.Proxies)
        {
            believed.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(believed);
    }

    /// <summary>Whether a request has headers of a proxy.</summary>
    public static bool Has(IHeaderDictionary headers)
    {
        foreach (string name in Names)
        {
            if (headers.ContainsKey(name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRefused(HttpContext context, IReadOnlyList<System.Net.IPNetwork> proxies) =>
        Has(context.Request.Headers) && !IsKnown(context.Connection.RemoteIpAddress, proxies);

    private static bool IsKnown(IPAddress? address, IReadOnlyList<System.Net.IPNetwork> proxies) =>
        address is not null && proxies.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}
