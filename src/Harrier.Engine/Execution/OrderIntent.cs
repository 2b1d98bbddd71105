using Harrier.Domain;

namespace Harrier.Engine.Execution;

/// <summary>What a strategy or position rule wants; not yet an order.</summary>
public readonly struct OrderIntent
{
    /// <summary>Which instrument.</summary>
    public required InstrumentId Instrument { get; init; }

    /// <summary>Buy or sell.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>How the order finds its price.</summary>
    public required OrderType Type { get; init; }

    /// <summary>Size in lots, above 0.</summary>
    public required SizeLots Size { get; init; }

    /// <summary>Limit price; used by limit and stop-limit orders.</summary>
    public PriceTicks Limit { get; init; }

    /// <summary>Trigger price; used by stop, stop-limit and take-profit orders.</summary>
    public PriceTicks Trigger { get; init; }

    /// <summary>Distance in ticks at which a trailing stop follows the best price; above 0 for that type.</summary>
    public long TrailingDistance { get; init; }

    /// <summary>How long the order lives.</summary>
    public TimeInForce TimeInForce { get; init; }

    /// <summary>True when the order may only make a position smaller, never open or flip one.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>True when the order must rest: one that would trade at once is rejected. Limit orders only.</summary>
    public bool PostOnly { get; init; }

    /// <summary>Which position of a hedge-mode account; <see cref="PositionSide.Both"/> everywhere else.</summary>
    public PositionSide PositionSide { get; init; }

    /// <summary>Why; becomes the exit reason of a round trip.</summary>
    public OrderPurpose Purpose { get; init; }
}
