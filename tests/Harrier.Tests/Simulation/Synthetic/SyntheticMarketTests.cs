using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Research.Checks;
using Harrier.Simulation.Synthetic;

namespace Harrier.Tests.Simulation.Synthetic;

/// <summary>The synthetic market must show the stylized facts of real ones (Cont, 2001) and break no rule of a bar.</summary>
public sealed class SyntheticMarketTests
{
    private static readonly IReadOnlyList<BarSeries> Market = SyntheticMarket.Generate(new SyntheticMarketSettings { Seed = 42 });

    [Fact]
    public void Generate_Defaults_AreTwoYearsOfHoursOfThreeSymbolsThatNameTheirOrigin()
    {
        Market.Select(series => series.Instrument.Symbol).ShouldBe(["BTCUSDT", "ETHUSDT", "SOLUSDT"]);
        foreach (BarSeries series in Market)
        {
            series.Count.ShouldBe(2 * 365 * 24);
            series.Spec.ShouldBe(new BarSpec(3600 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Synthetic));
            series.Instrument.Definition.Venue.Name.ShouldBe("sim-spot");
            series[0].OpenTime.ToString().ShouldBe("2023-01-01T00:00:00Z");
            series[^1].CloseTime.ToString().ShouldBe("2024-12-31T00:00:00Z");
        }
    }

    [Fact]
    public void Generate_SameSeed_GivesTheSameBitsAndAnotherSeedAnotherMarket()
    {
        string first = BarSeriesHash.Compute(SyntheticMarket.Generate(new SyntheticMarketSettings { Seed = 42 }));

        first.ShouldBe(BarSeriesHash.Compute(Market));
        BarSeriesHash.Compute(SyntheticMarket.Generate(new SyntheticMarketSettings { Seed = 43 })).ShouldNotBe(first);
    }

    [Fact]
    public void Generate_LongerRun_BeginsLikeTheShorterOne()
    {
        IReadOnlyList<BarSeries> shorter = SyntheticMarket.Generate(new SyntheticMarketSettings { Seed = 42, Count = 100 });

        for (int i = 0; i < 100; i++)
        {
            shorter[2][i].ShouldBe(Market[2][i]);
        }
    }

    [Theory]
    [InlineData(1, 20_000)]
    [InlineData(60, 5_000)]
    [InlineData(300, 5_000)]
    [InlineData(3600, 17_520)]
    [InlineData(86_400, 3_650)]
    public void Generate_AnyInterval_BreaksNoRuleAndPassesTheDataCheck(int seconds, int count)
    {
        foreach (BarSeries series in SyntheticMarket.Generate(new SyntheticMarketSettings { Seed = 5, Interval = TimeSpan.FromSeconds(seconds), Count = count }))
        {
            foreach (ref readonly Bar bar in series.Bars)
            {
                bool valid = bar.Low.Value > 0 && bar.Low <= bar.Open && bar.Low <= bar.Close && bar.High >= bar.Open && bar.High >= bar.Close
                    && bar.Volume > 0 && bar.TakerBuyVolume >= 0 && bar.TakerBuyVolume <= bar.Volume && bar.TradeCount > 0 && bar.QuoteVolume > 0;
                valid.ShouldBeTrue($"{series.Instrument} {bar.OpenTime}");
                series.Instrument.ToLots((decimal)bar.Volume).Value.ShouldBeGreaterThan(0);
            }

            DataCheckReport report = DataCheck.Run(series);
            report.Passed.ShouldBeTrue(report.Detail);
            report.Gaps.ShouldBe(0);
        }
    }

    [Fact]
    public void Generate_Returns_HaveFatTailsAndNoTrendInThemselves()
    {
        foreach (BarSeries series in Market)
        {
            double[] returns = Returns(series);
            double mean = returns.Average();
            double variance = returns.Average(value => (value - mean) * (value - mean));
            double kurtosis = returns.Average(value => Math.Pow(value - mean, 4)) / (variance * variance);

            kurtosis.ShouldBeGreaterThan(5);
            Math.Abs(Correlation(returns[1..], returns[..^1])).ShouldBeLessThan(0.05);
            Math.Sqrt(variance * 8760).ShouldBeInRange(0.4, 1.6);
        }
    }

