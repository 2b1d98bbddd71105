using Harrier.Domain;

namespace Harrier.Testnet.Markets;

/// <summary>One candle of one symbol, exact. A candle without trades is flat at the last price with volumes of 0.</summary>
public readonly record struct Candle
{
    /// <summary>Start.</summary>
    public required Timestamp OpenTime { get; init; }

    /// <summary>Last millisecond inside.</summary>
    public required Timestamp CloseTime { get; init; }

    /// <summary>First price.</summary>
    public required decimal Open { get; init; }

    /// <summary>Highest price.</summary>
    public required decimal High { get; init; }

    /// <summary>Lowest price.</summary>
    public required decimal Low { get; init; }

    /// <summary>Last price.</summary>
    public required decimal Close { get; init; }

    /// <summary>Traded amount of the base asset.</summary>
    public decimal Volume { get; init; }

    /// <summary>Traded amount of the quote asset.</summary>
    public decimal QuoteVolume { get; init; }

    /// <summary>Amount of the base asset that takers bought.</summary>
    public decimal TakerBuyVolume { get; init; }

    /// <summary>Amount of the quote asset that takers paid.</summary>
    public decimal TakerBuyQuoteVolume { get; init; }

    /// <summary>Number of trades.</summary>
    public int TradeCount { get; init; }

    /// <summary>Id of the first trade; -1 without trades or when they happened before the exchange started.</summary>
    public long FirstTradeId { get; init; }

    /// <summary>Id of the last trade; -1 as above.</summary>
    public long LastTradeId { get; init; }
}
