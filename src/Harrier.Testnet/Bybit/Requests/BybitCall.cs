using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Bybit.Requests;

/// <summary>One request on its way, from either transport, and the place where the members of its result are written.</summary>
internal sealed class BybitCall : IDisposable
{
    private static readonly JsonWriterOptions _options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _body = new(2048);

    /// <summary>A call with what was sent.</summary>
    public BybitCall(BybitParameters parameters)
    {
        Parameters = parameters;
        Json = new Utf8JsonWriter(_body, _options);
        Json.WriteStartObject();
    }

    /// <summary>What was sent.</summary>
    public BybitParameters Parameters { get; init; }

    /// <summary>Where the members of the result are written.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>Further facts beside the result, as JSON; empty for none.</summary>
    public byte[] Extra { get; set; } = [];

    /// <summary>Whose key was sent; null for public requests.</summary>
    public string? AccountName { get; set; }

    /// <summary>The key itself.</summary>
    public string Key { get; set; } = "";

    /// <summary>The venue's time when the request was taken.</summary>
    public Timestamp Now { get; set; }

    /// <summary>The market that <c>category</c> names; null where none was named.</summary>
    public BybitMarket? Market { get; set; }

    /// <summary>The limit that the request counted against; null where there is none.</summary>
    public BybitUse? Use { get; set; }

    /// <summary>The market, where the endpoint needs one.</summary>
    /// <exception cref="InvalidOperationException">The handler did not ask whether there is one.</exception>
    public BybitMarket Named => Market ?? throw new InvalidOperationException("no market was named");

    /// <summary>The caller's account on a market.</summary>
    /// <exception cref="InvalidOperationException">A handler of a public endpoint asked.</exception>
    public ExchangeAccount AccountOn(BybitMarket market) =>
        market.Core.ByName(AccountName ?? "") ?? throw new InvalidOperationException("the endpoint is public");

    /// <summary>The caller's account on the market named.</summary>
    public ExchangeAccount Account => AccountOn(Named);

    /// <summary>The result as JSON; nothing more can be written.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        Json.WriteEndObject();
        Json.Flush();
        return _body.WrittenSpan;
    }

    /// <inheritdoc/>
    public void Dispose() => Json.Dispose();
}

/// <summary>What a request used of a limit.</summary>
/// <param name="Limit">Requests in a second.</param>
/// <param name="Left">Requests left in it.</param>
/// <param name="Resets">When it begins anew.</param>
internal sealed record BybitUse(int Limit, int Left, Timestamp Resets);
