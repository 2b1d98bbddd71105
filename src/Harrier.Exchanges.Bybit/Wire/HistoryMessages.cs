using System.Text.Json.Serialization;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.Wire;

/// <summary>Bars, newest first; each row is start, open, high, low, close, volume, turnover.</summary>
[Ignores("category")]
internal sealed record KlinesMessage : WireMessage
{
    public string? Symbol { get; set; }

    public List<decimal[]> List { get; set; } = [];
}

/// <summary>A book.</summary>
[Ignores("seq")]
internal sealed record OrderBookMessage : WireMessage
{
    [JsonPropertyName("s")]
    public string Symbol { get; set; } = "";

    [JsonPropertyName("b")]
    public List<decimal[]> Bids { get; set; } = [];

    [JsonPropertyName("a")]
    public List<decimal[]> Asks { get; set; } = [];

    /// <summary>When the answer was made, in milliseconds.</summary>
    [JsonPropertyName("ts")]
    public long Time { get; set; }

    [JsonPropertyName("u")]
    public long UpdateId { get; set; }

    /// <summary>When the matching engine made the book, in milliseconds.</summary>
    [JsonPropertyName("cts")]
    public long? CreatedTime { get; set; }
}
