using FsCheck;
using FsCheck.Fluent;
using Harrier.Storage.Market.Formats;

namespace Harrier.Tests.Storage.Market.Formats;

public sealed class ExactNumberTests
{
    [Fact]
    public void TryToDouble_AnyDecimal_IsTheNearestDoubleAndSaysWhetherItGivesTheNumberBack() => Prop.ForAll(
        ArbMap.Default.ArbFor<decimal>(),
        value =>
        {
            bool lossless = ExactNumber.TryToDouble(value, out double nearest);
            double expected = double.Parse(value.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
            bool givesBack = decimal.TryParse(expected.ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out decimal back) && back == value;
            return nearest.Equals(expected) && lossless == givesBack;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void TryToDecimal_PricesOfManyDecimals_AreWhatTheShortestTextShows()
    {
        Random random = new(7);
        int hint = 0;
        for (int i = 0; i < 20_000; i++)
        {
            decimal exact = new((int)random.NextInt64(0, uint.MaxValue), random.Next(0, 20_000), 0, random.Next(2) == 0, (byte)random.Next(0, 12));
            double value = double.Parse(exact.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);

            ExactNumber.TryToDecimal(value, ref hint, out decimal back).ShouldBeTrue();

            back.ShouldBe(decimal.Parse(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e30)]
    public void TryToDecimal_NoDecimal_IsRefused(double value) => ExactNumber.TryToDecimal(value, out _).ShouldBeFalse();

    [Fact]
    public void MostDecimals_Columns_IsTheLongestFraction() =>
        ExactNumber.MostDecimals(new double[] { 1, 1.5, 100.25 }, new double[] { 0.1, 0.00012 }).ShouldBe(5);
}
