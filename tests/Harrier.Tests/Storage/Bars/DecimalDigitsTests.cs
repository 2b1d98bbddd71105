using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Harrier.Storage.Bars;

namespace Harrier.Tests.Storage.Bars;

public sealed class DecimalDigitsTests
{
    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("42283.58", 4228358, 2)]
    [InlineData("-1.50", -15, 1)]
    [InlineData("+.5", 5, 1)]
    [InlineData("5.", 5, 0)]
    [InlineData("1e-05", 1, 5)]
    [InlineData("1.25E3", 1250, 0)]
    [InlineData("0.000000000000000001", 1, 18)]
    [InlineData("0.28800000000000003553", 288000000000000036, 18)]
    public void TryParse_Number_KeepsItsDigits(string text, long mantissa, int scale)
    {
        DecimalDigits.TryParse(Encoding.ASCII.GetBytes(text), out DecimalDigits digits).ShouldBeTrue();
        digits.Trimmed().ShouldBe(new DecimalDigits(mantissa, scale));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("1,5")]
    [InlineData("1e")]
    [InlineData("1e999")]
    [InlineData("1e30")]
    [InlineData("0x1F")]
    [InlineData("1234567890123456789")]
    public void TryParse_NoNumberOrTooLarge_IsRefused(string text) => DecimalDigits.TryParse(Encoding.ASCII.GetBytes(text), out _).ShouldBeFalse();

    [Theory]
    [InlineData("1553680.3999999999", "1553680.4")]
    [InlineData("67462293.2399999946", "67462293.24")]
    [InlineData("5726007353.3999996185", "5726007353.4")]
    [InlineData("0.28800000000000003", "0.288")]
    [InlineData("1.7999999999999998", "1.8")]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("1000.0000000001", "1000")]
    [InlineData("100000.12345678", "100000.1234568")]
    [InlineData("0.000123450000000001", "0.00012345")]
    public void WithoutDust_NumberFromADouble_IsTheShortDecimal(string text, string expected)
    {
        DecimalDigits.TryParse(Encoding.ASCII.GetBytes(text), out DecimalDigits digits).ShouldBeTrue();
        DecimalDigits.TryParse(Encoding.ASCII.GetBytes(expected), out DecimalDigits shorter).ShouldBeTrue();

        digits.WithoutDust(13).ShouldBe(shorter.Trimmed());
    }

    [Fact]
    public void WithoutDust_FewerDigits_StaysExact() =>
        new DecimalDigits(10000012345678, 8).WithoutDust(BarRowParser.TextDustDigits).ShouldBe(new DecimalDigits(10000012345678, 8));

    [Fact]
    public void WithoutDust_AnyShortDecimalPrintedFromADouble_ComesBack()
    {
        var generator = from mantissa in Gen.Choose(1, int.MaxValue) from scale in Gen.Choose(0, 8) select (mantissa, scale);
        Prop.ForAll(generator.ToArbitrary(), value =>
        {
            DecimalDigits exact = new(value.mantissa, value.scale);
            string dusty = (exact.ToDouble() * 3 / 3).ToString("R", CultureInfo.InvariantCulture);
            DecimalDigits.TryParse(Encoding.ASCII.GetBytes(dusty), out DecimalDigits read).ShouldBeTrue();
            read.WithoutDust(13).ShouldBe(exact.Trimmed());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(11, 7));
    }

    [Fact]
    public void ToDouble_AnyNumber_IsTheNearestDouble()
    {
        var generator = from high in Gen.Choose(0, 999_999_999) from low in Gen.Choose(0, 999_999_999) from scale in Gen.Choose(0, 18) select ((high * 1_000_000_000L) + low, scale);
        Prop.ForAll(generator.ToArbitrary(), value =>
        {
            string text = FormattableString.Invariant($"{value.Item1}e-{value.scale}");
            new DecimalDigits(value.Item1, value.scale).ToDouble().ShouldBe(double.Parse(text, CultureInfo.InvariantCulture));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(11, 7));
    }
}
