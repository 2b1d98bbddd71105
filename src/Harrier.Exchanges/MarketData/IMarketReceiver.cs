using Harrier.Domain;
using Harrier.Exchanges.Books;

namespace Harrier.Exchanges.MarketData;

/// <summary>Why a message, or a part of it, led to nothing.</summary>
public enum MarketFault : byte
{
    /// <summary>Not JSON, cut short, too deep, or a value is missing or of another kind.</summary>
    Malformed = 0,

    /// <summary>
    /// A price or size lies between two steps of the instrument's grid: old orders, or the grid has changed and must be asked for. Of a change
    /// of the book the other levels are used.
    /// </summary>
    OffGrid = 1,

    /// <summary>Longer than a message can be.</summary>
    Oversized = 2,

    /// <summary>A symbol that is not in the directory.</summary>
    UnknownSymbol = 3,

    /// <summary>An event type that nobody reads.</summary>
    UnknownEvent = 4,
}

/// <summary>Takes what a venue's messages say, in the order of the messages, on the thread that decodes them.</summary>
public interface IMarketReceiver
{
    /// <summary>Changes of a book; the levels are valid during the call only.</summary>
    void OnDepth(InstrumentId instrument, in DepthUpdate update);

    /// <summary>A whole book that came on the stream and takes the place of what is known; the levels are valid during the call only.</summary>
    void OnBook(InstrumentId instrument, in DepthSnapshot book)
    {
    }

    /// <summary>A public trade, ready for the engine.</summary>
    void OnTrade(in MarketEvent trade);

    /// <summary>Best bid and ask.</summary>
    void OnTop(in TopUpdate update);

    /// <summary>A candle, closed or still growing.</summary>
    void OnKline(in KlineUpdate update);

    /// <summary>Statistics of the last 24 hours.</summary>
    void OnTicker(in TickerUpdate update);

    /// <summary>Mark price and funding of a contract.</summary>
    void OnMarkPrice(in MarkPriceUpdate update);

    /// <summary>A liquidation order of somebody.</summary>
    void OnLiquidation(in LiquidationUpdate update);

    /// <summary>An answer to a request of ours, or a notice of the venue such as its shutdown.</summary>
    void OnControl(ReadOnlySpan<byte> frame);

    /// <summary>Something could not be used. A book whose message was lost this way has a hole.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="instrument">Whose message; null when that could not be read.</param>
    void OnFault(MarketFault fault, InstrumentId? instrument);
}
