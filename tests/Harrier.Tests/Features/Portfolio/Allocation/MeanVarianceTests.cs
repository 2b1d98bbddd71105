using Harrier.Features.Portfolio;
using Harrier.Features.Portfolio.Allocation;
using static Harrier.Tests.Features.Portfolio.Allocation.AllocationSamples;

namespace Harrier.Tests.Features.Portfolio.Allocation;

public sealed class MeanVarianceTests
{
    private static readonly double[,] Three = { { 0.04, 0.01, 0 }, { 0.01, 0.09, 0.02 }, { 0, 0.02, 0.16 } };
    private static readonly double[] Means = [0.08, 0.12, 0.15];

    [Fact]
    public void MinimumVariance_TwoAssets_IsTheExactFraction()
    {
        double[,] two = { { 0.04, 0.015 }, { 0.015, 0.09 } };
        double[] weights = MeanVariance.MinimumVariance(two);
        weights.ShouldBe([0.75, 0.25], 1e-12);
        Covariance.Variance(two, weights).ShouldBe(27 / 800d, 1e-14);
    }

    [Fact]
    public void MinimumVariance_ThreeAssets_IsTheExactFraction()
    {
        double[] weights = MeanVariance.MinimumVariance(Three);
        weights.ShouldBe([42 / 65d, 8 / 39d, 29 / 195d], 1e-12);
        Covariance.Variance(Three, weights).ShouldBe(136 / 4875d, 1e-14);
    }

    [Fact]
    public void Tangency_ThreeAssets_IsTheExactFraction() => MeanVariance.Tangency(Three, Means).ShouldBe([958 / 1923d, 520 / 1923d, 445 / 1923d], 1e-12);

    // The ten assets of Markowitz and Todd (2000), as in Bailey and Lopez de Prado (2013), who print a highest Sharpe ratio of 4.4535. The digits are those of a search
    // through all sets of assets in exact fractions, in Python.
    [Fact]
    public void MarkowitzTenAssets_PublishedExample_IsMet()
    {
        MeanVariance.MinimumVariance(MarkowitzExample.Covariance).ShouldBe(
            [0.03696858147921506, 0.02690083780081047, 0.09494243056479863, 0.12577595219467258, 0.0767460810325476, 0.21935567131616898, 0.029987096882220326, 0.035963284621386274, 0.0613498377297269, 0.2920102263784532],
            1e-12);
        double[] tangency = MeanVariance.Tangency(MarkowitzExample.Covariance, MarkowitzExample.Means);
        tangency.ShouldBe(
            [0.0839731894821742, 0.04890598613711375, 0, 0.21830925954049465, 0.001677304170935855, 0.18120064671441188, 0, 0.03118303876516953, 0.00785901253285025, 0.4268915626568499], 1e-12);
        double mean = tangency.Zip(MarkowitzExample.Means).Sum(pair => pair.First * pair.Second);
        (mean / Math.Sqrt(Covariance.Variance(MarkowitzExample.Covariance, tangency))).ShouldBe(4.45353347664641, 1e-12);
        MeanVariance.TargetReturn(MarkowitzExample.Covariance, MarkowitzExample.Means, 1).ShouldBe(
            [0.08075988444948719, 0.047303953836467696, 0, 0.21220897407090766, 0.009401670588162376, 0.186549212923213, 0, 0.03188872951618112, 0.014183417333833128, 0.4177041572817478], 1e-12);
    }

    [Fact]
    public void MinimumVariance_Correlated_LeavesOutWhatWouldBeSoldShort()
    {
        // Free, the second would weigh (0.04 - 0.054) / (0.04 + 0.09 - 0.108) < 0.
        MeanVariance.MinimumVariance(new double[,] { { 0.04, 0.054 }, { 0.054, 0.09 } }).ShouldBe([1, 0], 1e-12);
        MeanVariance.MinimumVariance(new double[,] { { 0.04, 0.054 }, { 0.054, 0.09 } }, WeightLimits.Uniform(2, 0.7)).ShouldBe([0.7, 0.3], 1e-12);
    }

