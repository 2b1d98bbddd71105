namespace Harrier.Storage.Bars;

/// <summary>What a column of a bar file holds.</summary>
internal enum BarField : byte
{
    /// <summary>Something that is not read.</summary>
    Skip = 0,

    /// <summary>Open time of the bar.</summary>
    Time,

    /// <summary>First price.</summary>
    Open,

    /// <summary>Highest price.</summary>
    High,

    /// <summary>Lowest price.</summary>
    Low,

    /// <summary>Last price.</summary>
    Close,

    /// <summary>Volume in base currency.</summary>
    Volume,

    /// <summary>Volume in quote currency.</summary>
    QuoteVolume,

    /// <summary>Number of trades.</summary>
    TradeCount,

    /// <summary>Volume bought by takers in base currency.</summary>
    TakerBuyVolume,

    /// <summary>Volume bought by takers in quote currency; only exact reading takes it.</summary>
    TakerBuyQuoteVolume,

    /// <summary>Symbol of the row.</summary>
    Ticker,
}
