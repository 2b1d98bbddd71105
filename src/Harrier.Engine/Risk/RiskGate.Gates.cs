using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Engine.Risk;

/// <content>The gates that an order which grows a position has to pass, in the order in which they are asked.</content>
public sealed partial class RiskGate
{
    private static readonly DenyRule[] GrowthGates =
    [
        DenyRule.Halted,
        DenyRule.PictureLost,
        DenyRule.KillSwitch,
        DenyRule.MaxDrawdown,
        DenyRule.DailyLoss,
        DenyRule.LossesInARow,
        DenyRule.TradeRate,
        DenyRule.OutcomeEscalated,
        DenyRule.OutcomeUnknown,
        DenyRule.StaleMarket,
        DenyRule.EngineLagging,
        DenyRule.MaxWorkingOrders,
        DenyRule.OrderRate,
        DenyRule.PriceCollar,
        DenyRule.MinNotional,
        DenyRule.MaxPositionNotional,
        DenyRule.MaxPositionFraction,
        DenyRule.MaxExposure,
        DenyRule.MaxLeverage,
        DenyRule.MaxPositions,
        DenyRule.Correlation,
        DenyRule.Prediction,
    ];

    /// <summary>The limits of the account that are set and measured, as they stand.</summary>
    public IReadOnlyList<LimitReading> Standing => Account.Limits(time.Now);

    /// <summary>The account's equity at the mark, in the currency of reckoning.</summary>
    public decimal Equity => Account.Equity();

    /// <summary>Value of all positions at the mark, in the currency of reckoning.</summary>
    public decimal Exposure => Account.Exposure.Held();

    /// <summary>What every gate says about an order, also those behind the first that refuses. Nothing is changed and nothing counted.</summary>
    /// <param name="bot">Who would ask.</param>
    /// <param name="intent">A well-formed order that would grow the bot's position.</param>
    /// <param name="working">Orders of the account that work.</param>
    public IReadOnlyList<GateReading> Explain(BotId bot, in OrderIntent intent, IReadOnlyList<Order> working)
    {
        Instrument instrument = table[intent.Instrument];
        long held = portfolio.Position(bot, intent.Instrument).Size.Value;
        long delta = intent.Side == OrderSide.Buy ? intent.Size.Value : -intent.Size.Value;
        PriceTicks reference = ReferenceOf(in intent, market);
        GrowthCase growth = new(bot, instrument, held, held + delta, reference, working);
        List<GateReading> readings = [GateReading.AtLeast(DenyRule.MinQuantity, instrument.ToDecimal(intent.Size), instrument.ToDecimal(instrument.MinLots))];
        foreach (DenyRule rule in GrowthGates)
        {
            readings.Add(Read(rule, in intent, in growth));
        }

        DenyReason funds = instrument.Kind == InstrumentKind.Spot
            ? ReserveSpot(bot, in intent, reference, out _)
            : ReserveMargin(bot, in intent, (held, delta, reference), out _);
        readings.Add(GateReading.Of(DenyRule.InsufficientBalance, funds));
        return readings;
    }

    private DenyReason CheckGrowth(in OrderIntent intent, in GrowthCase growth)
    {
        foreach (DenyRule rule in GrowthGates)
        {
            GateReading reading = Read(rule, in intent, in growth);
            if (!reading.Passes)
            {
                return reading.Refusal;
            }
        }

        return default;
    }

    // A model that merely leans the other way is heard and not obeyed.
    private GateReading ReadPrediction(in OrderIntent intent) => Predictor is null
        ? GateReading.Off(DenyRule.Prediction)
        : GateReading.UpTo(DenyRule.Prediction, (int)Predictor.Recommend(intent.Instrument, time.Now) * (intent.Side == OrderSide.Buy ? -1 : 1), 1);

    private GateReading Read(DenyRule rule, in OrderIntent intent, in GrowthCase growth) => rule switch
    {
        DenyRule.Halted => GateReading.UpTo(rule, IsHalted ? 1 : 0, 0),
        DenyRule.Prediction => ReadPrediction(in intent),
        DenyRule.PictureLost => GateReading.UpTo(rule, IsBlind ? 1 : 0, 0),
        DenyRule.KillSwitch or DenyRule.MaxDrawdown or DenyRule.DailyLoss or DenyRule.LossesInARow or DenyRule.TradeRate => Account.Read(rule, time.Now),
        DenyRule.OutcomeEscalated => GateReading.UpTo(rule, Doubts.EscalatedOn(intent.Instrument), 0),
        DenyRule.OutcomeUnknown => GateReading.UpTo(rule, Doubts.On(intent.Instrument, intent.Side), 0),
        DenyRule.StaleMarket => new GateReading(rule, 0, 0, market.IsFresh(intent.Instrument), GateBound.UpTo),
        DenyRule.EngineLagging => GateReading.UpTo(rule, (decimal)_lag.TotalMilliseconds, (decimal)Limits.MaxEngineLag.TotalMilliseconds),
        DenyRule.MaxWorkingOrders => GateReading.Below(rule, growth.Working.Count, Limits.MaxWorkingOrders),
        DenyRule.OrderRate => Account.Orders.Read(time.Now),
        DenyRule.PriceCollar => Account.Collar.Read(in intent, growth.Reference),
        DenyRule.MinNotional => GateReading.AtLeast(rule, growth.Instrument.Notional(intent.Size, growth.Reference), growth.Instrument.MinNotional),
        DenyRule.MaxPositionNotional => GateReading.UpTo(
            rule, growth.Instrument.Notional(new SizeLots(Math.Abs(growth.After)), growth.Reference), Limits.MaxPositionNotional),
        DenyRule.MaxPositionFraction => Account.Exposure.ReadPosition(in growth, EquityFor(Limits.MaxPositionFraction)),
        DenyRule.MaxExposure => Account.Exposure.ReadExposure(in growth),
        DenyRule.MaxLeverage => Account.Exposure.ReadLeverage(in growth, EquityFor(Limits.MaxLeverage)),
        DenyRule.MaxPositions => Account.ReadPositions(in growth),
        _ => Account.ReadCorrelation(in growth, intent.Side),
    };

    // Reckoned only where a limit needs it.
    private decimal EquityFor(decimal? limit) => limit is null ? 0 : Account.Equity();
}
