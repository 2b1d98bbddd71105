using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Harrier.Domain;
using Harrier.Storage.Bars;

namespace Harrier.Tests.Storage.Bars;

public sealed class TimeTextTests
{
    private static readonly string[] Formats = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss.fffffffzzz", "yyyy/MM/dd HH:mm", "yyyyMMdd HH:mm:ss.fff", "yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ss'Z'", "yyyy-MM-dd HH:mm:ss.ffffff'+00:00'"];

    [Fact]
    public void TryParse_IsoText_AgreesWithDotNet()
    {
        var generator = from seconds in Gen.Choose(1_000_000_000, 2_000_000_000)
                        from ticks in Gen.Choose(0, 9_999_999)
                        from offset in Gen.Choose(-14 * 60, 14 * 60)
                        from format in Gen.Elements(Formats)
                        select (DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(ticks), offset, format);
        Prop.ForAll(generator.ToArbitrary(), value =>
        {
            DateTimeOffset time = value.format.Contains("zzz", StringComparison.Ordinal) ? value.Item1.ToOffset(TimeSpan.FromMinutes(value.offset)) : value.Item1;
            string text = time.ToString(value.format, CultureInfo.InvariantCulture);
            DateTimeOffset expected = DateTimeOffset.ParseExact(text, value.format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

            TimeText.TryParse(Encoding.ASCII.GetBytes(text), out long nanos, out TimeUnits unit).ShouldBeTrue(text);
            nanos.ShouldBe(Timestamp.From(expected).Nanos, text);
            unit.ShouldBe(TimeUnits.Text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(3, 7));
    }

    [Theory]
    [InlineData("1704067200", "Seconds")]
    [InlineData("1704067200000", "Milliseconds")]
    [InlineData("1704067200000000", "Microseconds")]
    [InlineData("1704067200000000000", "Nanoseconds")]
    [InlineData("1704067200.0", "Seconds")]
    [InlineData("1.7040672E+12", "Milliseconds")]
    [InlineData("20240101", "Text")]
    [InlineData("2024-01-01T00:00:00 UTC", "Text")]
    [InlineData("2024-01-01 05:30+05:30", "Text")]
    public void TryParse_AnyUnit_IsToldFromTheSize(string text, string unit)
    {
        TimeText.TryParse(Encoding.ASCII.GetBytes(text), out long nanos, out TimeUnits found).ShouldBeTrue();
        nanos.ShouldBe(1_704_067_200_000_000_000);
        found.ToString().ShouldBe(unit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("86400000")]
    [InlineData("99999999999")]
    [InlineData("-1704067200")]
    [InlineData("2024-13-01")]
    [InlineData("2023-02-29")]
    [InlineData("2024-01-01 24:00")]
    [InlineData("2024-01-01 10:60:00")]
    [InlineData("2024-01-01 10:00:00 PST")]
    [InlineData("2024-01/01")]
    [InlineData("01/02/2024")]
    [InlineData("1999-12-31")]
    [InlineData("2024-01-01T")]
    [InlineData("2024-01-01 10:00:00.")]
    [InlineData("2024-01-01 10:00:00+25:00")]
    public void TryParse_NoTimeOrOutOfRange_IsRefused(string text) => TimeText.TryParse(Encoding.ASCII.GetBytes(text), out _, out _).ShouldBeFalse();
}
