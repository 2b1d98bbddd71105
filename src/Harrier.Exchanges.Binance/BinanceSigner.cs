using System.Security.Cryptography;
using System.Text;
using Harrier.Domain;
using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Binance;

/// <summary>
/// Signs calls with HMAC-SHA256. On REST the payload is the query followed directly by the body, percent-encoded before it is signed;
/// on the WebSocket API all parameters sorted by name and not encoded.
/// </summary>
public sealed class BinanceSigner
{
    /// <summary>How late a signed call may be at the venue, which checks it again before its matching engine.</summary>
    public static readonly TimeSpan DefaultReceiveWindow = TimeSpan.FromSeconds(5);

    private const string FormType = "application/x-www-form-urlencoded";
    private const string KeyHeader = "X-MBX-APIKEY";
    private readonly ApiCredentials _credentials;
    private readonly long _receiveWindowMs;

    /// <summary>Signs for an owner.</summary>
    /// <param name="credentials">Key and secret.</param>
    /// <param name="receiveWindow">How late a call may be; null takes <see cref="DefaultReceiveWindow"/>.</param>
    public BinanceSigner(ApiCredentials credentials, TimeSpan? receiveWindow = null)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        _credentials = credentials;
        ReceiveWindow = receiveWindow ?? DefaultReceiveWindow;
        _receiveWindowMs = (long)ReceiveWindow.TotalMilliseconds;
    }

    /// <summary>How late a call may be.</summary>
    public TimeSpan ReceiveWindow { get; }

    /// <summary>The signature of a payload in lower-case hexadecimal.</summary>
    /// <param name="payload">The exact text that is sent, in UTF-8.</param>
    public string Sign(string payload)
    {
        byte[] secret = Encoding.UTF8.GetBytes(_credentials.Secret.Reveal());
        try
        {
            return Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(payload)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>The bytes of a call at an instant of the venue's clock.</summary>
    internal static RestRequest Build(BinanceSigner? signer, BinanceCall call, Timestamp now)
    {
        if (call.Access != CallAccess.Public && signer is null)
        {
            throw new InvalidOperationException($"{call.Path} needs a key, and none was given");
        }

        RequestParameters parameters = call.Parameters;
        string payload = call.Access == CallAccess.Signed ? signer!.Signed(parameters, now) : parameters.Encoded();
        bool inBody = call.Method is "POST" or "PUT";
        return new RestRequest
        {
            Method = call.Method,
            Path = call.Path,
            Query = inBody ? "" : payload,
            Body = inBody ? payload : "",
            ContentType = inBody && payload.Length > 0 ? FormType : null,
            Headers = call.Access == CallAccess.Public ? [] : [new KeyValuePair<string, string>(KeyHeader, signer!._credentials.Key)],
        };
    }

    /// <summary>Parameters of a signed method of the WebSocket API, the signature last.</summary>
    internal RequestParameters SignedForSocket(RequestParameters parameters, Timestamp now)
    {
        RequestParameters all = Copy(parameters).Add("apiKey", _credentials.Key).Add("timestamp", now.UnixMilliseconds);
        return all.Add("signature", Sign(all.Sorted()));
    }

    private static RequestParameters Copy(RequestParameters parameters)
    {
        RequestParameters copy = new();
        foreach ((string name, string value) in parameters.Items)
        {
            copy.Add(name, value);
        }

        return copy;
    }

    private string Signed(RequestParameters parameters, Timestamp now)
    {
        string payload = Copy(parameters).Add("recvWindow", _receiveWindowMs).Add("timestamp", now.UnixMilliseconds).Encoded();
        return payload + "&signature=" + Sign(payload);
    }
}
