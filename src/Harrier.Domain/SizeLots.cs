using System.Globalization;

namespace Harrier.Domain;

/// <summary>A size as a whole number of an instrument's lots; negative only where it is a short position.</summary>
/// <param name="Value">Number of lots.</param>
public readonly record struct SizeLots(long Value) : IComparable<SizeLots>
{
    /// <summary>True when nothing is held or left.</summary>
    public bool IsZero => Value == 0;

    /// <inheritdoc/>
    public int CompareTo(SizeLots other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The sum.</summary>
    public static SizeLots operator +(SizeLots left, SizeLots right) => new(left.Value + right.Value);

    /// <summary>The difference.</summary>
    public static SizeLots operator -(SizeLots left, SizeLots right) => new(left.Value - right.Value);

    /// <summary>The opposite position.</summary>
    public static SizeLots operator -(SizeLots size) => new(-size.Value);

    /// <summary>True when <paramref name="left"/> is smaller.</summary>
    public static bool operator <(SizeLots left, SizeLots right) => left.Value < right.Value;

    /// <summary>True when <paramref name="left"/> is larger.</summary>
    public static bool operator >(SizeLots left, SizeLots right) => left.Value > right.Value;

    /// <summary>True when <paramref name="left"/> is not larger.</summary>
    public static bool operator <=(SizeLots left, SizeLots right) => left.Value <= right.Value;

    /// <summary>True when <paramref name="left"/> is not smaller.</summary>
    public static bool operator >=(SizeLots left, SizeLots right) => left.Value >= right.Value;
}
