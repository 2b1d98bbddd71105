using Harrier.Domain;
using Harrier.Features.Portfolio;

namespace Harrier.Tests.Features.Portfolio;

public sealed class RateGraphTests
{
    private static readonly Asset Usd = new("USD");
    private static readonly Asset Btc = new("BTC");
    private static readonly Asset Eth = new("ETH");
    private static readonly Asset Eur = new("EUR");

    [Fact]
    public void Best_OnePair_SellsAtTheBidAndBuysAtTheAsk()
    {
        RateGraph graph = new([Quote("BTC", "USD", 45_000, 45_100)]);

        graph.Best(Btc, Usd)!.Rate.ShouldBe(45_000);
        graph.Best(Usd, Btc)!.Rate.ShouldBe(1 / 45_100m);
        graph.Mid(Btc, Usd).ShouldBe(45_050);
        graph.Mid(Usd, Btc).ShouldBe(1 / 45_050m);
        graph.Mid(Usd, Usd).ShouldBe(1);
        graph.Best(Usd, Usd).ShouldBeNull();
        graph.Best(Usd, Eth).ShouldBeNull();
    }

    [Fact]
    public void Best_Fee_IsTakenFromEachConversion()
    {
        RateGraph graph = new([Quote("BTC", "USD", 40_000, 40_000), Quote("ETH", "USD", 2_000, 2_000)], 0.01m);

        ConversionRoute route = graph.Best(Btc, Eth)!;

        route.ToString().ShouldBe("BTC>USD>ETH");
        route.Rate.ShouldBe(20 * 0.99m * 0.99m);
        route.MidRate.ShouldBe(20);
    }

    [Theory]
    [InlineData(19.5, "BTC>USD>ETH")]
    [InlineData(19.99, "BTC>ETH")]
    public void Best_DirectOrOverUsd_TakesWhatBringsMore(decimal direct, string expected)
    {
        // Over USD a BTC brings 40,000 x 0.999 dollars, each of which buys 1 / 2,002 ETH: 19.96.
        RateGraph graph = new([Quote("BTC", "USD", 39_960, 40_040), Quote("ETH", "USD", 1_998, 2_002), Quote("BTC", "ETH", direct, 20.5m)]);
        graph.Best(Btc, Eth)!.ToString().ShouldBe(expected);
    }

    [Fact]
    public void Best_ThreeConversions_OnlyWhereAllowed()
    {
        RateGraph graph = new([Quote("BTC", "EUR", 100, 100), Quote("EUR", "USD", 2, 2), Quote("ETH", "USD", 5, 5)]);

        graph.Best(Btc, Eth)!.Rate.ShouldBe(40);
        graph.Best(Btc, Eth)!.Legs.Count.ShouldBe(3);
        graph.Best(Btc, Eth, 2).ShouldBeNull();
    }

    [Fact]
    public void Best_EquallyGood_TakesFewestConversions()
    {
        RateGraph graph = new([Quote("BTC", "USD", 100, 100), Quote("ETH", "USD", 5, 5), Quote("BTC", "ETH", 20, 20)]);
        graph.Best(Btc, Eth)!.Legs.Count.ShouldBe(1);
    }

    [Fact]
    public void Best_SlowSearch_Agrees()
    {
        Random random = new(7);
        Asset[] assets = [.. "ABCDEF".Select(letter => new Asset(letter.ToString()))];
        List<PairQuote> quotes = [];
        foreach ((Asset one, Asset other) in assets.SelectMany((one, i) => assets.Skip(i + 1).Select(other => (one, other))).Where(_ => random.Next(3) > 0))
        {
            decimal mid = (decimal)Math.Exp(random.NextDouble() - 0.5);
            quotes.Add(new PairQuote(one, other, mid * 0.99m, mid * 1.01m, default));
        }

        RateGraph graph = new(quotes, 0.002m);
        decimal Edge(Asset from, Asset to) => quotes.Where(q => q.Base == from && q.Quote == to).Select(q => q.Bid * 0.998m)
            .Concat(quotes.Where(q => q.Base == to && q.Quote == from).Select(q => 0.998m / q.Ask)).DefaultIfEmpty(0).Max();

        foreach ((Asset from, Asset to) in assets.SelectMany(one => assets.Where(other => other != one).Select(other => (one, other))))
        {
            Asset[] between = [.. assets.Where(asset => asset != from && asset != to)];
            decimal best = between.Select(m => Edge(from, m) * Edge(m, to))
                .Concat(between.SelectMany(m => between.Where(n => n != m).Select(n => Edge(from, m) * Edge(m, n) * Edge(n, to))))
                .Append(Edge(from, to)).Max();
            (graph.Best(from, to)?.Rate ?? 0).ShouldBe(best, 1e-20m);
        }
    }

    [Fact]
    public void Value_Holdings_CountsInTheNumeraireAndNamesTheRest()
    {
        RateGraph graph = new([Quote("BTC", "USD", 39_000, 41_000), Quote("USD", "EUR", 0.8m, 0.8m)]);

        (decimal value, IReadOnlyList<Money> unvalued) = graph.Value([new(2, Btc), new(1_000, Usd), new(8, Eur), new(5, Eth)], Usd);

        value.ShouldBe(81_010);
        unvalued.ShouldBe([new Money(5, Eth)]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    public void Quote_PricesOutOfOrder_AreRefused(decimal bid, decimal ask) => Should.Throw<PortfolioInputException>(() => Quote("BTC", "USD", bid, ask));

    private static PairQuote Quote(string asset, string inAsset, decimal bid, decimal ask) => new(new(asset), new(inAsset), bid, ask, Timestamp.FromUnixSeconds(1));
}
