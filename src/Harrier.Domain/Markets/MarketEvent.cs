using System.Runtime.InteropServices;

namespace Harrier.Domain;

/// <summary>What a <see cref="MarketEvent"/> says.</summary>
public enum MarketEventKind : byte
{
    /// <summary>A public trade: price, size, aggressor in <see cref="MarketEvent.IsSell"/>.</summary>
    Trade = 0,

    /// <summary>A new mark price of a contract.</summary>
    MarkPrice = 1,

    /// <summary>A funding payment is due: <see cref="MarketEvent.Rate"/> times position value, paid by longs when above 0.</summary>
    Funding = 2,

    /// <summary>The size now resting at a price of the order book, 0 when the level is gone; asks have <see cref="MarketEvent.IsSell"/>.</summary>
    BookLevel = 3,

    /// <summary>A snapshot begins: the order book is emptied, and the levels up to the next <see cref="MarketEvent.LastInBatch"/> are all it holds.</summary>
    BookClear = 4,
}

/// <summary>One event of the market, 64 bytes, the same in memory, recording and journal.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
public readonly struct MarketEvent
{
    /// <summary>When it happened, by the venue's clock.</summary>
    public required Timestamp ExchangeTime { get; init; }

    /// <summary>When it reached us.</summary>
    public required Timestamp ReceivedTime { get; init; }

    /// <summary>Price of a trade, a mark or a level of the book; 0 for <see cref="MarketEventKind.BookClear"/>.</summary>
    public required PriceTicks Price { get; init; }

    /// <summary>Size of a trade or of a level of the book; 0 for other kinds.</summary>
    public SizeLots Size { get; init; }

    /// <summary>The venue's trade id, or the update id of a change of the book; 0 when there is none.</summary>
    public long TradeId { get; init; }

    /// <summary>Funding rate as a fraction (0.0001 is 1 bp); 0 for other kinds.</summary>
    public double Rate { get; init; }

    /// <summary>Which instrument.</summary>
    public required InstrumentId Instrument { get; init; }

    /// <summary>What the event says.</summary>
    public required MarketEventKind Kind { get; init; }

    /// <summary>True when the taker of a trade sold, and for the ask side of the book.</summary>
    public bool IsSell { get; init; }

    /// <summary>True for the last change of one message of the book: only then is the book whole again.</summary>
    public bool LastInBatch { get; init; }
}
