using System.Globalization;
using System.Numerics;
using Harrier.Domain;
using Harrier.Simulation.Randomness;

namespace Harrier.Tests.Domain;

public sealed class ExactDecimalTests
{
    [Theory]
    [InlineData("0.1", "0.2", "0.3")]
    [InlineData("1.000", "-1", "0")]
    [InlineData("79228162514.264337593543950334", "0.000000000000000001", "79228162514.264337593543950335")]
    [InlineData("1.0000000000000000000000000000", "1000000", "1000001")]
    public void TryAdd_TheSumFits_IsExactAndTrimmed(string left, string right, string sum)
    {
        ExactDecimal.TryAdd(Of(left), Of(right), out decimal result).ShouldBeTrue();
        result.ToString(CultureInfo.InvariantCulture).ShouldBe(sum);
    }

    [Theory]
    [InlineData("79228162514.264337593543950335", "0.000000000000000001")]
    [InlineData("1000000000000", "0.000000000000000001")]
    [InlineData("79228162514264337593543950335", "1")]
    [InlineData("79228162514264337593543950335", "0.1")]
    public void TryAdd_TheSumHasTooManyDigits_IsRefusedWhereTheFrameworkRounds(string left, string right)
    {
        ExactDecimal.TryAdd(Of(left), Of(right), out decimal result).ShouldBeFalse();
        result.ShouldBe(0);
    }

    [Fact]
    public void TryAdd_RandomPairs_AgreesWithWholeNumbersOrRefuses()
    {
        RandomStream random = new(5);
        int refused = 0;
        for (int i = 0; i < 50_000; i++)
        {
            (decimal left, decimal right) = (Random(random), Random(random));
            if (!ExactDecimal.TryAdd(left, right, out decimal sum))
            {
                refused++;
                continue;
            }

            Whole(sum).ShouldBe(Whole(left) + Whole(right));
            ExactDecimal.Trim(sum).Scale.ShouldBe(sum.Scale);
        }

        refused.ShouldBeInRange(1000, 49_000);
    }

    private static decimal Of(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static decimal Random(RandomStream random)
    {
        decimal value = new(
            (int)(random.NextDouble() * int.MaxValue),
            (int)(random.NextDouble() * int.MaxValue),
            random.NextDouble() < 0.5 ? 0 : (int)(random.NextDouble() * int.MaxValue),
            random.NextDouble() < 0.5,
            (byte)(random.NextDouble() * 29));
        return value;
    }

    // In units of 10 to the power of -28.
    private static BigInteger Whole(decimal value)
    {
        int[] bits = decimal.GetBits(value);
        BigInteger number = new BigInteger((uint)bits[0]) + (new BigInteger((uint)bits[1]) << 32) + (new BigInteger((uint)bits[2]) << 64);
        return (value < 0 ? -number : number) * BigInteger.Pow(10, 28 - value.Scale);
    }

    [Fact]
    public void TryMultiply_ProductThatFits_IsExactWithoutZerosAtTheEnd()
    {
        ExactDecimal.TryMultiply(42002.50m, 0.00200m, out decimal product).ShouldBeTrue();
        product.ToString(CultureInfo.InvariantCulture).ShouldBe("84.005");
        ExactDecimal.TryMultiply(0m, 0.1m, out decimal nothing).ShouldBeTrue();
        nothing.ShouldBe(0m);
    }

    [Fact]
    public void TryMultiply_ProductWithTooManyDigits_IsRefused()
    {
        ExactDecimal.TryMultiply(0.123456789012345678m, 0.123456789012345678m, out _).ShouldBeFalse();
        ExactDecimal.TryMultiply(decimal.MaxValue, 2, out _).ShouldBeFalse();
    }
}
