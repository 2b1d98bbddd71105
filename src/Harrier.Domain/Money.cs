using System.Globalization;

namespace Harrier.Domain;

/// <summary>An exact amount of one asset.</summary>
/// <param name="Amount">The amount in whole units of the asset.</param>
/// <param name="Asset">What the amount is of.</param>
public readonly record struct Money(decimal Amount, Asset Asset)
{
    /// <summary>Adds two amounts of the same asset.</summary>
    /// <exception cref="InvalidOperationException">The assets differ.</exception>
    public static Money operator +(Money left, Money right) => new(left.Amount + Same(left, right).Amount, left.Asset);

    /// <summary>Subtracts two amounts of the same asset.</summary>
    /// <exception cref="InvalidOperationException">The assets differ.</exception>
    public static Money operator -(Money left, Money right) => new(left.Amount - Same(left, right).Amount, left.Asset);

    /// <summary>The amount and the asset's code: <c>12.5 USDT</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Asset}");

    private static Money Same(Money left, Money right) => left.Asset == right.Asset
        ? right
        : throw new InvalidOperationException($"cannot add or subtract {left.Asset} and {right.Asset}");
}
