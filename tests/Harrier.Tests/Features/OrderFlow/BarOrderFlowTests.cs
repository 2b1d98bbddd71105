using Harrier.Features;
using Harrier.Features.OrderFlow;

namespace Harrier.Tests.Features.OrderFlow;

public sealed class BarOrderFlowTests : BarFeatureContract
{
    protected override IBarFeature Create() => new BarOrderFlow();

    protected override string Show(IBarFeature feature)
    {
        BarOrderFlow flow = (BarOrderFlow)feature;
        return Text(
            flow.Deltas.Last, flow.Deltas.Cumulative, flow.Deltas.Session, flow.Momentum, flow.ImbalanceRatio, flow.Imbalance, flow.BuyingBarVolume, flow.SellingBarVolume,
            flow.VolumeRatio, flow.Score, flow.Bias, Text(flow.Divergences), Text(flow.OpenZones), Text(flow.Zones), Text(flow.OpenLiquidity), Text(flow.Liquidity), Text(flow.Events));
    }

    [Fact]
    public void OnBar_SharedSeries_MeetsTheOriginal()
    {
        // The original adds 0.0001 to each range; its session is the last 20 bars.
        BarOrderFlow flow = new(new FlowSettings { Delta = new DeltaSettings { RangeGuard = 0.0001 } });
        List<double> deltas = [];
        foreach (ClosedBar bar in ClosedBars.Lcg(120))
        {
            flow.OnBar(in bar);
            deltas.Add(flow.Deltas.Last.Delta);
        }

        flow.Source.ShouldBe(DeltaSource.BarEstimate);
        flow.Deltas.Cumulative.ShouldBe(7684.3289575, 1e-6);
        deltas.TakeLast(20).Sum().ShouldBe(1276.8978289, 1e-6);
        flow.Momentum.ShouldBe(-0.354106185099, 1e-11);
        flow.BuyingBarVolume.ShouldBe(95536.583785, 1e-6);
        flow.SellingBarVolume.ShouldBe(85747.1808158, 1e-6);
        flow.VolumeRatio.ShouldBe(1.11416588716, 1e-10);
        flow.Imbalance.ShouldBe(FlowImbalance.Selling);
        flow.Liquidity.Total.ShouldBe(5);
        flow.Zones.Total.ShouldBe(0);
        flow.Events.Total.ShouldBe(0);
        flow.Bias.ShouldBe(FlowSide.Neutral);
    }

    [Fact]
    public void OnBar_ThreeBars_MeetsTheEstimate()
    {
        // The original counts a bar that closes where it opened as sold (-2.000099995): here its body says nothing.
        double[] expected = [5.33315556148, -16.00019999, -0.000099995];
        BarDeltas deltas = new(new DeltaSettings { RangeGuard = 0.0001 });
        ClosedBar[] bars = ClosedBars.Parse("100,102,99,101,10 · 101,101.5,99.5,100,20 · 100,101,99,100,5");
        for (int i = 0; i < 3; i++)
        {
            deltas.OnBar(in bars[i]);
            deltas.Last.Delta.ShouldBe(expected[i], 1e-10);
        }
    }

