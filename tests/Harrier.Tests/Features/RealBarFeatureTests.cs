using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.Levels;
using Harrier.Features.OrderFlow;
using Harrier.Features.Patterns;
using Harrier.Storage.Bars;

namespace Harrier.Tests.Features;

/// <summary>Years of recorded bars: no feature fails on them, and what is found is of a plausible number.</summary>
public sealed class RealBarFeatureTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("data/klines/1h/binance-spot_BTCUSDT_1h.json.gz")]
    [InlineData("data/klines/1h/binance-spot_DOGEUSDT_1h.json.gz")]
    [InlineData("data/klines/5m/bybit-linear_ETHUSDT_5m_2025.csv.gz")]
    [InlineData("data/klines/1m/binance-usdm_LINKUSDT-1m-2023-02.csv.gz")]
    public void OnBar_RecordedBars_FindsPlausibleNumbers(string file)
    {
        BarSeries series = BarFileReader.Read(SharedData.Require(file), new BarReadOptions())[0].Series;
        LevelDetector levels = new();
        BarOrderFlow flow = new();
        WyckoffDetector wyckoff = new();
        SupplyDemandZones zones = new();
        VolumeProfile profile = new();
        Dictionary<string, int> found = [];
        int levelCount = 0;
        int levelReads = 0;
        for (int i = 0; i < series.Count; i++)
        {
            ClosedBar bar = ClosedBar.From(in series[i], series.Instrument);
            foreach (IBarFeature feature in (IBarFeature[])[levels, flow, wyckoff, zones, profile])
            {
                feature.OnBar(in bar);
            }

            foreach (WyckoffEvent one in wyckoff.Events.New)
            {
                found[one.Code] = found.GetValueOrDefault(one.Code) + 1;
            }

            if (i % 50 == 49 && levels.IsReady)
            {
                levelReads++;
                levelCount += levels.Levels.Count;
                profile.PointOfControl.ShouldBeInRange(profile.ValueAreaLow, profile.ValueAreaHigh);
            }
        }

        double perThousand = 1000.0 / series.Count;
        output.WriteLine($"{file}: {series.Count} bars; events {string.Join(' ', found.OrderBy(f => f.Key).Select(f => $"{f.Key} {f.Value}"))}; "
            + $"signals {wyckoff.Signals.Total}, zones {zones.Found.Total}, divergences {flow.Divergences.Total}, imbalance zones {flow.Zones.Total}, "
            + $"absorption and exhaustion {flow.Events.Total}, levels {(double)levelCount / levelReads:0.0}, source {flow.Source}");
        ((double)levelCount / levelReads).ShouldBeInRange(2, 60);
        (zones.Found.Total * perThousand).ShouldBeInRange(1, 100);
        (flow.Divergences.Total * perThousand).ShouldBeInRange(0.1, 100);
        (flow.Events.Total * perThousand).ShouldBeInRange(1, 150);
        (found.GetValueOrDefault("SPRING") * perThousand).ShouldBeLessThan(2);
        found.GetValueOrDefault("SC").ShouldBeGreaterThan(0);
    }
}
