using Harrier.Domain;
using Harrier.Features.Portfolio;

namespace Harrier.Tests.Features.Portfolio;

/// <summary>Expected values were computed apart, with Python's math module.</summary>
public sealed class ReturnForecastTests
{
    private static readonly long[] Seconds = [0, 10, 30, 40];

    [Fact]
    public void SecondVolatility_UnevenTimes_CountsEachReturnOverItsOwnTime() => History(100, 102, 101, 104).SecondVolatility().ShouldBe(0.006576303927553517, 1e-15);

    [Fact]
    public void Momentum_MoveWithinTheNoise_ExpectsNothing()
    {
        ReturnForecast forecast = ReturnForecast.Momentum(History(100, 102, 101, 104), 20);
        forecast.Move.ShouldBe(0);
        forecast.Volatility.ShouldBe(0.029410125245417033, 1e-14);
    }

    [Fact]
    public void Momentum_MoveOutOfTheNoise_IsShrunkAndScaledToTheHoldingTime()
    {
        ReturnForecast.Momentum(History(100, 101, 103, 104), 40).Move.ShouldBe(0.026145727999556643, 1e-14);
        ReturnForecast.Momentum(History(100, 101, 103, 104), 10).Move.ShouldBe(0.026145727999556643 / 4, 1e-14);
        ReturnForecast.Momentum(History(100, 101, 103, 104), 10).Volatility.ShouldBe(0.003580538514656866 * Math.Sqrt(10), 1e-14);
    }

    [Fact]
    public void MeanReversion_AboveTheMean_ExpectsTheWayBack()
    {
        ReturnForecast forecast = ReturnForecast.MeanReversion(History(100, 102, 101, 104), 20, 8);
        forecast.Move.ShouldBe(-0.018092221688048436, 1e-14);
        forecast.Volatility.ShouldBe(0.015549090778395487, 1e-14);
    }

    [Fact]
    public void Forecasts_PriceThatNeverMoved_ExpectNothingAndAreNotSure()
    {
        PairHistory flat = History(100, 100, 100, 100);
        ReturnForecast[] all = [ReturnForecast.Momentum(flat, 10), ReturnForecast.MeanReversion(flat, 10, 5), ReturnForecast.Predicted(flat, 10, 2, 1)];
        all.ShouldAllBe(forecast => forecast.Move == 0 && forecast.Confidence(0.1) == 0);
    }

    [Fact]
    public void Confidence_EdgeAndVolatility_RisesWithTheOneAndFallsWithTheOther()
    {
        ReturnForecast calm = new(0, 0.01);
        double[] edges = [-0.02, -0.01, 0, 0.005, 0.01, 0.02];
        edges.Select(calm.Confidence).ShouldBeInOrder(SortDirection.Ascending);
        calm.Confidence(0).ShouldBe(0.5, 1e-15);
        calm.Confidence(0.01).ShouldBe(0.841344746068543, 1e-13);
        new ReturnForecast(0, 0.02).Confidence(0.01).ShouldBeLessThan(calm.Confidence(0.01));
    }

    [Fact]
    public void Add_QuoteThatIsNoNewer_IsNotAPrice()
    {
        PairHistory history = History(100, 101, 102, 103);
        history.Add(Timestamp.FromUnixSeconds(40), 500);
        history.Prices.ToArray().ShouldBe([100, 101, 102, 103]);
    }

    [Fact]
    public void Resize_Smaller_KeepsTheNewest()
    {
        PairHistory history = History(100, 101, 102, 103);
        history.Resize(2);
        history.Prices.ToArray().ShouldBe([102, 103]);
        history.IsReady.ShouldBeTrue();
        history.Resize(3);
        history.IsReady.ShouldBeFalse();
    }

    private static PairHistory History(params double[] prices)
    {
        PairHistory history = new(4);
        for (int i = 0; i < prices.Length; i++)
        {
            history.Add(Timestamp.FromUnixSeconds(Seconds[i]), prices[i]);
        }

        return history;
    }
}
