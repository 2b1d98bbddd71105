using Harrier.Domain;

namespace Harrier.Exchanges.MarketData;

/// <summary>Best bid and ask as a stream of its own, beside the book.</summary>
/// <param name="Instrument">Which instrument.</param>
/// <param name="UpdateId">Id of the book that it is the top of.</param>
/// <param name="Top">The prices and sizes.</param>
/// <param name="ExchangeTime">The venue's time; equal to <paramref name="ReceivedTime"/> where it gives none.</param>
/// <param name="ReceivedTime">When it reached us.</param>
public readonly record struct TopUpdate(InstrumentId Instrument, long UpdateId, BookTop Top, Timestamp ExchangeTime, Timestamp ReceivedTime);

/// <summary>A candle of the venue.</summary>
/// <param name="Bar">Its values so far.</param>
/// <param name="IsClosed">True when they are final.</param>
/// <param name="ExchangeTime">The venue's time.</param>
/// <param name="ReceivedTime">When it reached us.</param>
public readonly record struct KlineUpdate(Bar Bar, bool IsClosed, Timestamp ExchangeTime, Timestamp ReceivedTime);

/// <summary>Statistics of a rolling window of 24 hours, in quote and base currency. What a short form leaves out is null.</summary>
public readonly record struct TickerUpdate
{
    /// <summary>Which instrument.</summary>
    public required InstrumentId Instrument { get; init; }

    /// <summary>The venue's time.</summary>
    public required Timestamp ExchangeTime { get; init; }

    /// <summary>When it reached us.</summary>
    public required Timestamp ReceivedTime { get; init; }

    /// <summary>Price of the last trade.</summary>
    public required decimal Last { get; init; }

    /// <summary>Price 24 hours ago.</summary>
    public required decimal Open { get; init; }

    /// <summary>Highest price.</summary>
    public required decimal High { get; init; }

    /// <summary>Lowest price.</summary>
    public required decimal Low { get; init; }

    /// <summary>Volume in base currency.</summary>
    public required decimal Volume { get; init; }

    /// <summary>Volume in quote currency.</summary>
    public required decimal QuoteVolume { get; init; }

    /// <summary>Size of the last trade.</summary>
    public decimal? LastSize { get; init; }

    /// <summary>Volume-weighted average price.</summary>
    public decimal? AveragePrice { get; init; }

    /// <summary>Change of price in per cent.</summary>
    public decimal? ChangePercent { get; init; }

    /// <summary>Best bid.</summary>
    public decimal? Bid { get; init; }

    /// <summary>Size at the best bid.</summary>
    public decimal? BidSize { get; init; }

    /// <summary>Best ask.</summary>
    public decimal? Ask { get; init; }

    /// <summary>Size at the best ask.</summary>
    public decimal? AskSize { get; init; }

    /// <summary>Number of trades.</summary>
    public long? TradeCount { get; init; }
}

/// <summary>Mark price and funding of a contract.</summary>
/// <param name="Instrument">Which instrument.</param>
/// <param name="Mark">Price at which positions are valued; not on the grid of orders.</param>
/// <param name="Index">Price of the underlying.</param>
/// <param name="FundingRate">Rate of the next funding as a fraction.</param>
/// <param name="NextFunding">When it is paid; null for contracts without funding.</param>
/// <param name="Event">The mark price rounded to the grid, ready for the engine.</param>
public readonly record struct MarkPriceUpdate(
    InstrumentId Instrument, decimal Mark, decimal Index, decimal FundingRate, Timestamp? NextFunding, MarketEvent Event);

/// <summary>A liquidation order of somebody.</summary>
/// <param name="Instrument">Which instrument.</param>
/// <param name="IsSell">True when a long position is closed.</param>
/// <param name="Price">Its limit price.</param>
/// <param name="AveragePrice">Average price of its fills; 0 before the first.</param>
/// <param name="Size">Its size, and how much of it is filled.</param>
/// <param name="ExchangeTime">The venue's time.</param>
public readonly record struct LiquidationUpdate(
    InstrumentId Instrument, bool IsSell, decimal Price, decimal AveragePrice, (decimal Quantity, decimal Filled) Size, Timestamp ExchangeTime);
