using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.OrderFlow;

namespace Harrier.Tests.Features.OrderFlow;

public sealed class VolumeProfileTests : BarFeatureContract
{
    protected override IBarFeature Create() => new VolumeProfile();

    protected override string Show(IBarFeature feature)
    {
        VolumeProfile profile = (VolumeProfile)feature;
        return Text(profile.PointOfControl, profile.ValueAreaLow, profile.ValueAreaHigh, profile.ValueAreaShare, profile.LowestPrice, profile.RowHeight, Text(profile.Rows), profile.KnownAt);
    }

    [Fact]
    public void Rows_RandomSeries_EqualTheSlowForm()
    {
        VolumeProfile profile = new(new VolumeProfileSettings { Window = 40, Rows = 12 });
        List<ClosedBar> seen = [];
        foreach (ClosedBar bar in ClosedBars.Walk(3, 200))
        {
            profile.OnBar(in bar);
            seen.Add(bar);
            List<ClosedBar> window = [.. seen.TakeLast(40)];
            double low = window.Min(b => b.Low);
            double height = (window.Max(b => b.High) - low) / 12;
            for (int row = 0; row < 12; row++)
            {
                double bottom = low + (row * height);
                double expected = window.Where(b => b.Range > 0)
                    .Sum(b => b.Volume * Math.Max(0, Math.Min(b.High, bottom + height) - Math.Max(b.Low, bottom)) / b.Range);
                profile.Rows[row].ShouldBe(expected + Flat(window, low, height, row), 1e-6);
            }

            profile.Rows.ToArray().Sum().ShouldBe(window.Sum(b => b.Volume), 1e-6);
            ValueArea area = ValueArea.Of(profile.Rows, ValueAreaRule.TwoRow);
            profile.ValueAreaLow.ShouldBe(low + (area.Low * height), 1e-9);
            profile.ValueAreaHigh.ShouldBe(low + ((area.High + 1) * height), 1e-9);
            profile.PointOfControl.ShouldBe(low + ((area.PointOfControl + 0.5) * height), 1e-9);
        }
    }

    [Fact]
    public void Rows_OnePrice_AllInTheMiddle()
    {
        VolumeProfile profile = new();
        profile.PointOfControl.ShouldBe(double.NaN);
        profile.OnBar(ClosedBars.Parse("5,5,5,5,10")[0]);
        profile.PointOfControl.ShouldBe(5);
        profile.ValueAreaShare.ShouldBe(1);
    }

    [Fact]
    public void TradeProfile_RandomTape_EqualsADictionary()
    {
        TradeProfile profile = new();
        profile.Area().ShouldBeNull();
        Dictionary<long, long> volumes = [];
        foreach (MarketEvent trade in TradeEvents.Tape(6, 3000))
        {
            profile.OnTrade(in trade);
            volumes[trade.Price.Value] = volumes.GetValueOrDefault(trade.Price.Value) + trade.Size.Value;
        }

        double[] rows = [.. Enumerable.Range((int)volumes.Keys.Min(), (int)(volumes.Keys.Max() - volumes.Keys.Min() + 1)).Select(p => (double)volumes.GetValueOrDefault(p))];
        profile.LowestRow.Value.ShouldBe(volumes.Keys.Min());
        profile.Area(ValueAreaRule.OneRow).ShouldBe(ValueArea.Of(rows, ValueAreaRule.OneRow));
    }

    [Fact]
    public void TradeProfile_NextSession_BeginsAnew()
    {
        TradeProfile profile = new(new TradeProfileSettings { SessionStart = TimeSpan.FromHours(8) });
        profile.OnTrade(TradeEvents.At(0, 100, 5, isSell: false));
        profile.OnTrade(TradeEvents.At((8 * 3600) - 1, 101, 5, isSell: false));
        profile.Rows.Length.ShouldBe(2);
        profile.OnTrade(TradeEvents.At(8 * 3600, 500, 3, isSell: true));
        profile.OnTrade(TradeEvents.At(10, 100, 5, isSell: false));
        profile.Rows.ToArray().ShouldBe([new FootprintRow(0, 3)]);
        byte[] state = BarFeatureContract.Saved(profile);
        TradeProfile restored = new(new TradeProfileSettings { SessionStart = TimeSpan.FromHours(8) });
        BarFeatureContract.Restore(restored, state).ShouldBe(0);
        BarFeatureContract.Saved(restored).ShouldBe(state);
    }

    // A bar without range lies in one row, by the same rule as an edge: the row above.
    private static double Flat(List<ClosedBar> window, double low, double height, int row) => window
        .Where(b => b.Range == 0 && (height > 0 ? Math.Clamp((int)((b.Low - low) / height), 0, 11) : 6) == row).Sum(b => b.Volume);
}