    [Fact]
    public void Generate_Volatility_ComesInClustersThatFadeSlowly()
    {
        foreach (BarSeries series in Market)
        {
            double[] sizes = [.. Returns(series).Select(Math.Abs)];

            Correlation(sizes[1..], sizes[..^1]).ShouldBeGreaterThan(0.15);
            Correlation(sizes[24..], sizes[..^24]).ShouldBeGreaterThan(0.05);
            Correlation(sizes[24..], sizes[..^24]).ShouldBeLessThan(Correlation(sizes[1..], sizes[..^1]));
        }
    }

    [Fact]
    public void Generate_Symbols_MoveTogether()
    {
        Correlation(Returns(Market[0]), Returns(Market[1])).ShouldBeInRange(0.6, 0.95);
        Correlation(Returns(Market[0]), Returns(Market[2])).ShouldBeInRange(0.5, 0.9);
    }

    [Fact]
    public void Generate_Volume_FollowsTheHourTheWeekdayAndTheMove()
    {
        foreach (BarSeries series in Market)
        {
            Bar[] bars = series.Bars.ToArray();
            double[] byHour = [.. Enumerable.Range(0, 24).Select(hour => bars.Where(bar => bar.OpenTime.ToDateTimeOffset().Hour == hour).Average(bar => bar.Volume))];
            Array.IndexOf(byHour, byHour.Max()).ShouldBeInRange(13, 16);
            (byHour.Max() / byHour.Min()).ShouldBeGreaterThan(1.7);
            bars.Where(IsWeekend).Average(bar => bar.Volume).ShouldBeLessThan(bars.Where(bar => !IsWeekend(bar)).Average(bar => bar.Volume));

            double[] returns = Returns(series);
            Correlation([.. returns.Select(Math.Abs)], [.. bars[1..].Select(bar => bar.Volume)]).ShouldBeGreaterThan(0.3);
            Correlation(returns, [.. bars[1..].Select(bar => bar.TakerBuyVolume / bar.Volume)]).ShouldBeGreaterThan(0.4);
        }
    }

    [Fact]
    public void Generate_OddRequests_AreRefused()
    {
        Should.Throw<ArgumentException>(() => SyntheticMarket.Generate(new SyntheticMarketSettings { Venue = new VenueId("binance-spot") }));
        Should.Throw<ArgumentException>(() => SyntheticMarket.Generate(new SyntheticMarketSettings { Count = 0 }));
        Should.Throw<ArgumentException>(() => SyntheticMarket.Generate(new SyntheticMarketSettings { Interval = TimeSpan.Zero }));
        Should.Throw<ArgumentException>(() => SyntheticMarket.Generate(new SyntheticMarketSettings { Symbols = [] }));
    }

    private static bool IsWeekend(Bar bar) => bar.OpenTime.ToDateTimeOffset().DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static double[] Returns(BarSeries series)
    {
        double[] returns = new double[series.Count - 1];
        for (int i = 0; i < returns.Length; i++)
        {
            returns[i] = Math.Log(series[i + 1].Close.Value / (double)series[i].Close.Value);
        }

        return returns;
    }

    private static double Correlation(double[] left, double[] right)
    {
        double leftMean = left.Average();
        double rightMean = right.Average();
        double product = 0;
        double leftSquare = 0;
        double rightSquare = 0;
        for (int i = 0; i < left.Length; i++)
        {
            product += (left[i] - leftMean) * (right[i] - rightMean);
            leftSquare += (left[i] - leftMean) * (left[i] - leftMean);
            rightSquare += (right[i] - rightMean) * (right[i] - rightMean);
        }

        return product / Math.Sqrt(leftSquare * rightSquare);
    }
}
