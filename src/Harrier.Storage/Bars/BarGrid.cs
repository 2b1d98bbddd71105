using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>The tick and lot size of a table, and the way from its integers to ticks.</summary>
internal sealed class BarGrid
{
    private readonly long _multiplier;
    private readonly long _divisor;
    private readonly int _decimals;

    private BarGrid(decimal tickSize, decimal lotSize, int decimals)
    {
        TickSize = tickSize;
        LotSize = lotSize;
        _decimals = decimals;

        // price = mantissa / 10^decimals and tick = numerator / 10^tickDecimals, so ticks = mantissa * multiplier / divisor.
        int tickDecimals = tickSize.Scale;
        long numerator = (long)(tickSize * DecimalDigits.PowerOfTen(tickDecimals));
        _multiplier = DecimalDigits.PowerOfTen(Math.Max(0, tickDecimals - decimals));
        _divisor = numerator * DecimalDigits.PowerOfTen(Math.Max(0, decimals - tickDecimals));
    }

    /// <summary>Smallest price step.</summary>
    public decimal TickSize { get; }

    /// <summary>Smallest size step.</summary>
    public decimal LotSize { get; }

    /// <summary>True when the integers of the table are ticks already.</summary>
    public bool IsIdentity => _multiplier == _divisor;

    /// <summary>The grid that the caller gives, completed by what the decimals say.</summary>
    public static BarGrid Of(BarTable table, BarReadOptions options)
    {
        decimal tick = options.TickSize is { } given ? given / 1.000000000000000000000000000m : PowerOfTenth(table.PriceDecimals);
        return new BarGrid(tick, options.LotSize ?? PowerOfTenth(table.LotDecimals), table.PriceDecimals);
    }

    /// <summary>The price in ticks.</summary>
    /// <exception cref="BarDataException">The price is not a multiple of the tick.</exception>
    public PriceTicks ToTicks(PriceTicks mantissa, BarOrder order, int index)
    {
        Int128 scaled = (Int128)mantissa.Value * _multiplier;
        long ticks = (long)(scaled / _divisor);
        if ((Int128)ticks * _divisor == scaled)
        {
            return new PriceTicks(ticks);
        }

        decimal price = mantissa.Value / (decimal)DecimalDigits.PowerOfTen(_decimals);
        throw new BarDataException("tick", FormattableString.Invariant($"{TickSize}"), FormattableString.Invariant($"a step that price {price} at {order.PlaceOf(index)} is a multiple of"));
    }

    private static decimal PowerOfTenth(int decimals) => new(1, 0, 0, false, (byte)decimals);
}