    [Fact]
    public void MinimumVariance_ShortSalesAllowed_IsTheFreeClosedForm() =>
        MeanVariance.MinimumVariance(new double[,] { { 0.04, 0.054 }, { 0.054, 0.09 } }, WeightLimits.Uniform(2, 5, -5))
            .ShouldBe([36 / 22d, -14 / 22d], 1e-12);

    [Fact]
    public void Utility_ManySamples_MeetsTheConditionsOfTheOptimum() => ForAll(100, sample =>
    {
        WeightLimits limits = sample.Limits();
        double[] weights = MeanVariance.Utility(sample.Covariance, sample.Means, 4, limits);
        weights.ShouldBeWithin(limits);
        double[] gradient = [.. Times(sample.Covariance, weights).Select((risk, i) => (4 * risk) - sample.Means[i])];
        ShouldBeOptimal(gradient, weights, limits, Times(sample.Covariance, weights).Max(Math.Abs));
    });

    [Fact]
    public void MinimumVariance_ManySamples_MeetsTheConditionsOfTheOptimum() => ForAll(100, sample =>
    {
        WeightLimits limits = sample.Limits();
        double[] weights = MeanVariance.MinimumVariance(sample.Covariance, limits);
        weights.ShouldBeWithin(limits);
        ShouldBeOptimal(Times(sample.Covariance, weights), weights, limits, Times(sample.Covariance, weights).Max(Math.Abs));
    });

    [Fact]
    public void Tangency_ManySamples_MeetsTheConditionsOfTheOptimum() => ForAll(100, sample =>
    {
        WeightLimits limits = WeightLimits.Uniform(sample.Assets, Math.Max(0.4, 1.3 / sample.Assets));
        if (limits.Extreme(sample.Means).Zip(sample.Means).Sum(pair => pair.First * pair.Second) <= 1e-6)
        {
            Should.Throw<PortfolioInputException>(() => MeanVariance.Tangency(sample.Covariance, [.. sample.Means.Select(mean => mean - 1)], limits));
            return;
        }

        double[] weights = MeanVariance.Tangency(sample.Covariance, sample.Means, limits);
        weights.ShouldBeWithin(limits);

        // Of -ln Sharpe, in units of the variance.
        double mean = weights.Zip(sample.Means).Sum(pair => pair.First * pair.Second);
        double variance = Covariance.Variance(sample.Covariance, weights);
        double[] gradient = [.. Times(sample.Covariance, weights).Select((risk, i) => risk - (sample.Means[i] * variance / mean))];
        ShouldBeOptimal(gradient, weights, limits, Times(sample.Covariance, weights).Max(Math.Abs));
    });

    [Fact]
    public void TargetReturn_ManySamples_HasTheReturnAndMeetsTheConditions() => ForAll(100, sample =>
    {
        WeightLimits limits = sample.Limits();
        double low = Mean(sample, MeanVariance.MinimumVariance(sample.Covariance, limits));
        double high = Mean(sample, limits.Extreme(sample.Means));
        double target = low + (0.37 * (high - low));
        double[] weights = MeanVariance.TargetReturn(sample.Covariance, sample.Means, target, limits);
        weights.ShouldBeWithin(limits);
        Mean(sample, weights).ShouldBe(target, 1e-12);

        // The multiplier of the mean follows from two weights that are free; where there are none the weights are a corner.
        double[] risk = Times(sample.Covariance, weights);
        int[] free = [.. Enumerable.Range(0, sample.Assets).Where(i => weights[i] > limits.Least[i] + 1e-9 && weights[i] < limits.Most[i] - 1e-9)];
        if (free.Length >= 2)
        {
            (int i, int j) = (free.MinBy(k => sample.Means[k]), free.MaxBy(k => sample.Means[k]));
            double multiplier = (risk[j] - risk[i]) / (sample.Means[j] - sample.Means[i]);
            ShouldBeOptimal([.. risk.Select((value, k) => value - (multiplier * sample.Means[k]))], weights, limits, risk.Max(Math.Abs));
        }
    });

