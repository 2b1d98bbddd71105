using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Harrier.Api.People.Google;

/// <summary>The keys by which Google signs (RFC 7517). They change now and then: one that is not known is asked for, at most once a minute.</summary>
/// <param name="address">Where they are published.</param>
/// <param name="time">The wall clock.</param>
internal sealed class GoogleKeys(Uri address, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeastPause = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private (DateTimeOffset At, IReadOnlyDictionary<string, RSAParameters> Keys)? _read;

    /// <summary>A key by its name; null where Google has none of that name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="http">Asks.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="HttpRequestException">Google did not answer.</exception>
    public async Task<RSAParameters?> FindAsync(string name, HttpClient http, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            TimeSpan? age = time.GetUtcNow() - _read?.At;
            if (age is null || age >= Kept || (age >= LeastPause && !_read!.Value.Keys.ContainsKey(name)))
            {
                _read = (time.GetUtcNow(), Parse(await http.GetByteArrayAsync(address, cancellation).ConfigureAwait(false)));
            }

            return _read!.Value.Keys.TryGetValue(name, out RSAParameters key) ? key : null;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private static Dictionary<string, RSAParameters> Parse(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Dictionary<string, RSAParameters> keys = new(StringComparer.Ordinal);
        foreach (JsonElement key in document.RootElement.GetProperty("keys").EnumerateArray())
        {
            if (key.GetProperty("kty").GetString() == "RSA" && key.GetProperty("kid").GetString() is { } name)
            {
                keys[name] = new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") };
            }
        }

        return keys;
    }

    private static byte[] Bytes(JsonElement key, string name) => Base64Url.DecodeFromChars(key.GetProperty(name).GetString());
}
