using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>Names a position of an account.</summary>
/// <param name="Symbol">The venue's symbol.</param>
/// <param name="Side">Which of the two of a hedge-mode account.</param>
public readonly record struct PositionKey(string Symbol, PositionSide Side) : IComparable<PositionKey>
{
    /// <inheritdoc/>
    public int CompareTo(PositionKey other)
    {
        int bySymbol = string.CompareOrdinal(Symbol, other.Symbol);
        return bySymbol != 0 ? bySymbol : Side.CompareTo(other.Side);
    }

    /// <inheritdoc/>
    public override string ToString() => Side == PositionSide.Both ? Symbol : $"{Symbol} {Side}";
}

/// <summary>A position as one side has it.</summary>
/// <param name="Key">Which.</param>
/// <param name="Quantity">Size in base currency, below 0 for short, 0 for none.</param>
/// <param name="EntryPrice">Average entry price; 0 when flat.</param>
public sealed record PositionFact(PositionKey Key, decimal Quantity, decimal EntryPrice)
{
    /// <summary>Mark price; null when it was not told.</summary>
    public decimal? MarkPrice { get; init; }

    /// <summary>When this side last learned of a change.</summary>
    public Timestamp Changed { get; init; }
}

/// <summary>What one side has of an asset: everything, free and locked; for a margin account the wallet without unrealized profit.</summary>
/// <param name="Asset">The asset.</param>
/// <param name="Total">How much.</param>
public sealed record BalanceFact(Asset Asset, decimal Total)
{
    /// <summary>When this side last learned of a change.</summary>
    public Timestamp Changed { get; init; }
}
