using System.Security.Cryptography;
using System.Text;
using Harrier.Exchanges.Tests.Support;
using Harrier.Testnet.Core;
using Harrier.Testnet.Markets;

namespace Harrier.Exchanges.Tests.Testnet.Markets;

public sealed class SyntheticOrderFlowTests(ITestOutputHelper output)
{
    [Fact]
    public void Step_WithOneSeed_GivesTheSameTrades_AndWithAnotherOthers()
    {
        string first = TradesHash(7);

        TradesHash(7).ShouldBe(first);
        TradesHash(8).ShouldNotBe(first);
    }

    [Fact]
    public void Step_OverAnHour_LooksLikeAMarket()
    {
        MarketRig rig = new();
        rig.Run(50);
        List<double> spreads = [];
        List<double> prices = [];
        int leastLevels = int.MaxValue;
        int empty = 0;
        rig.Run(36_000, () =>
        {
            BookView book = rig.Instrument.Book;
            empty += book.BidLevels == 0 || book.AskLevels == 0 ? 1 : 0;
            leastLevels = Math.Min(leastLevels, Math.Min(book.BidLevels, book.AskLevels));
            spreads.Add((double)((book.BestAsk - book.BestBid) / rig.Middle) * 1e4);
            prices.Add((double)rig.Middle);
        });

        double[] seconds = [.. prices.Where((_, i) => i % 10 == 0)];
        double[] returns = [.. seconds.Zip(seconds.Skip(1), (a, b) => Math.Log(b / a))];
        double[] sizes = [.. returns.Select(Math.Abs)];
        double[] signs = [.. rig.Trades.Select(t => t.Trade.IsSell ? -1.0 : 1.0)];
        double daily = Deviation(returns) * Math.Sqrt(86_400);
        spreads.Sort();
        output.WriteLine($"trades/s {rig.Trades.Count / 3600.0} depth/s {rig.DepthMessages / 3600.0} levels {leastLevels} spread bp median {spreads[18_000]:F3} p99 {spreads[35_640]:F3} max {spreads[^1]:F2}");
        output.WriteLine($"vol day {daily:P2} ac1 {Correlation(returns, 1):F3} ac5 {Correlation(returns, 5):F3} |r| ac1 {Correlation(sizes, 1):F3} ac30 {Correlation(sizes, 30):F3} signs ac1 {Correlation(signs, 1):F3} ac20 {Correlation(signs, 20):F3}");
        output.WriteLine($"volume {rig.Trades.Sum(t => t.Trade.Quantity) * 24} price {prices[0]} -> {prices[^1]} orders {rig.Instrument.Book.BidLevels} {rig.Instrument.Book.AskLevels}");
        empty.ShouldBe(0);
        leastLevels.ShouldBeGreaterThan(40);
        (rig.Trades.Count / 3600.0).ShouldBeInRange(8, 25);
        (rig.DepthMessages / 3600.0).ShouldBeInRange(9.5, 10.1);
        spreads[18_000].ShouldBeInRange(0.01, 2);
        spreads[35_640].ShouldBeGreaterThan(spreads[18_000] * 1.5);
        daily.ShouldBeInRange(0.005, 0.08);
        Correlation(returns, 1).ShouldBeInRange(-0.25, 0.25);
        Correlation(returns, 5).ShouldBeInRange(-0.1, 0.1);
        Correlation(sizes, 1).ShouldBeGreaterThan(0.05);
        Correlation(sizes, 30).ShouldBeGreaterThan(0.02);
        Correlation(signs, 20).ShouldBeGreaterThan(0.05);
    }

    [Fact]
    public void Step_OverAnHour_WallsComeAndGo_SomeByTrades()
    {
        MarketRig rig = new();
        rig.Run(100);
        HashSet<decimal> seen = [];
        rig.Run(36_000, () =>
        {
            if (rig.Flow.StepCount % 10 == 0)
            {
                DepthView depth = rig.Core.Depth("BTCUSDT", 150);
                foreach (IReadOnlyList<DepthLevel> side in new[] { depth.Bids, depth.Asks })
                {
                    decimal[] sizes = [.. side.Select(level => level.Quantity).Order()];
                    seen.UnionWith(side.Where(level => level.Quantity >= 7 * sizes[sizes.Length / 2]).Select(level => level.Price));
                }
            }
        });

        // Trades at a wall's price that add up to many usual trades.
        decimal usual = rig.Trades.Average(t => t.Trade.Quantity);
        int eaten = rig.Trades.Where(t => seen.Contains(t.Trade.Price)).GroupBy(t => t.Trade.Price).Count(group => group.Sum(t => t.Trade.Quantity) > 25 * usual);
        output.WriteLine($"walls {seen.Count} eaten {eaten}");
        seen.Count.ShouldBeGreaterThan(20);
        eaten.ShouldBeGreaterThan(3);
    }

