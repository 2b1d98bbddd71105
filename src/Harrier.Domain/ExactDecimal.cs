namespace Harrier.Domain;

/// <summary>
/// Sums and products of decimals that never lose a digit. A <see cref="decimal"/> holds 96 bits and up to 28 decimals; where a sum needs more, .NET
/// rounds it without a word, which books with 18 decimals reach at 79 billion units. Here such a sum or product is refused.
/// </summary>
public static class ExactDecimal
{
    private const decimal One = 1.0000000000000000000000000000m;

    /// <summary>The same value without zeros at the end of its fraction.</summary>
    public static decimal Trim(decimal value) => value / One;

    /// <summary>Adds.</summary>
    /// <param name="left">One amount.</param>
    /// <param name="right">The other; negative to subtract.</param>
    /// <param name="sum">The exact sum without zeros at the end; 0 when there is none.</param>
    /// <returns>False when the sum has more digits than a decimal can hold, or just as many and could not be told from a rounded one.</returns>
    public static bool TryAdd(decimal left, decimal right, out decimal sum)
    {
        (decimal a, decimal b) = (Trim(left), Trim(right));
        sum = 0;
        decimal total;
        try
        {
            total = a + b;
        }
        catch (OverflowException)
        {
            return false;
        }

        // Addition keeps the longer fraction unless it had to round.
        if (total.Scale < Math.Max(a.Scale, b.Scale))
        {
            return false;
        }

        sum = Trim(total);
        return true;
    }

    /// <summary>Multiplies.</summary>
    /// <param name="left">One factor.</param>
    /// <param name="right">The other.</param>
    /// <param name="product">The exact product without zeros at the end; 0 when there is none.</param>
    /// <returns>False when the product has more digits than a decimal can hold.</returns>
    public static bool TryMultiply(decimal left, decimal right, out decimal product)
    {
        (decimal a, decimal b) = (Trim(left), Trim(right));
        product = 0;
        decimal value;
        try
        {
            value = a * b;
        }
        catch (OverflowException)
        {
            return false;
        }

        // The fraction is as long as both together unless it had to be rounded.
        if (value.Scale < a.Scale + b.Scale)
        {
            return value == 0 && (a == 0 || b == 0);
        }

        product = Trim(value);
        return true;
    }
}
