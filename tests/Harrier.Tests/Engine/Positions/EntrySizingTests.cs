using Harrier.Domain;
using Harrier.Engine.Positions;
using Harrier.Engine.Strategies;

namespace Harrier.Tests.Engine.Positions;

/// <summary>The size of a planned entry: the vectors of the breakout system, all with stops 2 % under their entries, then each cap by hand.</summary>
public sealed class EntrySizingTests
{
    private static readonly PositionSizing TwoPercent = new(SizingMethod.RiskOfEquity, 0.02m);

    private static readonly Instrument Instrument = new(default, new InstrumentDefinition
    {
        Venue = new VenueId("sim-test"),
        Symbol = "BTCUSDT",
        Kind = InstrumentKind.LinearPerpetual,
        Base = new Asset("BTC"),
        Quote = new Asset("USDT"),
        TickSize = 0.01m,
        LotSize = 0.0001m,
    });

    [Theory]
    [InlineData(100.0, null, null, 100.0, EntryCaps.None)]
    [InlineData(100.0, null, 5_000.0, 40.0, EntryCaps.Depth)]
    [InlineData(50_000.0, 10_000.0, null, 0.2, EntryCaps.None)]
    [InlineData(100.0, 3_000.0, 5_000.0, 30.0, EntryCaps.MaxValue)]
    [InlineData(100.0, 4_500.0, 5_000.0, 40.0, EntryCaps.MaxValue | EntryCaps.Depth)]
    [InlineData(100.0, null, 1e9, 100.0, EntryCaps.None)]
    public void Size_ByRisk_IsAsPublished(double entry, double? maxValue, double? depth, double expected, EntryCaps caps)
    {
        (SizeLots size, EntryCaps capped) = Size(entry, 0.98 * entry, new EntryLimits { MaxValue = (decimal?)maxValue }, (decimal?)depth);
        Instrument.ToDecimal(size).ShouldBe((decimal)expected);
        capped.ShouldBe(caps);
    }

    [Fact]
    public void Size_WithoutDistance_IsNothing() => Size(100, 100, new EntryLimits(), null).Size.IsZero.ShouldBeTrue();

    [Fact]
    public void Size_BeyondTheFunds_IsWhatTheyPayFor()
    {
        PositionSizing.Basis facts = new(10_000, 1_000, 100, 0.02m, 0, 1, HasLimit: true);
        (SizeLots size, EntryCaps caps) = EntrySizing.Size(Instrument, TwoPercent, new EntryLimits(), new EntrySizing.Basis(facts, null));
        Instrument.ToDecimal(size).ShouldBe(10m);
        caps.ShouldBe(EntryCaps.Funds);
    }

    [Fact]
    public void Size_ByRisk_CountsFeesOfBothSidesAndSlippage()
    {
        // A unit loses 2 + 0.1 % of 100 + 0.1 % of 98 + 0.05 % of 98 = 2.247 at the stop.
        PositionSizing.Basis facts = new(10_000, 1e9m, 100, 0.02m, 0.001m, 1, 0.0005m, HasLimit: true);
        (SizeLots size, _) = EntrySizing.Size(Instrument, TwoPercent, new EntryLimits(), new EntrySizing.Basis(facts, null));
        Instrument.ToDecimal(size).ShouldBe(decimal.Floor(200 / 2.247m * 10_000) / 10_000);
    }

    private static (SizeLots Size, EntryCaps Caps) Size(double entry, double stop, EntryLimits limits, decimal? depth)
    {
        decimal fraction = ((decimal)entry - (decimal)stop) / (decimal)entry;
        PositionSizing.Basis facts = new(10_000, 1e9m, (decimal)entry, fraction, 0, 1, HasLimit: true);
        return EntrySizing.Size(Instrument, TwoPercent, limits, new EntrySizing.Basis(facts, depth));
    }
}
