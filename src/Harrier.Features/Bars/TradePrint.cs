using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>What bars are made of: one public trade, or the aggregate of one taker's trades at one price.</summary>
/// <param name="Time">When it was traded.</param>
/// <param name="Price">At what price.</param>
/// <param name="Quantity">How much in base currency.</param>
/// <param name="Value">Price times quantity in quote currency.</param>
/// <param name="IsSell">True when the taker sold.</param>
public readonly record struct TradePrint(Timestamp Time, PriceTicks Price, double Quantity, double Value, bool IsSell)
{
    /// <summary>A trade as an engine or a recording has it.</summary>
    /// <param name="trade">An event of kind <see cref="MarketEventKind.Trade"/>.</param>
    /// <param name="instrument">What was traded.</param>
    public static TradePrint Of(in MarketEvent trade, Instrument instrument)
    {
        double quantity = instrument.ToDouble(trade.Size);
        return new TradePrint(trade.ExchangeTime, trade.Price, quantity, quantity * instrument.ToDouble(trade.Price), trade.IsSell);
    }

    /// <summary>A trade as a venue or a store told it.</summary>
    /// <param name="trade">The trade.</param>
    /// <param name="instrument">What was traded.</param>
    /// <exception cref="ArgumentException">The price is not on the instrument's grid.</exception>
    public static TradePrint Of(in HistoricalTrade trade, Instrument instrument) =>
        new(trade.Time, instrument.ToTicks(trade.Price), (double)trade.Quantity, (double)(trade.Price * trade.Quantity), trade.IsSell);
}
