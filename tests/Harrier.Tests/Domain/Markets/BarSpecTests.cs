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