    [Fact]
    public void Allocations_OtherOrderOrUnits_AreTheSame() => ForAll(60, sample =>
    {
        int[] order = Shuffled(sample.Assets, sample.Seed);
        AllocationSample permuted = sample.Permuted(order);
        AllocationSample scaled = sample.Scaled(37);
        foreach (Func<AllocationSample, double[]> allocate in (Func<AllocationSample, double[]>[])
            [s => MeanVariance.MinimumVariance(s.Covariance), s => MeanVariance.Tangency(s.Covariance, s.Means)])
        {
            double[] weights = allocate(sample);
            allocate(permuted).ShouldBe(order.Select(i => weights[i]), 1e-8);
            allocate(scaled).ShouldBe(weights, 1e-8);
        }
    });

    [Fact]
    public void FractionalKelly_RoomLeft_IsTheFreeClosedForm()
    {
        // Half of 0.02 / 0.04 and of 0.03 / 0.09, no correlation.
        MeanVariance.FractionalKelly(new double[,] { { 0.04, 0 }, { 0, 0.09 } }, [0.02, 0.03], 0.5).ShouldBe([0.25, 1 / 6d], 1e-12);
        MeanVariance.FractionalKelly(new double[,] { { 0.04, 0 }, { 0, 0.09 } }, [0.02, -0.03], 1).ShouldBe([0.5, 0], 1e-12);
        MeanVariance.FractionalKelly(new double[,] { { 0.64 } }, [0.2], 1)[0].ShouldBe(0.3125, 1e-12);
    }

    [Fact]
    public void FractionalKelly_MoreThanAll_IsInvestedWhole()
    {
        double[] weights = MeanVariance.FractionalKelly(new double[,] { { 0.04, 0 }, { 0, 0.04 } }, [0.06, 0.04], 1);
        weights.ShouldBe([0.75, 0.25], 1e-12);
        MeanVariance.FractionalKelly(new double[,] { { 0.04, 0 }, { 0, 0.04 } }, [0.06, 0.04], 1, 0.6).ShouldBe([0.6, 0.4], 1e-12);
    }

    [Fact]
    public void Inputs_NotUsable_AreRefused()
    {
        Should.Throw<PortfolioInputException>(() => MeanVariance.MinimumVariance(new double[,] { { 1, 1 }, { 1, 1 } })).Value.ShouldBe("not positive definite");
        Should.Throw<PortfolioInputException>(() => MeanVariance.TargetReturn(Three, Means, 0.2)).Field.ShouldBe("target_return");
        Should.Throw<PortfolioInputException>(() => MeanVariance.Tangency(Three, [-0.1, -0.2, 0])).Field.ShouldBe("means");
        Should.Throw<PortfolioInputException>(() => MeanVariance.Utility(Three, Means, 0)).Field.ShouldBe("risk_aversion");
        Should.Throw<PortfolioInputException>(() => MeanVariance.Utility(Three, [1], 1)).Field.ShouldBe("means");
        Should.Throw<PortfolioInputException>(() => WeightLimits.Uniform(3, 0.3)).Field.ShouldBe("limits");
        Should.Throw<PortfolioInputException>(() => MeanVariance.MinimumVariance(Three, WeightLimits.Uniform(2))).Field.ShouldBe("limits");
        Should.Throw<PortfolioInputException>(() => MeanVariance.FractionalKelly(Three, Means, 1.5)).Field.ShouldBe("kelly");
    }

    private static double Mean(AllocationSample sample, double[] weights) => weights.Zip(sample.Means).Sum(pair => pair.First * pair.Second);

    // Karush, Kuhn and Tucker: one slope for all weights that are free, no lower one at a least weight, no higher one at a most weight.
    private static void ShouldBeOptimal(double[] gradient, double[] weights, WeightLimits limits, double scale)
    {
        double slack = 1e-8 * scale;
        double least = double.NegativeInfinity;
        double most = double.PositiveInfinity;
        for (int i = 0; i < weights.Length; i++)
        {
            bool isAtLeast = weights[i] <= limits.Least[i] + 1e-10;
            bool isAtMost = weights[i] >= limits.Most[i] - 1e-10;
            most = isAtLeast && !isAtMost ? Math.Min(most, gradient[i]) : most;
            least = isAtMost && !isAtLeast ? Math.Max(least, gradient[i]) : least;
            (least, most) = isAtLeast || isAtMost ? (least, most) : (Math.Max(least, gradient[i]), Math.Min(most, gradient[i]));
        }

        (least - most).ShouldBeLessThanOrEqualTo(slack);
    }
}
