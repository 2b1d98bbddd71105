using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Binance.Shared;

/// <summary>One request on its way, from either transport, and the place where its answer is written. Reused.</summary>
internal sealed class ApiCall : IDisposable
{
    private static readonly JsonWriterOptions _options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _body = new(2048);

    /// <summary>Creates an empty call.</summary>
    public ApiCall()
    {
        Json = new Utf8JsonWriter(_body, _options);
    }

    /// <summary>What was sent.</summary>
    public ApiParameters Parameters { get; } = new();

    /// <summary>Where the answer is written.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>The answer.</summary>
    public ReadOnlySpan<byte> Body => _body.WrittenSpan;

    /// <summary>Whose key was sent; null for public requests.</summary>
    public ExchangeAccount? Account { get; set; }

    /// <summary>The account, where the endpoint asks for one.</summary>
    /// <exception cref="InvalidOperationException">A handler of a public endpoint asked.</exception>
    public ExchangeAccount Owner => Account ?? throw new InvalidOperationException("the endpoint is public");

    /// <summary>The venue's time when the request was taken.</summary>
    public Timestamp Now { get; set; }

    /// <summary>Whether times are written in microseconds.</summary>
    public bool IsMicroseconds { get; set; }

    /// <summary>The socket that the request came over; null for HTTP.</summary>
    public object? Session { get; set; }

    /// <summary>Text of the request's id of a socket, kept as sent.</summary>
    public byte[] RequestId { get; set; } = [];

    /// <summary>A time in the unit that the caller asked for.</summary>
    public long TimeOf(Timestamp time) => IsMicroseconds ? time.Nanos / 1000 : time.UnixMilliseconds;

    /// <summary>A time parameter, in milliseconds or, by its size, in microseconds; or null.</summary>
    public Timestamp? TimeParameter(string name)
    {
        // Milliseconds reach 15 digits in the year 5138; microseconds had them in 1973.
        const long firstMicroseconds = 100_000_000_000_000;
        return Parameters.Integer(name) switch
        {
            null => null,
            >= firstMicroseconds and long micros => new Timestamp(micros * 1000),
            long millis => Timestamp.FromUnixMilliseconds(millis),
        };
    }

    /// <summary>Empties for the next request.</summary>
    public void Reset()
    {
        Parameters.Reset();
        Account = null;
        Now = default;
        IsMicroseconds = false;
        Session = null;
        RequestId = [];
        ClearAnswer();
    }

    /// <summary>Throws away what was written.</summary>
    public void ClearAnswer()
    {
        _body.ResetWrittenCount();
        Json.Reset(_body);
    }

    /// <inheritdoc/>
    public void Dispose() => Json.Dispose();
}
