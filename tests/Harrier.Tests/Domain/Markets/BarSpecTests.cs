using System.Runtime.CompilerServices;
using Harrier.Domain;

namespace Harrier.Tests.Domain.Markets;

/// <summary>Lengths of bars as text, and the size of what is passed around.</summary>
public sealed class BarSpecTests
{
    [Theory]
    [InlineData("1s", 1)]
    [InlineData("5m", 300)]
    [InlineData("4h", 14_400)]
    [InlineData("1d", 86_400)]
    public void Text_RoundTrips(string text, long seconds)
    {
        BarSpec.TryParse(text, out BarSpec spec).ShouldBeTrue();
        spec.IntervalNanos.ShouldBe(seconds * Timestamp.NanosPerSecond);
        spec.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("0m")]
    [InlineData("-1h")]
    [InlineData("1y")]
    [InlineData("1.5h")]
    public void TryParse_OtherText_IsRefused(string text) => BarSpec.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("tick:1000", BarKind.Tick, "1000")]
    [InlineData("volume:50", BarKind.Volume, "50")]
    [InlineData("volume:0.25", BarKind.Volume, "0.25")]
    [InlineData("dollar:1000000", BarKind.Dollar, "1000000")]
    [InlineData("renko:100", BarKind.Renko, "100")]
    [InlineData("imbalance:20", BarKind.Imbalance, "20")]
    public void Text_OtherKinds_RoundTrip(string text, BarKind kind, string size)
    {
        BarSpec.TryParse(text, out BarSpec spec).ShouldBeTrue();
        spec.Kind.ShouldBe(kind);
        spec.IsTime.ShouldBeFalse();
        spec.Size.ShouldBe(decimal.Parse(size, System.Globalization.CultureInfo.InvariantCulture));
        spec.ToString().ShouldBe(text);
        spec.ShouldBe(BarSpec.Of(kind, spec.Size + 0.00m));
        (spec with { IntervalNanos = 7 }).Size.ShouldBe(spec.Size);
    }

    [Theory]
    [InlineData("tick:")]
    [InlineData("tick:0")]
    [InlineData("tick:-1")]
    [InlineData("tick:1.5")]
    [InlineData("tick:1e3")]
    [InlineData("tick: 5")]
    [InlineData("tick:3000000000")]
    [InlineData("time:60")]
    [InlineData("renko:0.5")]
    [InlineData("imbalance:1")]
    [InlineData("volume:0.123456789")]
    [InlineData("volume:1234567890.1")]
    [InlineData("bricks:10")]
    [InlineData(":10")]
    public void TryParse_OtherKindsWithoutASize_AreRefused(string text) => BarSpec.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void TimeBars_InMemory_AreTheBytesThatJournalsHold()
    {
        BarSpec.TryParse("1m", out BarSpec spec).ShouldBeTrue();
        Span<byte> bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(new Span<BarSpec>(ref spec));
        Convert.ToHexString(bytes).ShouldBe("005847F80D000000" + "0000" + "000000000000");
        spec = spec with { Source = BarSource.Synthetic };
        Convert.ToHexString(bytes).ShouldBe("005847F80D000000" + "0002" + "000000000000");
        Unsafe.SizeOf<Bar>().ShouldBe(88);
    }

    [Fact]
    public void Events_HaveTheSizesThatMemoryAndJournalCountOn()
    {
        Unsafe.SizeOf<Bar>().ShouldBeLessThanOrEqualTo(128);
        Unsafe.SizeOf<MarketEvent>().ShouldBe(64);
    }

    [Fact]
    public void BarSeries_NotAscending_IsRefused()
    {
        Instrument instrument = new(new InstrumentId(0), new InstrumentDefinition
        {
            Venue = new VenueId("sim-test"),
            Symbol = "BTCUSDT",
            Base = new Asset("BTC"),
            Quote = new Asset("USDT"),
            TickSize = 1,
            LotSize = 1,
        });
        BarSpec.TryParse("1m", out BarSpec spec).ShouldBeTrue();
        Bar bar = new() { OpenTime = default, Open = new(1), High = new(1), Low = new(1), Close = new(1), Spec = spec, Instrument = instrument.Id };
        Should.Throw<ArgumentException>(() => new BarSeries(instrument, spec, [bar, bar], 2));
        new BarSeries(instrument, spec, [bar, bar], 1).Count.ShouldBe(1);
    }
}
