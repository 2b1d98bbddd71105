using Harrier.Domain;
using Harrier.Research.Metrics;
using Harrier.Research.Reports;
using Harrier.Tests.Support;

namespace Harrier.Tests.Research.Reports;

public sealed class ThinningTests
{
    [Fact]
    public void KeepExtremes_FewPoints_KeepsAll()
    {
        Thinning.KeepExtremes(Points(1, 2, 3), 8).ShouldBe([0, 1, 2]);
        Thinning.KeepExtremes([], 8).ShouldBeEmpty();
    }

    [Fact]
    public void KeepExtremes_ManyPoints_KeepsFirstLastPeaksAndTroughs()
    {
        decimal[] equity = [.. Enumerable.Range(0, 10_000).Select(i => i == 777 ? 9999m : i == 5003 ? -5m : 1000m + (i % 10))];
        int[] kept = Thinning.KeepExtremes(Points(equity), 400);
        kept.Length.ShouldBeLessThanOrEqualTo(400);
        kept.ShouldBeInOrder();
        kept.ShouldContain(0);
        kept.ShouldContain(9_999);
        kept.ShouldContain(777);
        kept.ShouldContain(5003);
    }

    [Fact]
    public void Buckets_MoreBarsThanBuckets_MergeWithoutLosingAnExtreme()
    {
        long[] closes = [.. Enumerable.Range(0, 1000).Select(i => 1000L + (i * 37 % 101))];
        BarSeries series = BacktestResults.Bars(closes);
        List<PriceBucket> buckets = Thinning.Buckets(series, 64);
        buckets.Count.ShouldBe(64);
        buckets[0].Open.ShouldBe(series[0].Open);
        buckets[^1].Close.ShouldBe(series[999].Close);
        buckets[^1].End.ShouldBe(series[999].CloseTime);
        buckets.Max(bucket => bucket.High.Value).ShouldBe(series.Bars.ToArray().Max(bar => bar.High.Value));
        buckets.Min(bucket => bucket.Low.Value).ShouldBe(series.Bars.ToArray().Min(bar => bar.Low.Value));
        buckets.Zip(buckets.Skip(1)).ShouldAllBe(pair => pair.First.End <= pair.Second.Start);
    }

    [Fact]
    public void Select_MoreTradesThanTheLimit_KeepsFirstLastBestAndWorst()
    {
        RoundTrip[] trades = [.. Enumerable.Range(1, 5000).Select(id => BacktestResults.Trade(id, id == 2500 ? 9999m : id == 3100 ? -9999m : id % 7))];
        int[] kept = [.. Thinning.Select(trades, 500).Select(trade => trade.Id)];
        kept.Length.ShouldBeLessThanOrEqualTo(500);
        kept.ShouldBeInOrder();
        kept.ShouldContain(1);
        kept.ShouldContain(5000);
        kept.ShouldContain(2500);
        kept.ShouldContain(3100);
    }

    [Fact]
    public void Histogram_WinsAndLosses_NeverShareABin()
    {
        PnlHistogram histogram = PnlHistogram.Of([-3.2, -0.01, 0.01, 0.02, 8]);
        histogram.Counts.Sum().ShouldBe(5);
        int zero = (int)Math.Round(-histogram.First / histogram.Width);
        histogram.Counts.Take(zero).Sum().ShouldBe(2);
        histogram.IsOpenBelow.ShouldBeFalse();
        histogram.IsOpenAbove.ShouldBeFalse();
    }

    [Fact]
    public void Histogram_OutlierAmongMany_GoesToTheEndBin()
    {
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => (i % 20) - 9.5), 1e6];
        PnlHistogram histogram = PnlHistogram.Of(values);
        histogram.Width.ShouldBeLessThanOrEqualTo(1);
        histogram.IsOpenAbove.ShouldBeTrue();
        histogram.Counts.Sum().ShouldBe(1001);
    }

    [Fact]
    public void Histogram_NoneOrEqualValues_IsDefined()
    {
        PnlHistogram.Of([]).Counts.ShouldBeEmpty();
        PnlHistogram.Of([0, 0, 0]).Counts.Sum().ShouldBe(3);
        PnlHistogram.Of([-4, -4]).Counts.Sum().ShouldBe(2);
    }

    private static EquityPoint[] Points(params decimal[] equity) =>
        [.. equity.Select((value, i) => new EquityPoint(BacktestResults.Start + TimeSpan.FromMinutes(i), value, value, 0))];
}
