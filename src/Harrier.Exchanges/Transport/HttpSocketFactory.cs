using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Harrier.Exchanges.Transport;

/// <summary>Opens WebSockets by the HTTP/1.1 upgrade of RFC 6455 section 4; name resolution, proxies and TLS are those of the message handler.</summary>
/// <param name="http">Sends the upgrade; its connections are not pooled, as each becomes a socket.</param>
public sealed class HttpSocketFactory(HttpMessageInvoker http) : ISocketFactory
{
    private const int KeyLength = 16;
    private const int LongestRefusal = 200;

    // RFC 6455 section 1.3 fixes this text; it makes sure that the other side knows the protocol.
    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <inheritdoc/>
    public async ValueTask<ISocket> ConnectAsync(Uri address, int maxMessageBytes, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxMessageBytes);
        string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength));
        using HttpRequestMessage request = Upgrade(address, key);
        HttpResponseMessage? response = null;
        try
        {
            response = await http.SendAsync(request, cancel).ConfigureAwait(false);
            await CheckAsync(response, key, cancel).ConfigureAwait(false);
            Stream stream = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
            StreamSocket socket = new(stream, maxMessageBytes, response);
            response = null;
            return socket;
        }
        catch (HttpRequestException fault)
        {
            throw new IOException($"cannot connect to {address.Host}:{address.Port}: {fault.Message}", fault);
        }
        finally
        {
            response?.Dispose();
        }
    }

    private static HttpRequestMessage Upgrade(Uri address, string key)
    {
        string scheme = address.Scheme switch
        {
            "ws" => "http",
            "wss" => "https",
            _ => throw new ArgumentException($"the address of a WebSocket begins with ws or wss, got {address.Scheme}", nameof(address)),
        };
        HttpRequestMessage request = new(HttpMethod.Get, new UriBuilder(address) { Scheme = scheme, Port = address.Port }.Uri)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", key);
        return request;
    }

    private static async ValueTask CheckAsync(HttpResponseMessage response, string key, CancellationToken cancel)
    {
        if (response.StatusCode != HttpStatusCode.SwitchingProtocols)
        {
            string body = await response.Content.ReadAsStringAsync(cancel).ConfigureAwait(false);
            throw new IOException($"the server refused the upgrade with status {(int)response.StatusCode}: {body[..Math.Min(body.Length, LongestRefusal)].ReplaceLineEndings(" ")}");
        }

        string? accept = response.Headers.TryGetValues("Sec-WebSocket-Accept", out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
        if (accept != AcceptOf(key))
        {
            throw new IOException("the server's Sec-WebSocket-Accept does not belong to our key");
        }
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "RFC 6455 prescribes SHA-1 here; it protects nothing.")]
    private static string AcceptOf(string key) => Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptSuffix)));
}
