using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Market;
using Harrier.Engine.Portfolio;

namespace Harrier.Engine.Risk.Rules;

/// <summary>
/// Bounds the value of one position, and of all together, by the equity of the account and by an amount. Values are taken at the mark in the currency of
/// reckoning; what works and could grow a position counts as if it had traded.
/// </summary>
internal sealed class ExposureRule(RiskLimits limits, InstrumentTable table, MarketState market, AccountPortfolio portfolio)
{
    public GateReading ReadPosition(in GrowthCase growth, decimal equity) => limits.MaxPositionFraction is { } most
        ? GateReading.UpTo(DenyRule.MaxPositionFraction, Value(growth.Instrument, growth.After, growth.Reference), most * equity)
        : GateReading.Off(DenyRule.MaxPositionFraction);

    public GateReading ReadExposure(in GrowthCase growth) => limits.MaxExposure is { } most
        ? GateReading.UpTo(DenyRule.MaxExposure, All(in growth), most)
        : GateReading.Off(DenyRule.MaxExposure);

    public GateReading ReadLeverage(in GrowthCase growth, decimal equity) => limits.MaxLeverage is { } most
        ? GateReading.UpTo(DenyRule.MaxLeverage, All(in growth), most * equity)
        : GateReading.Off(DenyRule.MaxLeverage);

    /// <summary>Value of all positions, without what works.</summary>
    public decimal Held()
    {
        decimal value = 0;
        for (int bot = 0; bot < portfolio.Ledger.Bots; bot++)
        {
            foreach (InstrumentId id in portfolio.TradedBy(new BotId(bot)))
            {
                if (portfolio.Position(new BotId(bot), id) is { IsFlat: false } position)
                {
                    value += Value(table[id], position.Size.Value, market.Mark(id));
                }
            }
        }

        return value;
    }

    private decimal All(in GrowthCase growth)
    {
        decimal value = Held() + Value(growth.Instrument, Math.Abs(growth.After), growth.Reference)
            - Value(growth.Instrument, growth.Held, market.Mark(growth.Instrument.Id));
        for (int i = 0; i < growth.Working.Count; i++)
        {
            Order order = growth.Working[i];
            ref readonly OrderIntent intent = ref order.Intent;
            if (!intent.ReduceOnly)
            {
                value += Value(table[intent.Instrument], order.Remaining.Value, RiskGate.ReferenceOf(in intent, market));
            }
        }

        return value;
    }

    private decimal Value(Instrument instrument, long lots, PriceTicks price) =>
        instrument.Notional(new SizeLots(Math.Abs(lots)), price) * portfolio.Rate(table.QuoteAsset(instrument.Id));
}
