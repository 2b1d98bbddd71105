namespace Harrier.Testnet.Core;

/// <summary>Between decimals and whole multiples of a unit.</summary>
internal sealed class PriceGrid
{
    private readonly decimal _perUnit;
    private readonly bool _isWholeInverse;

    public PriceGrid(decimal unit)
    {
        Unit = unit / 1.0000000000000000000000000000m;
        decimal inverse = 1 / unit;
        _isWholeInverse = decimal.Truncate(inverse) == inverse && inverse * unit == 1;
        _perUnit = decimal.Truncate(inverse);
    }

    public decimal Unit { get; }

    /// <summary>The largest unit of which both are multiples.</summary>
    public static decimal Common(decimal a, decimal b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }

    public decimal ToDecimal(long whole) => whole * Unit;

    /// <summary>The whole number of a value on the grid.</summary>
    public long ToWhole(decimal value) => (long)(_isWholeInverse ? value * _perUnit : value / Unit);

    public bool Contains(decimal value) => _isWholeInverse ? decimal.Truncate(value * _perUnit) == value * _perUnit : value % Unit == 0;

    public decimal Floor(decimal value) => decimal.Truncate(_isWholeInverse ? value * _perUnit : value / Unit) * Unit;
}
