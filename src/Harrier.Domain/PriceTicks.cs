using System.Globalization;

namespace Harrier.Domain;

/// <summary>A price as a whole number of an instrument's ticks: an order off the grid cannot be written.</summary>
/// <param name="Value">Number of ticks.</param>
public readonly record struct PriceTicks(long Value) : IComparable<PriceTicks>
{
    /// <inheritdoc/>
    public int CompareTo(PriceTicks other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The price <paramref name="ticks"/> above.</summary>
    public static PriceTicks operator +(PriceTicks price, long ticks) => new(price.Value + ticks);

    /// <summary>The price <paramref name="ticks"/> below.</summary>
    public static PriceTicks operator -(PriceTicks price, long ticks) => new(price.Value - ticks);

    /// <summary>True when <paramref name="left"/> is lower.</summary>
    public static bool operator <(PriceTicks left, PriceTicks right) => left.Value < right.Value;

    /// <summary>True when <paramref name="left"/> is higher.</summary>
    public static bool operator >(PriceTicks left, PriceTicks right) => left.Value > right.Value;

    /// <summary>True when <paramref name="left"/> is not higher.</summary>
    public static bool operator <=(PriceTicks left, PriceTicks right) => left.Value <= right.Value;

    /// <summary>True when <paramref name="left"/> is not lower.</summary>
    public static bool operator >=(PriceTicks left, PriceTicks right) => left.Value >= right.Value;
}
