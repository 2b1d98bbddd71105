using System.Text.Json;
using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Features.Portfolio.Allocation;
using Harrier.Research.Portfolios;
using Harrier.Tests.Support;
using static Harrier.Tests.Research.Portfolios.PortfolioScene;

namespace Harrier.Tests.Research.Portfolios;

public sealed class PortfolioBacktestTests
{
    private static readonly PortfolioBacktestSettings Usual = Settings(new ConversionCosts()) with
    {
        Balance = 10_000,
        Lookback = 48,
        Methods = [.. Enum.GetValues<AllocationMethod>().Except([AllocationMethod.Utility, AllocationMethod.TargetReturn])],
    };

    [Fact]
    public void Run_ManySymbols_PassesItsChecksAndTradesInEachPlan()
    {
        PortfolioResult result = PortfolioBacktest.Run(Usual, Walks(400, 5, "BTC", "ETH", "SOL", "XRP"), CancellationToken.None);

        result.Checks.ShouldAllBe(check => check.Passed);
        result.Runs.Select(run => run.Name).ShouldBe(["bot", "hold", "equal-weight", "equal-invested", "minimum-variance", "tangency", "risk-parity", "hrp", "kelly"]);
        result.Runs.Where(run => run.Name != "hold").ShouldAllBe(run => run.Trades.Count > 0);
        result.Runs.ShouldAllBe(run => run.Equity.Settings.InitialEquity == result.InitialEquity && run.End.All(holding => holding.Amount > 0));
        Math.Abs(result.InitialEquity - 10_000).ShouldBeLessThan(0.001m);
    }

    [Fact]
    public void Run_Twice_IsTheSameToTheLastCharacter()
    {
        string Once() => PortfolioJson.ToText(PortfolioBacktest.Run(Usual, Walks(200, 6, "BTC", "ETH"), CancellationToken.None));
        Once().ShouldBe(Once());
    }

    [Fact]
    public void Run_SymbolsInOtherOrder_IsTheSame()
    {
        BarSeries[] series = Walks(200, 6, "BTC", "ETH", "SOL");
        string there = PortfolioJson.ToText(PortfolioBacktest.Run(Usual, series, CancellationToken.None));
        PortfolioJson.ToText(PortfolioBacktest.Run(Usual, [series[2], series[0], series[1]], CancellationToken.None)).ShouldBe(there);
    }

    // The bot of the backtest and one that is fed by hand with the same closes decide the same.
    [Fact]
    public void Run_Bot_DecidesWhatTheOptimizerDecides()
    {
        BarSeries[] series = Walks(300, 5, "BTC", "ETH");
        PortfolioRun bot = PortfolioBacktest.Run(Usual with { Methods = [] }, series, CancellationToken.None).Runs[0];
        PortfolioOptimizer optimizer = new(Usual.Bot with { Numeraire = Usdt, Fee = Usual.Costs.ExpectedFee }, [TradingPair.Parse("BTC-USDT"), TradingPair.Parse("ETH-USDT")]);
        Dictionary<Asset, decimal> held = bot.Start.ToDictionary(money => money.Asset, money => money.Amount);
        Queue<PortfolioTrade> trades = new(bot.Trades);
        for (int i = 0; i < 300; i++)
        {
            Timestamp now = At(i + 1);
            decimal Close(int asset) => series[asset].Instrument.ToDecimal(series[asset][i].Close);
            PairQuote[] quotes = [.. Enumerable.Range(0, 2).Select(asset => new PairQuote(series[asset].Instrument.Base, Usdt, Close(asset) * 0.9995m, Close(asset) * 1.0005m, now))];
            TradeOpportunity? best = optimizer.Look(new(now, quotes, [.. held.Select(pair => new Money(pair.Value, pair.Key))])).Best;
            bool isTraded = trades.TryPeek(out PortfolioTrade? next) && next.Decided == now;
            isTraded.ShouldBe(best is not null && i < 299, $"hour {i}");
            if (isTraded)
            {
                PortfolioTrade trade = trades.Dequeue();
                trade.From.ShouldBe(best!.From);
                trade.Executed.ShouldBe(now);
                held[trade.From.Asset] -= trade.From.Amount;
                held[trade.To.Asset] = held.GetValueOrDefault(trade.To.Asset) + trade.To.Amount;
            }
        }

        bot.Trades.Count.ShouldBeGreaterThan(3);
        held.Where(pair => pair.Value != 0).OrderBy(pair => pair.Key.Code).Select(pair => new Money(pair.Value, pair.Key)).ShouldBe(bot.End);
    }

