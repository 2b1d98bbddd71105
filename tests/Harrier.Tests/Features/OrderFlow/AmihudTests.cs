using Harrier.Features;
using Harrier.Features.OrderFlow;

namespace Harrier.Tests.Features.OrderFlow;

public sealed class AmihudTests : BarFeatureContract
{
    protected override IBarFeature Create() => new Amihud();

    protected override string Show(IBarFeature feature) => Text(((Amihud)feature).Value);

    [Fact]
    public void Value_ByHand_IsTheMeanOfReturnsOverVolume()
    {
        Amihud amihud = new(2);
        foreach (ClosedBar bar in ClosedBars.Parse("100,100,100,100,5 · 110,110,110,110,2 · 99,99,99,99,0 · 99,99,99,99,4"))
        {
            amihud.OnBar(in bar);
        }

        // 10 % on 220, the empty bar is left out, 0 % on 396.
        amihud.Value.ShouldBe((0.1 / 220) / 2, 1e-15);
    }

    [Fact]
    public void Value_RandomSeries_EqualsTheSlowForm()
    {
        Amihud amihud = new(30);
        List<ClosedBar> seen = [];
        foreach (ClosedBar bar in ClosedBars.Walk(7, 200))
        {
            amihud.OnBar(in bar);
            seen.Add(bar);
            double[] ratios = [.. seen.Skip(1).Zip(seen, (b, last) => (b, last)).Where(p => p.b.Volume > 0)
                .Select(p => Math.Abs((p.b.Close - p.last.Close) / p.last.Close) / (p.b.Volume * (p.b.High + p.b.Low + p.b.Close) / 3)).TakeLast(30)];
            amihud.IsReady.ShouldBe(ratios.Length == 30);
            if (amihud.IsReady)
            {
                amihud.Value.ShouldBe(ratios.Average(), 1e-15);
            }
        }
    }
}
