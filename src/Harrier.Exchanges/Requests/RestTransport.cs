using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Harrier.Exchanges.Requests;

/// <summary>The one place where the socket side of HTTP is set up.</summary>
public static class RestTransport
{
    /// <summary>
    /// A transport without redirects (a signed request must not be sent elsewhere), cookies, retries or proxies of the environment.
    /// Connections are renewed so that changes of DNS are seen.
    /// </summary>
    /// <param name="maxConnections">Connections per venue, at least 1.</param>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The invoker owns the handler and disposes of it.")]
    public static HttpMessageInvoker Create(int maxConnections = 16)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConnections, 1);
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            Credentials = null,
            AutomaticDecompression = DecompressionMethods.GZip,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            ConnectTimeout = TimeSpan.FromSeconds(10),
            MaxConnectionsPerServer = maxConnections,
            MaxResponseHeadersLength = 64,
            MaxResponseDrainSize = 64 * 1024,
            EnableMultipleHttp2Connections = false,
        };
        return new HttpMessageInvoker(handler, disposeHandler: true);
    }
}
