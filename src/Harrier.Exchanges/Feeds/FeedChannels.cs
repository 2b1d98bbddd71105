namespace Harrier.Exchanges.Feeds;

/// <summary>What a market feed carries.</summary>
[Flags]
public enum FeedChannels
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Public trades.</summary>
    Trades = 1,

    /// <summary>The order book, verified.</summary>
    Book = 2,

    /// <summary>Statistics of the last 24 hours.</summary>
    Ticker = 4,

    /// <summary>Best bid and ask.</summary>
    Top = 8,

    /// <summary>Mark price and funding; contracts only.</summary>
    MarkPrice = 16,
}
