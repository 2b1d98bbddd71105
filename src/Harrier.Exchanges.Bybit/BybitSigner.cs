using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Harrier.Domain;
using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Bybit;

/// <summary>Signs calls with HMAC-SHA256 over time, key, window, and the query or body exactly as sent; the signature travels in a header.</summary>
public sealed class BybitSigner
{
    /// <summary>How late a signed call may be at the venue's gate; what stands behind the gate does not check again.</summary>
    public static readonly TimeSpan DefaultReceiveWindow = TimeSpan.FromSeconds(5);

    private const string JsonType = "application/json";
    private readonly ApiCredentials _credentials;
    private readonly string _receiveWindow;

    /// <summary>Signs for an owner.</summary>
    /// <param name="credentials">Key and secret.</param>
    /// <param name="receiveWindow">How late a call may be; null takes <see cref="DefaultReceiveWindow"/>.</param>
    public BybitSigner(ApiCredentials credentials, TimeSpan? receiveWindow = null)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        _credentials = credentials;
        _receiveWindow = ((long)(receiveWindow ?? DefaultReceiveWindow).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The owner's key.</summary>
    public string Key => _credentials.Key;

    /// <summary>The signature of a payload in lower-case hexadecimal.</summary>
    /// <param name="payload">The exact text that is signed, in UTF-8.</param>
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

    /// <summary>The arguments of a login to the private stream.</summary>
    /// <param name="expires">Until when the login is valid, by the venue's clock.</param>
    public (string Expires, string Signature) Login(Timestamp expires)
    {
        string milliseconds = expires.UnixMilliseconds.ToString(CultureInfo.InvariantCulture);
        return (milliseconds, Sign("GET/realtime" + milliseconds));
    }

    /// <summary>The bytes of a call at an instant of the venue's clock.</summary>
    internal static RestRequest Build(BybitSigner? signer, BybitCall call, Timestamp now)
    {
        if (call.Rule is not null && signer is null)
        {
            throw new InvalidOperationException($"{call.Path} needs a key, and none was given");
        }

        string payload = call.IsWrite ? call.Parameters.Json() : call.Parameters.Encoded();
        return new RestRequest
        {
            Method = call.Method,
            Path = call.Path,
            Query = call.IsWrite ? "" : payload,
            Body = call.IsWrite ? payload : "",
            ContentType = call.IsWrite ? JsonType : null,
            Headers = call.Rule is null ? [] : signer!.Headers(payload, now),
        };
    }

    private KeyValuePair<string, string>[] Headers(string payload, Timestamp now)
    {
        string time = now.UnixMilliseconds.ToString(CultureInfo.InvariantCulture);
        return
        [
            new("X-BAPI-API-KEY", _credentials.Key),
            new("X-BAPI-TIMESTAMP", time),
            new("X-BAPI-RECV-WINDOW", _receiveWindow),
            new("X-BAPI-SIGN", Sign(time + _credentials.Key + _receiveWindow + payload)),
        ];
    }
}
