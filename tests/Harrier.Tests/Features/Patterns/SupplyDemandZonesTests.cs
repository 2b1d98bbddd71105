using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.Patterns;

namespace Harrier.Tests.Features.Patterns;

public sealed class SupplyDemandZonesTests : BarFeatureContract
{
    private const string Vector = "100,101,95,96 · 96,96.5,90,91 · 91,92,90.5,91.5 · 91.5,92,90.8,91.2 · 91.2,98,91,97.5 · 97.5,101,97,100.5";

    protected override IBarFeature Create() => new SupplyDemandZones();

    protected override string Show(IBarFeature feature)
    {
        SupplyDemandZones zones = (SupplyDemandZones)feature;
        return Text(Text(zones.Zones), Text(zones.Found), Text(zones.Dead), zones.Nearest(ZoneKind.Demand, 1000), zones.Nearest(ZoneKind.Supply, 1000));
    }

    [Fact]
    public void OnBar_DropBaseRally_MeetsTheVector()
    {
        SupplyDemandZones zones = new();
        ClosedBar[] bars = ClosedBars.Parse(Vector);
        for (int i = 0; i < bars.Length; i++)
        {
            zones.OnBar(in bars[i]);
            zones.Found.New.Length.ShouldBe(i == 4 ? 1 : 0);
        }

        Zone zone = zones.Zones.ToArray().ShouldHaveSingleItem();
        zone.Kind.ShouldBe(ZoneKind.Demand);
        zone.Pattern.ShouldBe(ZonePattern.DropBaseRally);
        zone.Distal.ShouldBe(90);
        zone.Proximal.ShouldBe(91.5);
        zone.Departure.ShouldBe(6.5 / 1.5, 1e-12);
        (zone.BaseIndex, zone.BaseBars, zone.KnownIndex).ShouldBe((2, 2, 4));
        zone.KnownAt.ShouldBe(bars[4].CloseTime);
        zone.IsFresh.ShouldBeTrue();
        zone.VolumeRatio.ShouldBe(double.NaN);
    }

    [Fact]
    public void OnBar_PriceComesBack_TouchesCountVisitsAndACloseBeyondEnds()
    {
        SupplyDemandZones zones = Fed(Vector
            + " · 100,100,91.4,95 · 95,95.2,91,92 · 92,96,92,95.5 · 95,95,91.5,93 · 93,93.2,89,90.5");
        zones.Zones[0].Touches.ShouldBe(2, "two bars in a row are one visit; a low below the distal edge is none of death");
        zones.OnBar(ClosedBars.Parse("90.5,91,89,89.9")[0]);
        zones.Zones.ToArray().Where(z => z.Kind == ZoneKind.Demand && z.Distal == 90).ShouldBeEmpty();
        zones.Dead.New[0].Touches.ShouldBe(2);
    }

    [Fact]
    public void OnBar_UpsideDown_IsASupplyZone()
    {
        SupplyDemandZones zones = new();
        foreach (ClosedBar bar in Textbook.UpsideDown(ClosedBars.Parse(Vector), 200))
        {
            zones.OnBar(in bar);
        }

        Zone zone = zones.Zones[0];
        (zone.Kind, zone.Pattern, zone.Proximal, zone.Distal).ShouldBe((ZoneKind.Supply, ZonePattern.RallyBaseDrop, 108.5, 110));
        zones.Nearest(ZoneKind.Supply, 100)!.Value.Distal.ShouldBe(110);
        zones.Nearest(ZoneKind.Supply, 111).ShouldBeNull();
    }

    [Theory]
    [InlineData("91,92,90.5,91.5 · 91.5,92,90.8,91.2 · 91.5,92,90.8,91.2 · 91.5,92,90.8,91.2 · 91.5,92,90.8,91.2 · 91.2,98,91,97.5")] // five base bars
    [InlineData("91.2,98,91,97.5")] // none
    [InlineData("91,92,90.5,91.5 · 91.2,94.4,91,94.3")] // does not leave far enough
    public void OnBar_NotAZone_FindsNone(string rows) => Fed("96,96.5,90,91 · " + rows).Found.Total.ShouldBe(0);

    [Fact]
    public void OnBar_RandomSeries_EqualsTheSlowForm()
    {
        int found = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            ClosedBar[] bars = ClosedBars.Walk(seed, 300);
            SupplyDemandZones zones = new(new ZoneSettings { MaxZones = 300 });
            for (int t = 0; t < bars.Length; t++)
            {
                zones.OnBar(in bars[t]);
            }

            List<string> slow = [.. SlowZones(bars)];
            zones.Zones.ToArray().Select(z => $"{z.Pattern} {z.Proximal} {z.Distal} {z.BaseBars}@{z.KnownIndex} {z.Touches}").ShouldBe(slow, $"seed {seed}");
            found += zones.Found.Total;
        }

