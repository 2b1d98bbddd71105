using System.Security.Cryptography;
using System.Text;
using Harrier.Testnet.Core;

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
