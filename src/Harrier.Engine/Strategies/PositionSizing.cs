using Harrier.Domain;

namespace Harrier.Engine.Strategies;

/// <summary>What the amount of a <see cref="PositionSizing"/> means.</summary>
public enum SizingMethod : byte
{
    /// <summary>Position value as a fraction of equity times leverage.</summary>
    FractionOfEquity = 0,

    /// <summary>Position value in quote currency.</summary>
    QuoteAmount = 1,

    /// <summary>Position size in base currency.</summary>
    BaseAmount = 2,

    /// <summary>
    /// Loss at the stop as a fraction of equity (fixed fractional): size = equity x fraction / (distance to the stop + fees of both
    /// sides + slippage at the stop). Needs a stop-loss.
    /// </summary>
    RiskOfEquity = 3,
}

/// <summary>How large a position becomes.</summary>
/// <param name="Method">What <paramref name="Amount"/> means.</param>
/// <param name="Amount">Above 0; a fraction or an amount.</param>
public readonly record struct PositionSizing(SizingMethod Method, decimal Amount)
{
    /// <summary>The facts a size is computed from.</summary>
    /// <param name="Equity">Value of the bot's sub-ledger in quote currency.</param>
    /// <param name="Free">What can be spent, in quote currency.</param>
    /// <param name="Price">Expected entry price.</param>
    /// <param name="StopFraction">Distance to the stop as a fraction of the price; null without a stop.</param>
    /// <param name="FeeRate">Fee of one side as a fraction.</param>
    /// <param name="Leverage">Position value over margin, 1 or more.</param>
    /// <param name="SlippageRate">Expected slippage at the stop as a fraction.</param>
    /// <param name="IsShort">True when the stop is above the entry.</param>
    /// <param name="HasLimit">True when the price cannot get worse than <paramref name="Price"/>.</param>
    public readonly record struct Basis(
        decimal Equity,
        decimal Free,
        decimal Price,
        decimal? StopFraction,
        decimal FeeRate,
        decimal Leverage,
        decimal SlippageRate = 0,
        bool IsShort = false,
        bool HasLimit = false)
    {
        // Between decision and fill the price moves and slips: an order for the last cent would be refused as soon as it does.
        private const decimal PriceAllowance = 0.005m;

        /// <summary>What one unit takes from what is free, fee included.</summary>
        internal decimal UnitCost => Price * (HasLimit ? 1 : 1 + PriceAllowance) * ((Leverage == 1 ? 1 : 1 / Leverage) + FeeRate);
    }

    /// <summary>
    /// The size in lots: what the method asks for, capped by what is free after fees at a price 0.5 % worse, rounded down; 0 when that is nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">The method needs a stop and there is none.</exception>
    public SizeLots Size(Instrument instrument, in Basis basis)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        if (basis.Price <= 0 || basis.Equity <= 0)
        {
            return default;
        }

        decimal quantity = Quantity(in basis);
        decimal unitCost = basis.UnitCost;
        return instrument.FloorToLots(quantity * unitCost <= basis.Free ? quantity : Math.Max(0, basis.Free) / unitCost);
    }

    /// <summary>What the method asks for, whatever is free.</summary>
    internal decimal Quantity(in Basis basis) => Method switch
    {
        SizingMethod.FractionOfEquity => basis.Equity * Amount * basis.Leverage / basis.Price,
        SizingMethod.QuoteAmount => Amount / basis.Price,
        SizingMethod.BaseAmount => Amount,
        _ => RiskSize(in basis),
    };

    private decimal RiskSize(in Basis basis)
    {
        decimal stop = basis.StopFraction ?? throw new InvalidOperationException("sizing by risk needs a stop-loss");
        decimal exit = basis.IsShort ? 1 + stop : 1 - stop;
        decimal lossPerUnit = basis.Price * (stop + (basis.FeeRate * (1 + exit)) + (basis.SlippageRate * exit));
        return basis.Equity * Amount / lossPerUnit;
    }
}
