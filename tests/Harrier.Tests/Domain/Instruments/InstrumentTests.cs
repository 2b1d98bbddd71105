using System.Globalization;
using System.Runtime.Intrinsics;
using FsCheck;
using FsCheck.Fluent;
using Harrier.Domain;

namespace Harrier.Tests.Domain.Instruments;

/// <summary>Ticks, lots and their decimal and floating-point values.</summary>
public sealed class InstrumentTests
{
    [Theory]
    [InlineData("0.01", "30000.01", 3_000_001)]
    [InlineData("0.02", "0.12", 6)]
    [InlineData("0.12", "1.44", 12)]
    [InlineData("0.0005", "0.0015", 3)]
    [InlineData("5", "65", 13)]
    public void ToTicks_OnTheGrid_IsExact(string tick, string price, long ticks)
    {
        Instrument instrument = Create(Parse(tick), 1m);
        instrument.ToTicks(Parse(price)).Value.ShouldBe(ticks);
        instrument.ToDecimal(new PriceTicks(ticks)).ShouldBe(Parse(price));
    }

    [Fact]
    public void ToTicks_OffTheGrid_IsAnError() =>
        Should.Throw<ArgumentException>(() => Create(0.02m, 1m).ToTicks(0.13m)).Message.ShouldContain("0.13");

    [Fact]
    public void ToLots_OffTheGrid_IsAnError() =>
        Should.Throw<ArgumentException>(() => Create(1m, 0.001m).ToLots(0.0015m)).Message.ShouldContain("0.0015");

    [Fact]
    public void ToDouble_AnyPrice_HasTheBitsOfItsParsedText() => Check(Gen.Choose(1, 2_000_000_000), ticks =>
    {
        foreach (string tick in (ReadOnlySpan<string>)["0.01", "0.00001", "0.00000001", "0.02", "0.0005", "5"])
        {
            Instrument instrument = Create(Parse(tick), 1m);
            PriceTicks price = new(ticks);
            double parsed = double.Parse(instrument.ToDecimal(price).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            Vector256<double> four = instrument.ToDouble(Vector256.Create(ticks, 1L, 2L, ticks));
            if (instrument.ToDouble(price) != parsed || four[0] != parsed || four[3] != parsed)
            {
                return false;
            }
        }

        return true;
    });

    [Fact]
    public void RoundingToTicks_OfAPriceOnTheGrid_StaysThere() => Check(Gen.Choose(1, 1_000_000_000), ticks =>
    {
        Instrument instrument = Create(0.0001m, 1m);
        double price = instrument.ToDouble(new PriceTicks(ticks));
        return instrument.FloorToTicks(price).Value == ticks && instrument.CeilingToTicks(price).Value == ticks && instrument.RoundToTicks(price).Value == ticks;
    });

    [Theory]
    [InlineData("0.00001", "1.234567", 123_456)]
    [InlineData("0.5", "1.7", 3)]
    [InlineData("100", "250", 2)]
    public void FloorToLots_NeverRoundsUp(string lot, string size, long lots) => Create(1m, Parse(lot)).FloorToLots(Parse(size)).Value.ShouldBe(lots);

    [Fact]
    public void Notional_IsExact() => Create(0.01m, 0.00001m).Notional(new SizeLots(123), new PriceTicks(3_000_001)).ShouldBe(36.9000123m);

    [Theory]
    [InlineData("0", "1")]
    [InlineData("-1", "1")]
    [InlineData("1", "0")]
    public void Constructor_GridNotPositive_IsRefused(string tick, string lot) => Should.Throw<ArgumentException>(() => Create(Parse(tick), Parse(lot)));

    [Fact]
    public void MinLots_CoverTheSmallestQuantity()
    {
        InstrumentDefinition definition = Create(1m, 0.1m).Definition with { MinQuantity = 0.25m, MaxQuantity = 10.05m };
        Instrument instrument = new(new InstrumentId(0), definition);
        instrument.MinLots.Value.ShouldBe(3);
        instrument.MaxLots.Value.ShouldBe(100);
    }

    private static void Check(Gen<int> numbers, Func<int, bool> holds) =>
        Prop.ForAll(Arb.From(numbers), holds).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true));

    private static decimal Parse(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static Instrument Create(decimal tick, decimal lot) => new(new InstrumentId(0), new InstrumentDefinition
    {
        Venue = new VenueId("sim-test"),
        Symbol = "BTCUSDT",
        Base = new Asset("btc"),
        Quote = new Asset("USDT"),
        TickSize = tick,
        LotSize = lot,
    });
}