    [Fact]
    public void Step_AroundAUsersRestingOrder_FillsItAsMaker()
    {
        MarketRig rig = new();
        rig.Run(100);
        ExchangeOrder order = rig.Place(isSell: false, quantity: 0.05m, price: rig.Instrument.Book.BestBid);

        int waited = 0;
        while (order.IsOpen && waited < 3000)
        {
            rig.Run(1);
            waited++;
        }

        order.Status.ShouldBe(ExchangeOrderStatus.Filled);
        order.Fills.ShouldAllBe(fill => fill.IsMaker);
    }

    [Fact]
    public void Step_AfterAUsersLargeMarketOrder_ThePriceComesBack()
    {
        MarketRig rig = new();
        rig.Run(300);
        decimal before = rig.Middle;
        decimal size = Math.Round(rig.Core.Depth("BTCUSDT", 1000).Asks.Where(level => level.Price < before * 1.004m).Sum(level => level.Quantity), 5);

        ExchangeOrder order = rig.Place(isSell: false, size);
        order.Status.ShouldBe(ExchangeOrderStatus.Filled);
        decimal moved = rig.Middle;
        (moved / before).ShouldBeGreaterThan(1.0015m);
        rig.Instrument.LastPrice.ShouldBeGreaterThan(before * 1.003m);

        rig.Run(100);
        (rig.Middle / before).ShouldBeInRange(0.999m, 1.001m);
    }

    [Fact]
    public void Step_OnAContract_IndexAndMarkStayNearTheLastPrice()
    {
        MarketRig rig = new(7, MarketKind.Linear);
        rig.Run(50);
        rig.Run(6000, () =>
        {
            (rig.Instrument.MarkPrice / rig.Instrument.LastPrice).ShouldBeInRange(0.997m, 1.003m);
            (rig.Instrument.IndexPrice / rig.Instrument.LastPrice).ShouldBeInRange(0.997m, 1.003m);
        });
        rig.Instrument.FundingRate.ShouldBeInRange(-0.002m, 0.002m);
    }

    [Fact]
    public async Task Step_OnSpotAndContract_BothFollowOnePrice()
    {
        ManualTimeProvider time = new();
        ExchangeCore spot = new(new ExchangeCoreOptions { Listings = [MarketRig.Terms("BTCUSDT"), MarketRig.Terms("ETHUSDT")] }, time);
        ExchangeCore linear = new(new ExchangeCoreOptions { Kind = MarketKind.Linear, Listings = [MarketRig.Terms("ETHUSDT")] }, time);
        await using SyntheticOrderFlow flow = new([spot, linear], new SyntheticOrderFlowOptions(), time);
        for (int i = 0; i < 3000; i++)
        {
            flow.Step();
        }

        (linear.Find("ETHUSDT")!.LastPrice / spot.Find("ETHUSDT")!.LastPrice).ShouldBeInRange(0.998m, 1.002m);
    }

    [Fact]
    public async Task Start_WithAClock_StepsTenTimesASecond()
    {
        MarketRig rig = new();
        rig.Flow.Start();
        long before = rig.Flow.StepCount;
        await Eventually.Holds(() => rig.Time.Pending.Count > 0);
        for (int i = 0; i < 100; i++)
        {
            rig.Time.Advance(TimeSpan.FromMilliseconds(10));
            int done = i + 1;
            await Eventually.Holds(() => rig.Flow.StepCount >= before + ((done + 9) / 10));
        }

        await rig.Flow.DisposeAsync();
        rig.Flow.Fault.ShouldBeNull();
        rig.Flow.StepCount.ShouldBe(before + 10);
    }

    private static string TradesHash(long seed)
    {
        MarketRig rig = new(seed);
        rig.Run(600);
        StringBuilder text = new();
        foreach ((ListedInstrument _, PublicTrade trade) in rig.Trades)
        {
            text.Append(trade.Price).Append(' ').Append(trade.Quantity).Append(' ').Append(trade.IsSell).Append('\n');
        }

        rig.Trades.Count.ShouldBeGreaterThan(100);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double Correlation(double[] values, int lag)
    {
        double mean = values.Average();
        double covariance = values.Skip(lag).Zip(values, (a, b) => (a - mean) * (b - mean)).Average();
        double deviation = Deviation(values);
        return covariance / (deviation * deviation);
    }
}
