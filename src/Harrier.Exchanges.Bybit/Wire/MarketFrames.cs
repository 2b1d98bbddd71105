using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.Wire;

/// <summary>A frame of the topics <c>orderbook.*</c>.</summary>
internal sealed record BookFrame : WireMessage
{
    public string? Topic { get; set; }

    /// <summary>snapshot or delta.</summary>
    public string? Type { get; set; }

    /// <summary>When the venue sent it.</summary>
    public long Ts { get; set; }

    /// <summary>When the book changed; missing on old messages.</summary>
    public long? Cts { get; set; }

    public BookData? Data { get; set; }
}

/// <summary>Levels of a book. Left out: seq, which orders messages across topics, where u orders those of one.</summary>
[Ignores("seq")]
internal sealed record BookData : WireMessage
{
    public string? S { get; set; }

    public List<List<string>> B { get; set; } = [];

    public List<List<string>> A { get; set; } = [];

    public long U { get; set; }
}

/// <summary>A frame of the topics <c>publicTrade.*</c>.</summary>
[Ignores("ts", "type", "topic")]
internal sealed record TradesFrame : WireMessage
{
    public List<TradeData> Data { get; set; } = [];
}

/// <summary>A public trade. Left out: L, the direction of the price; seq; RPI, whose trades count like others.</summary>
[Ignores("L", "seq", "RPI", "mP", "iP", "mIv", "iv")]
internal sealed record TradeData : WireMessage
{
    [System.Text.Json.Serialization.JsonPropertyName("T")]
    public long Time { get; set; }

    [System.Text.Json.Serialization.JsonPropertyName("s")]
    public string? Symbol { get; set; }

    /// <summary>Side of the taker.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("S")]
    public string? Side { get; set; }

    [System.Text.Json.Serialization.JsonPropertyName("v")]
    public string? Size { get; set; }

    [System.Text.Json.Serialization.JsonPropertyName("p")]
    public string? Price { get; set; }

    [System.Text.Json.Serialization.JsonPropertyName("i")]
    public string? Id { get; set; }

    /// <summary>True for a trade that was agreed outside of the book.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("BT")]
    public bool? IsBlock { get; set; }
}

/// <summary>A frame of the topics <c>kline.*</c>.</summary>
[Ignores("type")]
internal sealed record KlineFrame : WireMessage
{
    public string? Topic { get; set; }

    public long Ts { get; set; }

    public List<KlineData> Data { get; set; } = [];
}

/// <summary>A candle; final only when it is confirmed.</summary>
[Ignores("end", "timestamp")]
internal sealed record KlineData : WireMessage
{
    public long Start { get; set; }

    public string? Interval { get; set; }

    public string? Open { get; set; }

    public string? Close { get; set; }

    public string? High { get; set; }

    public string? Low { get; set; }

    public decimal Volume { get; set; }

    public decimal Turnover { get; set; }

    public bool Confirm { get; set; }
}

/// <summary>A frame of the topics <c>tickers.*</c>.</summary>
[Ignores("cs")]
internal sealed record TickerFrame : WireMessage
{
    public string? Topic { get; set; }

    /// <summary>snapshot or delta; in a delta a missing field is one that did not change.</summary>
    public string? Type { get; set; }

    public long Ts { get; set; }

    public TickerData? Data { get; set; }
}

/// <summary>Statistics of 24 hours; of contracts mark price and funding too.</summary>
[Ignores("tickDirection", "prevPrice1h", "openInterest", "openInterestValue", "fundingIntervalHour", "fundingCap", "usdIndexPrice", "deliveryTime", "basisRate", "deliveryFeeRate",
    "predictedDeliveryPrice", "preOpenPrice", "preQty", "curPreListingPhase", "basisRateYear", "basis")]
internal sealed record TickerData : WireMessage
{
    public string? Symbol { get; set; }

    public decimal? LastPrice { get; set; }

    public decimal? PrevPrice24h { get; set; }

    public decimal? HighPrice24h { get; set; }

    public decimal? LowPrice24h { get; set; }

    public decimal? Volume24h { get; set; }

    public decimal? Turnover24h { get; set; }

    /// <summary>A fraction, where other venues give per cent.</summary>
    public decimal? Price24hPcnt { get; set; }

    public decimal? Bid1Price { get; set; }

    public decimal? Bid1Size { get; set; }

    public decimal? Ask1Price { get; set; }

    public decimal? Ask1Size { get; set; }

    public decimal? MarkPrice { get; set; }

    public decimal? IndexPrice { get; set; }

    public decimal? FundingRate { get; set; }

    public string? NextFundingTime { get; set; }
}
