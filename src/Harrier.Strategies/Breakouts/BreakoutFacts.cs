using Harrier.Domain;
using Harrier.Features.Levels;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies.Breakouts;

/// <summary>What is known where a breakout setup is judged. Prices in quote currency; what is not known is NaN.</summary>
public readonly record struct BreakoutFacts
{
    /// <summary>The level in question.</summary>
    public required PriceLevel Level { get; init; }

    /// <summary>How good it is, 0 to 1: its score, or the market's place in a scan.</summary>
    public required double Score { get; init; }

    /// <summary>Up through or down through it.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>The price now: the newest close, or the trade or mid that is being handled.</summary>
    public required double Price { get; init; }

    /// <summary>The last bars.</summary>
    public required BarWindow Bars { get; init; }

    /// <summary>Average true range of 14 bars.</summary>
    public required double Atr { get; init; }

    /// <summary>Book imbalance near mid from -1 (sellers) to 1 (buyers); NaN without a verified book.</summary>
    public double Imbalance { get; init; } = double.NaN;

    /// <summary>True when trades are there: then their rate decides where volume decides otherwise.</summary>
    public bool HasTape { get; init; }

    /// <summary>Trades a minute over 60 s.</summary>
    public double TradesPerMinute { get; init; } = double.NaN;

    /// <summary>Mean of the samples of the last hour; NaN when it is not known yet.</summary>
    public double MeanTradesPerMinute { get; init; } = double.NaN;

    /// <summary>Whether the price came to the level slowly and rested there.</summary>
    public bool IsApproachedWell { get; init; } = true;

    /// <summary>Hours since the price broke this level; NaN when it did not within a day.</summary>
    public double HoursSinceBreakout { get; init; } = double.NaN;

    /// <summary>Round number or cascade at the level.</summary>
    public Confluences AtLevel { get; init; } = Confluences.Level;

    /// <summary>For init properties with defaults.</summary>
    public BreakoutFacts()
    {
    }

    /// <summary>The imbalance of the book towards the side of the trade; NaN without a book.</summary>
    public double ImbalanceTowards => Side == OrderSide.Buy ? Imbalance : -Imbalance;

    /// <summary>A price farther away from the level in the direction of the trade.</summary>
    /// <param name="fraction">How far, as a fraction of the level.</param>
    public double Beyond(double fraction) => Side == OrderSide.Buy ? Level.Price * (1 + fraction) : Level.Price * (1 - fraction);

    /// <summary>How far a price is beyond another in the direction of the trade.</summary>
    public double Gain(double from, double to) => Side == OrderSide.Buy ? to - from : from - to;

    /// <summary>The stop of a trade that follows the market: beyond the extreme of ten bars or 1.2 ATR away; see <see cref="StopChoice"/>.</summary>
    public double SwingStop(double entry)
    {
        double extreme = Side == OrderSide.Buy ? Bars.LowestLow(10) : Bars.HighestHigh(10);
        double away = 1.2 * Atr;
        return StopChoice.Of(Side, entry, extreme, Side == OrderSide.Buy ? entry - away : entry + away);
    }
}
