using Harrier.Domain;

namespace Harrier.Testnet.Markets;

/// <summary>The rolling day of one symbol. The window begins at a full minute, so it is up to 59.999 s longer than 24 hours.</summary>
public sealed record TickerView
{
    /// <summary>The symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>Last price; 0 before the first trade.</summary>
    public decimal LastPrice { get; init; }

    /// <summary>Size of the last trade; 0 before the exchange's first trade.</summary>
    public decimal LastQuantity { get; init; }

    /// <summary>Last price before the window, or the first one inside it.</summary>
    public decimal PreviousClose { get; init; }

    /// <summary>Best bid; 0 when there is none.</summary>
    public decimal Bid { get; init; }

    /// <summary>Size at the best bid.</summary>
    public decimal BidQuantity { get; init; }

    /// <summary>Best ask; 0 when there is none.</summary>
    public decimal Ask { get; init; }

    /// <summary>Size at the best ask.</summary>
    public decimal AskQuantity { get; init; }

    /// <summary>First price of the window.</summary>
    public decimal Open { get; init; }

    /// <summary>Highest price of the window.</summary>
    public decimal High { get; init; }

    /// <summary>Lowest price of the window.</summary>
    public decimal Low { get; init; }

    /// <summary>Traded amount of the base asset.</summary>
    public decimal Volume { get; init; }

    /// <summary>Traded amount of the quote asset.</summary>
    public decimal QuoteVolume { get; init; }

    /// <summary>Start of the window.</summary>
    public Timestamp OpenTime { get; init; }

    /// <summary>End of the window: now.</summary>
    public Timestamp CloseTime { get; init; }

    /// <summary>Number of trades, history included.</summary>
    public long TradeCount { get; init; }

    /// <summary>Id of the window's first trade known to the exchange; -1 without one.</summary>
    public long FirstTradeId { get; init; }

    /// <summary>Id of the last trade; -1 without one.</summary>
    public long LastTradeId { get; init; }

    /// <summary>Last price minus first price.</summary>
    public decimal Change => LastPrice - Open;

    /// <summary>Change in percent of the first price, to three decimals; 0 without one.</summary>
    public decimal ChangePercent => Open == 0 ? 0 : Math.Round(Change / Open * 100, 3);

    /// <summary>Average price weighted by volume; 0 without volume.</summary>
    public decimal WeightedAverage => Volume == 0 ? 0 : QuoteVolume / Volume;
}
