namespace Harrier.Storage.Market;

/// <summary>What the rows of a series are; its name in lower case is the folder <c>kind=...</c>.</summary>
public enum SeriesKind : byte
{
    /// <summary>Closed bars, a file for each month.</summary>
    Bars = 0,

    /// <summary>Public trades, a file for each UTC day.</summary>
    Trades = 1,

    /// <summary>Funding payments, a file for each month.</summary>
    Funding = 2,

    /// <summary>Snapshots of order books, a file for each UTC day.</summary>
    Book = 3,
}
