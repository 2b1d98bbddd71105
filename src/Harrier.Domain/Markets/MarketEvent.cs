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
}

/// <summary>One event of the market, 64 bytes, the same in memory, recording and journal.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
public readonly struct MarketEvent
{
    /// <summary>When it happened, by the venue's clock.</summary>
    public required Timestamp ExchangeTime { get; init; }

    /// <summary>When it reached us.</summary>
    public required Timestamp ReceivedTime { get; init; }

    /// <summary>Trade price or mark price.</summary>
    public required PriceTicks Price { get; init; }

    /// <summary>Trade size; 0 for other kinds.</summary>
    public SizeLots Size { get; init; }

    /// <summary>The venue's trade id; 0 when there is none.</summary>
    public long TradeId { get; init; }

    /// <summary>Funding rate as a fraction (0.0001 is 1 bp); 0 for other kinds.</summary>
    public double Rate { get; init; }

    /// <summary>Which instrument.</summary>
    public required InstrumentId Instrument { get; init; }

    /// <summary>What the event says.</summary>
    public required MarketEventKind Kind { get; init; }

    /// <summary>True when the taker of a trade sold.</summary>
    public bool IsSell { get; init; }
}
