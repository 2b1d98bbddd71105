using Harrier.Domain;

namespace Harrier.Testnet.Core;

/// <summary>What a listing starts with. Sizes and prices in units of the base and quote assets.</summary>
public sealed record ListingTerms
{
    /// <summary>Such as BTCUSDT.</summary>
    public required string Symbol { get; init; }

    /// <summary>Asset traded.</summary>
    public required string Base { get; init; }

    /// <summary>Asset paid in; margin and settlement asset of linear contracts.</summary>
    public required string Quote { get; init; }

    /// <summary>Price grid.</summary>
    public decimal TickSize { get; init; } = 0.01m;

    /// <summary>Quantity grid.</summary>
    public decimal LotSize { get; init; } = 0.00001m;

    /// <summary>Least price.</summary>
    public decimal MinPrice { get; init; } = 0.01m;

    /// <summary>Largest price.</summary>
    public decimal MaxPrice { get; init; } = 1_000_000m;

    /// <summary>Least quantity.</summary>
    public decimal MinQuantity { get; init; } = 0.00001m;

    /// <summary>Largest quantity of a limit order.</summary>
    public decimal MaxQuantity { get; init; } = 9000m;

    /// <summary>Largest quantity of a market order.</summary>
    public decimal MaxMarketQuantity { get; init; } = 1000m;

    /// <summary>Least price times quantity.</summary>
    public decimal MinNotional { get; init; } = 5m;

    /// <summary>A limit price may be at most this many times the average price.</summary>
    public decimal PriceBandUp { get; init; } = 5m;

    /// <summary>A limit price must be at least this many times the average price.</summary>
    public decimal PriceBandDown { get; init; } = 0.2m;

    /// <summary>Open orders an account may have, waiting ones included.</summary>
    public int MaxOrders { get; init; } = 200;

    /// <summary>Waiting orders an account may have.</summary>
    public int MaxConditionalOrders { get; init; } = 10;

    /// <summary>Highest leverage of a linear contract.</summary>
    public int MaxLeverage { get; init; } = 125;

    /// <summary>Price before the first trade; 0 when unknown.</summary>
    public decimal StartPrice { get; init; }
}

/// <summary>One instrument of the exchange: its rules, which an operator may change, and the market facts the core keeps.</summary>
public sealed class ListedInstrument
{
    internal ListedInstrument(ListingTerms terms, MarketKind kind, int index)
    {
        (Symbol, Base, Quote, Kind, Index) = (terms.Symbol, terms.Base, terms.Quote, kind, index);
        (TickSize, LotSize) = (terms.TickSize, terms.LotSize);
        (MinPrice, MaxPrice) = (terms.MinPrice, terms.MaxPrice);
        (MinQuantity, MaxQuantity, MaxMarketQuantity) = (terms.MinQuantity, terms.MaxQuantity, terms.MaxMarketQuantity);
        (MinNotional, PriceBandUp, PriceBandDown) = (terms.MinNotional, terms.PriceBandUp, terms.PriceBandDown);
        (MaxOrders, MaxConditionalOrders, MaxLeverage) = (terms.MaxOrders, terms.MaxConditionalOrders, terms.MaxLeverage);
        LastPrice = IndexPrice = MarkPrice = terms.StartPrice;
        Book = new BookView(this);
    }

    /// <summary>Such as BTCUSDT.</summary>
    public string Symbol { get; }

    /// <summary>Asset traded.</summary>
    public string Base { get; }

    /// <summary>Asset paid in.</summary>
    public string Quote { get; }

    /// <summary>Spot or linear.</summary>
    public MarketKind Kind { get; }

    /// <summary>Place among <see cref="ExchangeCore.Listings"/>.</summary>
    public int Index { get; }

    /// <summary>Price grid of new orders.</summary>
    public decimal TickSize { get; internal set; }

    /// <summary>Quantity grid.</summary>
    public decimal LotSize { get; }

    /// <summary>Least price.</summary>
    public decimal MinPrice { get; internal set; }

    /// <summary>Largest price.</summary>
    public decimal MaxPrice { get; internal set; }

    /// <summary>Least quantity.</summary>
    public decimal MinQuantity { get; internal set; }

    /// <summary>Largest quantity of a limit order.</summary>
    public decimal MaxQuantity { get; internal set; }

    /// <summary>Largest quantity of a market order.</summary>
    public decimal MaxMarketQuantity { get; internal set; }

    /// <summary>Least price times quantity.</summary>
    public decimal MinNotional { get; internal set; }

    /// <summary>Highest limit price as a multiple of the average price.</summary>
    public decimal PriceBandUp { get; internal set; }

    /// <summary>Lowest limit price as a multiple of the average price.</summary>
    public decimal PriceBandDown { get; internal set; }

    /// <summary>Open orders an account may have.</summary>
    public int MaxOrders { get; internal set; }

    /// <summary>Waiting orders an account may have.</summary>
    public int MaxConditionalOrders { get; internal set; }

    /// <summary>Highest leverage of a linear contract.</summary>
    public int MaxLeverage { get; }

    /// <summary>What may be done with it.</summary>
    public ListingStatus Status { get; internal set; }

    /// <summary>Price of the last trade, before the first one the start price; 0 when unknown.</summary>
    public decimal LastPrice { get; internal set; }

    /// <summary>Mark price; follows <see cref="LastPrice"/> on spot.</summary>
    public decimal MarkPrice { get; internal set; }

    /// <summary>Index price.</summary>
    public decimal IndexPrice { get; internal set; }

    /// <summary>The rate that would be paid at the next funding as things stand; longs pay when positive.</summary>
    public decimal FundingRate { get; internal set; }

    /// <summary>When funding is paid next.</summary>
    public Timestamp NextFunding { get; internal set; }

    /// <summary>Number of level changes so far.</summary>
    public long LastUpdateId { get; internal set; }

    /// <summary>Number of trades so far.</summary>
    public long LastTradeId { get; internal set; }

    /// <summary>The book as it is now.</summary>
    public BookView Book { get; }

    internal InstrumentBook Trading { get; set; } = null!;

    internal bool IsAcceptedFirst { get; init; }

    internal int BaseAsset { get; set; }

    internal int QuoteAsset { get; set; }
}

/// <summary>Reads a book as it is at the moment; zeros where a side is empty.</summary>
public sealed class BookView
{
    private readonly ListedInstrument _instrument;

    internal BookView(ListedInstrument instrument) => _instrument = instrument;

    /// <summary>Best prices and their sizes.</summary>
    public TopOfBook Top => _instrument.Trading.Top;

    /// <summary>Best bid.</summary>
    public decimal BestBid => _instrument.Trading.BestPrice(isSell: false);

    /// <summary>Best ask.</summary>
    public decimal BestAsk => _instrument.Trading.BestPrice(isSell: true);

    /// <summary>Number of bid levels.</summary>
    public int BidLevels => _instrument.Trading.Levels(isSell: false);

    /// <summary>Number of ask levels.</summary>
    public int AskLevels => _instrument.Trading.Levels(isSell: true);

    /// <summary>Visible size at a price; 0 when there is none.</summary>
    public decimal QuantityAt(bool isSell, decimal price) => _instrument.Trading.QuantityAt(isSell, price);
}
