using FsCheck;
using FsCheck.Fluent;
using Harrier.Domain;
using Harrier.Features.Portfolio;

namespace Harrier.Tests.Features.Portfolio;

/// <summary>Whatever the market does, figures stay in their ranges, gates are kept, and the order of inputs does not matter.</summary>
public sealed class PortfolioOptimizerPropertyTests
{
    private static readonly string[] Assets = ["BTC", "ETH", "EUR", "USD", "XRP"];
    private static readonly TradingPair[] Pairs = [TradingPair.Parse("BTC-USD", 100), TradingPair.Parse("ETH-USD", 90), TradingPair.Parse("XRP-USD", 90), TradingPair.Parse("ETH-BTC", 100), TradingPair.Parse("EUR-USD", 100)];

    [Fact]
    public void Look_AnyMarket_KeepsFiguresAndGates() => Prop.ForAll(Markets(), seed =>
    {
        Random random = new(seed);
        PortfolioBotSettings settings = new()
        {
            Model = (ReturnModel)random.Next(2),
            RiskTolerance = random.NextDouble(),
            MinConfidence = random.NextDouble(),
            TradeSizePercentage = 0.01m + ((decimal)random.NextDouble() * 0.99m),
            TradeSizeAmount = random.Next(2) == 0 ? null : (decimal)random.NextDouble() * 100,
            VolatilityWindow = 3 + random.Next(6),
            Reserves = new Dictionary<Asset, decimal> { [new("USD")] = random.Next(500) },
        };
        PortfolioOptimizer optimizer = new(settings, Pairs);
        foreach (PortfolioMoment moment in Moments(random))
        {
            foreach (TradeOpportunity found in optimizer.Look(moment).Opportunities)
            {
                decimal held = moment.Holdings.Single(holding => holding.Asset == found.From.Asset).Amount;
                found.From.Amount.ShouldBeInRange(0, Math.Max(held - settings.Reserves.GetValueOrDefault(found.From.Asset), 0));
                (found.Confidence, found.Risk).ShouldSatisfyAllConditions(both => both.Confidence.ShouldBeInRange(0, 1), both => both.Risk.ShouldBeInRange(0, 1));
                found.Cost.ShouldBeInRange(0, 1);
                double.IsFinite(found.ExpectedReturn + found.GrossReturn + found.Volatility + found.Score).ShouldBeTrue();
                found.ExpectedReturn.ShouldBeLessThanOrEqualTo(found.GrossReturn);
                if (found.Passes)
                {
                    PortfolioRisk.ShouldTrade(found.Confidence, found.Risk, settings.MinConfidence, settings.RiskTolerance).ShouldBeTrue();
                    found.ExpectedReturn.ShouldBeGreaterThan(settings.MinExpectedReturn);
                    found.From.Amount.ShouldBeGreaterThan(0);
                }
            }
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(2, 5));

    [Fact]
    public void Look_InputsInOtherOrder_DecidesTheSame() => Prop.ForAll(Markets(), seed =>
    {
        PortfolioBotSettings settings = new() { RiskTolerance = 1, MinConfidence = 0, VolatilityWindow = 4 };
        PortfolioOptimizer one = new(settings, Pairs);
        PortfolioOptimizer other = new(settings, [.. Pairs.Reverse()]);
        foreach (PortfolioMoment moment in Moments(new Random(seed)))
        {
            PortfolioMoment turned = moment with { Quotes = [.. moment.Quotes.Reverse()], Holdings = [.. moment.Holdings.Reverse()] };
            other.Look(turned).Opportunities.Select(found => found.Reason).ShouldBe(one.Look(moment).Opportunities.Select(found => found.Reason));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30).WithReplay(2, 7));

    private static Arbitrary<int> Markets() => Gen.Choose(0, int.MaxValue).ToArbitrary();

    private static IEnumerable<PortfolioMoment> Moments(Random random)
    {
        double[] prices = [.. Pairs.Select(_ => Math.Exp((random.NextDouble() * 20) - 10))];
        for (int look = 0; look < 15; look++)
        {
            Timestamp now = Timestamp.FromUnixSeconds(1_700_000_000 + (5 * look) + random.Next(4));
            List<PairQuote> quotes = [];
            for (int i = 0; i < Pairs.Length; i++)
            {
                prices[i] *= Math.Exp((random.NextDouble() - 0.45) * 0.05 * random.Next(3));
                decimal mid = (decimal)prices[i];
                decimal half = mid * (decimal)random.NextDouble() * 0.01m;
                if (random.Next(10) > 0)
                {
                    quotes.Add(new PairQuote(Pairs[i].Base, Pairs[i].Quote, mid - half, mid + half, now));
                }
            }

            yield return new PortfolioMoment(now, quotes, [.. Assets.Select(asset => new Money((decimal)random.NextDouble() * 1_000, new Asset(asset)))]);
        }
    }
}