    [Fact]
    public void Run_FutureReplaced_DecidesTheSameUntilThen()
    {
        BarSeries[] series = Walks(240, 8, "BTC", "ETH");
        BarSeries[] planted = [.. series.Select(one => new BarSeries(one.Instrument, one.Spec, [.. one.Bars[..120], .. Tripled(one.Bars[120..].ToArray())], one.Count))];
        PortfolioResult actual = PortfolioBacktest.Run(Usual, series, CancellationToken.None);
        PortfolioResult other = PortfolioBacktest.Run(Usual, planted, CancellationToken.None);
        foreach ((PortfolioRun one, PortfolioRun changed) in actual.Runs.Zip(other.Runs))
        {
            one.Decisions.TakeWhile(decision => decision.Time <= At(120)).ShouldBe(changed.Decisions.TakeWhile(decision => decision.Time <= At(120)));
        }

        actual.Runs[0].Decisions.ShouldNotBe(other.Runs[0].Decisions);
    }

    [Fact]
    public void Leakage_PlanThatLooksAhead_IsFound()
    {
        BarSeries[] series = Walks(100, 9, "BTC");
        PortfolioRun Peek(string name, IReadOnlyList<BarHistory> bars, Timestamp until)
        {
            Bar[] all = [.. bars[0].ReadBlocks().SelectMany(block => block.ToArray())];
            int seen = 0;
            Scripted plan = new(moment =>
            {
                seen++;
                return seen < all.Length && all[seen].Close > all[seen - 1].Close ? [new PlannedConversion(new Money(1, Usdt), moment.Graph.Best(Usdt, new("BTC"))!)] : [];
            });
            return new PortfolioSimulator(Settings(), bars, plan).Run(until, CancellationToken.None)!;
        }

        PortfolioRun run = Peek("scripted", series, At(1000));
        PortfolioChecks.Leakage([run], Peek, series, [At(20), At(40), At(60), At(80)]).Passed.ShouldBeFalse();
    }

    [Fact]
    public void Conservation_AmountThatDoesNotFollow_IsFound()
    {
        PortfolioRun run = PortfolioBacktest.Run(Usual with { Methods = [] }, Walks(100, 9, "BTC"), CancellationToken.None).Runs[1];
        PortfolioChecks.Conservation([run]).Passed.ShouldBeTrue();
        PortfolioChecks.Conservation([run with { End = [.. run.End.Select(money => money with { Amount = money.Amount + 0.00000001m })] }]).Passed.ShouldBeFalse();
    }

    [Fact]
    public void Run_Inputs_AreChecked()
    {
        BarSeries btc = Walks(10, 1, "BTC")[0];
        Should.Throw<PortfolioInputException>(() => PortfolioBacktest.Run(Usual, [], CancellationToken.None)).Field.ShouldBe("data");
        Should.Throw<PortfolioInputException>(() => PortfolioBacktest.Run(Usual with { Numeraire = new("EUR") }, [btc], CancellationToken.None)).Field.ShouldBe("numeraire");
        Should.Throw<PortfolioInputException>(() => PortfolioBacktest.Run(Usual with { Balance = 0 }, [btc], CancellationToken.None)).Field.ShouldBe("backtest");
        Should.Throw<PortfolioInputException>(() => PortfolioBacktest.Run(Usual with { Costs = new(0.5m) }, [btc], CancellationToken.None)).Field.ShouldBe("costs");
        Should.Throw<PortfolioInputException>(() => PortfolioBacktest.Run(Usual with { Holdings = [new Money(1, new("DOGE"))] }, [btc], CancellationToken.None)).Field.ShouldBe("holdings");
    }

    [Fact]
    public void Write_Files_HoldEveryRun()
    {
        using TemporaryFolder folder = new();
        PortfolioResult result = PortfolioBacktest.Run(Usual, Walks(200, 5, "BTC", "ETH"), CancellationToken.None);

        using JsonDocument json = JsonDocument.Parse(PortfolioFiles.Write(result, folder.Path));

        json.RootElement.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("plan").GetString()).ShouldBe(result.Runs.Select(run => run.Name));
        json.RootElement.GetProperty("checks").GetArrayLength().ShouldBe(2);
        File.ReadAllLines(Path.Combine(folder.Path, "trades.csv")).Length.ShouldBe(1 + result.Runs.Sum(run => run.Trades.Count));
        string[] equity = File.ReadAllLines(Path.Combine(folder.Path, "equity.csv"));
        equity[0].ShouldStartWith("time,bot,hold,equal-weight");
        equity.Length.ShouldBe(201);
        File.ReadAllText(Path.Combine(folder.Path, "report.html")).ShouldContain("SIMULATED MARKET");
    }

    private static Bar[] Tripled(Bar[] bars) =>
        [.. bars.Select(bar => bar with { Open = new(bar.Open.Value * 3), High = new(bar.High.Value * 3), Low = new(bar.Low.Value * 3), Close = new(bar.Close.Value * 3) })];
}
