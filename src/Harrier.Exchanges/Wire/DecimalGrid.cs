using System.Numerics;
using System.Runtime.CompilerServices;

namespace Harrier.Exchanges.Wire;

/// <summary>
/// The steps in which a price or size is counted, made for reading decimal text: 61685.99 on a grid of 0.01 is 6,168,599. Exact, and no
/// floating point on the way; a number between two steps is reported, never rounded.
/// </summary>
public readonly struct DecimalGrid
{
    /// <summary>Decimals of the fixed point in which numbers are read before they are counted in steps.</summary>
    internal const int FixedDecimals = 8;

    private readonly ulong _inverse;
    private readonly ulong _limit;
    private readonly int _shift;
    private readonly decimal _step;

    /// <summary>Takes the step.</summary>
    /// <param name="step">Tick or lot size, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is not above 0.</exception>
    public DecimalGrid(decimal step)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        _step = step;
        decimal units = step * 100_000_000m;
        if (units == decimal.Truncate(units) && units <= long.MaxValue)
        {
            ulong divisor = (ulong)units;
            _shift = BitOperations.TrailingZeroCount(divisor);
            _inverse = InverseOf(divisor >> _shift);
            _limit = ulong.MaxValue / divisor;
        }
    }

    /// <summary>The step.</summary>
    public decimal Step => _step;

    /// <summary>True when the fixed point can hold the grid, as it does for every step of at most 8 decimals.</summary>
    internal bool HasFixedPoint => _inverse != 0;

    /// <summary>Counts a number in units of 1e-8 in steps.</summary>
    /// <returns>False when it lies between two steps, or the grid is finer than the fixed point.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryCount(ulong fixedPoint, out long steps)
    {
        // Exact division by multiplication (Granlund and Montgomery 1994, section 9): modulo 2^64 a multiple of the divisor times its inverse
        // is the quotient, and anything else lands above the largest quotient there can be.
        ulong quotient = BitOperations.RotateRight(unchecked(fixedPoint * _inverse), _shift);
        steps = unchecked((long)quotient);
        return quotient <= _limit && _inverse != 0;
    }

    /// <summary>Counts a decimal in steps.</summary>
    /// <returns>False when it lies between two steps, is negative, or is too large for a long.</returns>
    public bool TryCount(decimal value, out long steps)
    {
        steps = 0;
        if (value < 0 || value / long.MaxValue > _step)
        {
            return false;
        }

        decimal quotient = value / _step;
        if (quotient != decimal.Truncate(quotient))
        {
            return false;
        }

        steps = (long)quotient;
        return steps * _step == value;
    }

    /// <summary>Counts the whole steps in a decimal of at least 0.</summary>
    /// <returns>False when it is negative or too large for a long.</returns>
    public bool TryFloor(decimal value, out long steps)
    {
        steps = 0;
        if (value < 0 || value / long.MaxValue > _step)
        {
            return false;
        }

        steps = (long)decimal.Floor(value / _step);
        return true;
    }

    private static ulong InverseOf(ulong odd)
    {
        // Newton's iteration doubles the number of right bits each time, from 3.
        ulong inverse = odd;
        for (int bits = 3; bits < 64; bits *= 2)
        {
            inverse = unchecked(inverse * (2 - (odd * inverse)));
        }

        return inverse;
    }
}