    [Fact]
    public void Divergence_HigherHighOnLowerDelta_MeetsTheVector()
    {
        double[] deltas = [50, 30, -20, 40, -10, -30, 20, -40, -5];
        double[] closes = [100, 102, 101, 104, 103, 104, 105, 106, 105];
        BarOrderFlow flow = new(new FlowSettings { PivotWidth = 1 });
        for (int i = 0; i < deltas.Length; i++)
        {
            flow.OnBar(ClosedBars.Of([(closes[i], closes[i], closes[i], closes[i], 100)])[0] with { TakerBuyVolume = (100 + deltas[i]) / 2 });
            flow.Deltas.Last.Delta.ShouldBe(deltas[i], 1e-12);
            flow.Divergences.New.Length.ShouldBe(i == 8 ? 1 : 0, "the pivot at bar 7 is known at bar 8");
        }

        DeltaDivergence divergence = flow.Divergences.New[0];
        (divergence.Side, divergence.FirstIndex, divergence.SecondIndex, divergence.KnownIndex).ShouldBe((FlowSide.Bearish, 3, 7, 8));
        divergence.Strength.ShouldBe(60.0 / 400, 1e-12);
        flow.Source.ShouldBe(DeltaSource.TakerBuyVolume);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void OnBar_RandomSeries_EqualsTheSlowForm(int seed)
    {
        BarOrderFlow flow = new();
        List<ClosedBar> seen = [];
        List<string> divergences = [];
        foreach (ClosedBar bar in ClosedBars.Walk(seed, 320))
        {
            flow.OnBar(in bar);
            seen.Add(bar);
            NaiveFlow slow = new(seen);
            flow.Deltas.Cumulative.ShouldBe(slow.Cumulative, 1e-7);
            flow.Deltas.Session.ShouldBe(slow.Session, 1e-7);
            flow.Momentum.ShouldBe(slow.Momentum, 1e-10);
            flow.ImbalanceRatio.ShouldBe(slow.Imbalance, 1e-10);
            flow.BuyingBarVolume.ShouldBe(slow.Buying, 1e-7);
            flow.SellingBarVolume.ShouldBe(slow.Selling, 1e-7);
            flow.Events.New.ToArray().Select(e => $"{e.Kind} {e.Side} {e.Index}").ShouldBe(slow.Events());
            flow.OpenZones.ToArray().Select(z => $"{z.Lower} {z.Upper} {z.Side} {z.Index}").ShouldBe(slow.OpenZones());
            flow.OpenLiquidity.ToArray().Select(z => $"{z.Price} {z.Side} {z.Index} {z.Volume}").ShouldBe(slow.OpenLiquidity());
            divergences.AddRange(flow.Divergences.New.ToArray().Select(d => $"{d.Side} {d.FirstIndex} {d.SecondIndex}@{d.KnownIndex}"));
        }

        divergences.ShouldBe(new NaiveFlow(seen).Divergences(3, 60));
        divergences.ShouldNotBeEmpty();
        flow.Zones.Total.ShouldBeGreaterThan(0);
        flow.Events.Total.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Zone_LaterBarsComeBack_FillItAndTheBarsBeforeDoNot()
    {
        // Twenty quiet bars around 100, a wide one to 110, and one above it: the gap from 101 to 108 stays.
        List<ClosedBar> bars = [.. ClosedBars.Of(Enumerable.Range(0, 24).Select(i => (100.0, 101.0, 99.0, 100.0 + (i % 2 * 0.5), 10.0)))];
        bars.AddRange(ClosedBars.Of([(100.0, 111.0, 100.0, 110.0, 50.0), (110.0, 112.0, 108.0, 111.0, 10.0)]));
        BarOrderFlow flow = new();
        foreach (ClosedBar bar in bars)
        {
            flow.OnBar(bar);
        }

        ImbalanceZone zone = flow.OpenZones.ToArray().ShouldHaveSingleItem();
        (zone.Lower, zone.Upper, zone.Side, zone.FilledFraction).ShouldBe((101, 108, FlowSide.Bullish, 0));
        flow.OnBar(ClosedBars.Parse("111,111,104.5,110,10")[0]);
        flow.OpenZones[0].FilledFraction.ShouldBe(0.5);
        flow.OnBar(ClosedBars.Parse("110,111,101,110,10")[0]);
        flow.OpenZones.Length.ShouldBe(0);
    }

    [Fact]
    public void Events_InjectedBars_AreSeenAndVote()
    {
        ClosedBar[] bars = ClosedBars.Lcg(60);
        ClosedBar quiet = bars[57];
        bars[58] = quiet with { Values = quiet.Values with { Open = 100, High = 100.05, Low = 99.98, Close = 100.04, Volume = 9000 } };
        BarOrderFlow flow = new();
        foreach (ClosedBar bar in bars.AsSpan(0, 59))
        {
            flow.OnBar(in bar);
        }

        flow.Events.New[0].Kind.ShouldBe(FlowEventKind.Absorption);
        flow.Events.New[0].Side.ShouldBe(FlowSide.Bearish, "the takers who bought were absorbed");
        ClosedBar climax = quiet with { Values = quiet.Values with { Open = 100, High = 140, Low = 100, Close = 139, Volume = 20000 } };
        flow.OnBar(in climax);
        flow.Events.New.Length.ShouldBe(0, "the climax alone is not known to be one");
        flow.OnBar(quiet with { Values = quiet.Values with { Open = 139, High = 139, Low = 120, Close = 121 } });
        flow.Events.New[0].Kind.ShouldBe(FlowEventKind.Exhaustion);
        flow.Events.New[0].Side.ShouldBe(FlowSide.Bearish);
    }

    [Theory]
    [InlineData(0.09, FlowImbalance.Neutral)]
    [InlineData(0.11, FlowImbalance.Buying)]
    [InlineData(0.3, FlowImbalance.Buying)]
    [InlineData(0.31, FlowImbalance.StrongBuying)]
    [InlineData(0.51, FlowImbalance.ExtremeBuying)]
    [InlineData(-0.2, FlowImbalance.Selling)]
    [InlineData(-0.6, FlowImbalance.ExtremeSelling)]
    public void Words_Ratio_FollowTheBorders(double ratio, FlowImbalance expected) => BarOrderFlow.Words(ratio, 0.3).ShouldBe(expected);

    [Fact]
    public void Score_LongSeries_StaysBounded()
    {
        BarOrderFlow flow = new();
        int largest = 0;
        foreach (ClosedBar bar in ClosedBars.Walk(9, 5000))
        {
            flow.OnBar(in bar);
            largest = Math.Max(largest, Math.Abs(flow.Score));
        }

        largest.ShouldBeInRange(3, 10);
    }
}