        found.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void OnBar_MoreZonesThanPlaces_ForgetsTheOldest()
    {
        SupplyDemandZones few = new(new ZoneSettings { MaxZones = 2 });
        SupplyDemandZones many = new(new ZoneSettings { MaxZones = 300 });
        foreach (ClosedBar bar in ClosedBars.Walk(3, 300))
        {
            few.OnBar(in bar);
            many.OnBar(in bar);
        }

        few.Zones.Length.ShouldBe(2);
        few.Found.Total.ShouldBe(many.Found.Total);
    }

    [Fact]
    public void Score_Rules_FollowTheirOrder()
    {
        Zone zone = Fed(Vector).Zones[0] with { Departure = 2, VolumeRatio = 1 };
        Timestamp soon = zone.KnownAt + TimeSpan.FromHours(1);
        ZoneScore.Strength(2, 1, 0).ShouldBe(41.66, 1e-9);
        ZoneScore.Strength(9, 9, 9).ShouldBe(100, 1e-9);
        ZoneScore.Strength(2, double.NaN, 1).ShouldBe(32.66, 1e-9);
        ZoneScore.Of(in zone, soon).ShouldBe(41.66 * 1.2, 1e-9);
        ZoneScore.Of(zone with { Touches = 2 }, soon).ShouldBe(21.66, 1e-9);
        ZoneScore.Of(in zone, zone.KnownAt + TimeSpan.FromHours(169)).ShouldBe(41.66 * 1.2 * 0.8, 1e-9);
        ZoneScore.Of(in zone, zone.KnownAt + TimeSpan.FromHours(168)).ShouldBe(41.66 * 1.2, 1e-9);
        ZoneScore.Of(in zone, soon, new ZoneContext(0, 50, true, 1)).ShouldBe((((41.66 * 1.2) + 15) * 1.15) + 5, 1e-9);
        ZoneScore.Of(zone with { Touches = 9 }, soon).ShouldBe(0);
        ZoneScore.Of(in zone, soon, new ZoneContext(9, 100, true, 3)).ShouldBe(100);
    }

    private static IEnumerable<string> SlowZones(ClosedBar[] b)
    {
        double Share(int i) => b[i].Range == 0 ? 0 : Math.Abs(b[i].Open - b[i].Close) / b[i].Range;
        for (int t = 2; t < b.Length; t++)
        {
            for (int bars = 1; bars <= 4 && t - bars - 1 >= 0; bars++)
            {
                int[] pause = [.. Enumerable.Range(t - bars, bars)];
                int legIn = t - bars - 1;
                if (Share(t) <= 0.5 || Share(legIn) <= 0.5 || pause.Any(i => Share(i) > 0.5))
                {
                    continue;
                }

                bool up = b[t].Close > b[t].Open;
                double proximal = up ? pause.Max(i => Math.Max(b[i].Open, b[i].Close)) : pause.Min(i => Math.Min(b[i].Open, b[i].Close));
                double distal = up ? Enumerable.Range(legIn, bars + 2).Min(i => b[i].Low) : Enumerable.Range(legIn, bars + 2).Max(i => b[i].High);
                double left = up ? b[t].High - proximal : proximal - b[t].Low;
                bool isOut = up ? b[t].Close > proximal : b[t].Close < proximal;
                if (!isOut || proximal == distal || left < 2 * Math.Abs(proximal - distal)
                    || b.Skip(t + 1).Any(bar => up ? bar.Close < distal : bar.Close > distal))
                {
                    continue;
                }

                bool[] inside = [.. b.Skip(t + 1).Select(bar => up ? bar.Low <= proximal : bar.High >= proximal)];
                int visits = inside.Where((here, i) => here && (i == 0 || !inside[i - 1])).Count();
                string way = (b[legIn].Close > b[legIn].Open ? "Rally" : "Drop") + "Base" + (up ? "Rally" : "Drop");
                yield return $"{way} {proximal} {distal} {bars}@{t} {visits}";
            }
        }
    }

    private static SupplyDemandZones Fed(string rows)
    {
        SupplyDemandZones zones = new();
        foreach (ClosedBar bar in ClosedBars.Parse(rows))
        {
            zones.OnBar(in bar);
        }

        return zones;
    }
}
