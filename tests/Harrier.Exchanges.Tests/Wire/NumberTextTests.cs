using System.Globalization;
using System.Text;
using Harrier.Exchanges.Wire;
using Harrier.Simulation.Randomness;

namespace Harrier.Exchanges.Tests.Wire;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData("61685.99000000", "0.01", NumberFault.None, 6_168_599)]
    [InlineData("0.5", "0.5", NumberFault.None, 1)]
    [InlineData("0.000000000000000001", "0.000000000000000001", NumberFault.None, 1)]
    [InlineData("12", "0.25", NumberFault.None, 48)]
    [InlineData("9223372036854775807", "1", NumberFault.None, long.MaxValue)]
    [InlineData("9223372036854775808", "1", NumberFault.OffGrid, 0)]
    [InlineData("0.015", "0.01", NumberFault.OffGrid, 0)]
    [InlineData("-1", "1", NumberFault.OffGrid, 0)]
    [InlineData("", "1", NumberFault.Malformed, 0)]
    [InlineData(".", "1", NumberFault.Malformed, 0)]
    [InlineData("1.", "1", NumberFault.Malformed, 0)]
    [InlineData(".5", "0.5", NumberFault.Malformed, 0)]
    [InlineData("1.2.3", "0.1", NumberFault.Malformed, 0)]
    [InlineData("1e3", "1", NumberFault.Malformed, 0)]
    [InlineData("+1", "1", NumberFault.Malformed, 0)]
    [InlineData(" 1", "1", NumberFault.Malformed, 0)]
    [InlineData("NaN", "1", NumberFault.Malformed, 0)]
    public void Read_GivesStepsOrTheFault(string text, string step, NumberFault fault, long steps)
    {
        NumberText.Read(Encoding.UTF8.GetBytes(text), new DecimalGrid(decimal.Parse(step, CultureInfo.InvariantCulture)), out long read).ShouldBe(fault);
        read.ShouldBe(steps);
    }

    [Fact]
    public void TryQuick_OfRandomNumbers_EqualsDecimals()
    {
        RandomStream random = new(1);
        decimal[] steps = [0.01m, 0.00001m, 1m, 0.5m, 0.25m, 0.00000001m, 0.1m, 5m, 0.000025m];
        for (int i = 0; i < 200_000; i++)
        {
            decimal step = steps[i % steps.Length];
            int decimals = random.NextInt32(9);
            decimal value = Math.Round(random.NextInt32(99_999_999) * 0.00000001m * (decimal)Math.Pow(10, random.NextInt32(9)), decimals);
            string text = value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            byte[] message = Encoding.UTF8.GetBytes($"[[[[[[[[\"{text}\",\"1\"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]");
            int position = 8;
            DecimalGrid grid = new(step);
            decimal exact = value / step;
            bool isOnGrid = exact == decimal.Truncate(exact);

            if (NumberText.TryQuick(message, ref position, in grid, out long quick) != isOnGrid || (isOnGrid && quick != exact))
            {
                (text, step, quick).ShouldBe((text, step, (long)exact));
            }

            position.ShouldBe(isOnGrid ? 8 + text.Length + 2 : 8);
            NumberText.Read(Encoding.UTF8.GetBytes(text), in grid, out long careful).ShouldBe(isOnGrid ? NumberFault.None : NumberFault.OffGrid);
            careful.ShouldBe(isOnGrid ? (long)exact : 0);
        }
    }
}
