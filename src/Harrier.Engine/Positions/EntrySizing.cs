using Harrier.Domain;
using Harrier.Engine.Strategies;

namespace Harrier.Engine.Positions;

/// <summary>The size of a planned entry: what the bot's sizing asks for with the plan's stop, then its bounds.</summary>
public static class EntrySizing
{
    /// <summary>The facts a size is computed from.</summary>
    /// <param name="Facts">Equity, funds, expected entry, distance to the stop and costs.</param>
    /// <param name="DepthValue">Value of the side of the book that the entry takes, within <see cref="EntryLimits.DepthRange"/>; null without a verified book.</param>
    public readonly record struct Basis(PositionSizing.Basis Facts, decimal? DepthValue);

    /// <summary>The size in lots, rounded down, and what made it smaller than the sizing asked for.</summary>
    /// <param name="instrument">What is bought or sold.</param>
    /// <param name="sizing">How large positions become.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="basis">The facts; a limit entry has no allowance for the price moving away before the fill.</param>
    public static (SizeLots Size, EntryCaps Caps) Size(Instrument instrument, PositionSizing sizing, EntryLimits limits, in Basis basis)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        ArgumentNullException.ThrowIfNull(limits);
        PositionSizing.Basis facts = basis.Facts;
        if (facts.Price <= 0 || facts.Equity <= 0 || facts.StopFraction is null or <= 0)
        {
            return default;
        }

        decimal quantity = sizing.Quantity(in facts);
        EntryCaps caps = EntryCaps.None;
        Cap(ref quantity, limits.MaxValue / facts.Price, EntryCaps.MaxValue, ref caps);
        Cap(ref quantity, basis.DepthValue * limits.DepthShare / facts.Price, EntryCaps.Depth, ref caps);
        Cap(ref quantity, Math.Max(0, facts.Free) / facts.UnitCost, EntryCaps.Funds, ref caps);
        SizeLots size = instrument.FloorToLots(quantity);
        return size > instrument.MaxLots ? (instrument.MaxLots, caps | EntryCaps.MaxLots) : (size, caps);
    }

    private static void Cap(ref decimal quantity, decimal? most, EntryCaps cap, ref EntryCaps caps)
    {
        if (most < quantity)
        {
            quantity = most.Value;
            caps |= cap;
        }
    }
}
