using Harrier.Features;
using Harrier.Features.OrderFlow;

namespace Harrier.Tests.Features.OrderFlow;

public sealed class KyleLambdaTests : BarFeatureContract
{
    protected override IBarFeature Create() => new KyleLambda(20);

    protected override string Show(IBarFeature feature) => Text(((KyleLambda)feature).ThroughOrigin, ((KyleLambda)feature).WithIntercept);

    [Fact]
    public void Slope_Vector_MeetsBoth()
    {
        KyleLambda kyle = new(5);
        double[] volumes = [10, -5, 8, -12, 4];
        double[] changes = [0.02, -0.01, 0.01, -0.03, 0.01];
        for (int i = 0; i < 5; i++)
        {
            kyle.ThroughOrigin.ShouldBe(double.NaN);
            kyle.Add(changes[i], volumes[i]);
        }

        kyle.ThroughOrigin.ShouldBe(0.0020916905, 1e-10);
        kyle.WithIntercept.ShouldBe(0.0021220930, 1e-10);
    }

    [Fact]
    public void Slope_RandomSeries_EqualsTheNormalEquations()
    {
        KyleLambda kyle = new(30);
        Random random = new(2);
        List<(double X, double Y)> seen = [];
        for (int i = 0; i < 300; i++)
        {
            (double x, double y) = ((random.NextDouble() - 0.4) * 100, random.NextDouble() - 0.5);
            seen.Add((x, y));
            kyle.Add(y, x);
            if (i >= 29)
            {
                (double X, double Y)[] w = [.. seen.TakeLast(30)];
                kyle.ThroughOrigin.ShouldBe(w.Sum(p => p.X * p.Y) / w.Sum(p => p.X * p.X), 1e-12);
                double slope = ((30 * w.Sum(p => p.X * p.Y)) - (w.Sum(p => p.X) * w.Sum(p => p.Y))) / ((30 * w.Sum(p => p.X * p.X)) - Math.Pow(w.Sum(p => p.X), 2));
                kyle.WithIntercept.ShouldBe(slope, 1e-12);
            }
        }
    }

    [Fact]
    public void Slope_SameVolumes_IsMissing()
    {
        KyleLambda kyle = new(2);
        kyle.Add(1, 0);
        kyle.Add(2, 0);
        kyle.ThroughOrigin.ShouldBe(double.NaN);
        kyle.WithIntercept.ShouldBe(double.NaN);
    }
}
