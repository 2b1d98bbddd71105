using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Domain;
using Harrier.Storage.Bars;
using Harrier.Tests.Research.Portfolios;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Verbs;

public sealed class PortfolioVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PortfolioVerbTests()
    {
        foreach (BarSeries series in PortfolioScene.Walks(200, 5, "BTC", "ETH", "SOL"))
        {
            using FileStream file = File.Create(Path.Combine(_folder.Path, $"sim-spot_{series.Instrument.Symbol}_1h.csv"));
            BarCsvWriter.Write(file, series);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("equal")]
    [InlineData("minimum-variance")]
    [InlineData("tangency")]
    [InlineData("risk-parity")]
    [InlineData("hrp")]
    [InlineData("kelly")]
    [InlineData("utility")]
    public void Allocate_Method_TellsWeightsThatAddUp(string method)
    {
        VerbRun run = Run("allocate", "--method", method, "--json", "--holding", "BTC=1,USDT=100");

        run.Errors.ShouldBeEmpty();
        run.ExitCode.ShouldBe(0);
        JsonElement root = JsonDocument.Parse(run.Output).RootElement;
        root.GetProperty("method").GetString().ShouldBe(method);
        JsonElement[] assets = [.. root.GetProperty("assets").EnumerateArray()];
        assets.Select(asset => asset.GetProperty("asset").GetString()).ShouldBe(["BTC", "ETH", "SOL"]);
        (assets.Sum(asset => asset.GetProperty("weight").GetDouble()) + root.GetProperty("numeraire_weight").GetDouble()).ShouldBe(1, 1e-9);
        root.GetProperty("moves").GetArrayLength().ShouldBe(4);
        root.GetProperty("returns").GetInt32().ShouldBe(199);
    }

    [Fact]
    public void Allocate_Text_IsATableWithWhatToTrade()
    {
        VerbRun run = Run("allocate", "--holding", "BTC=1", "--lookback", "50");
        run.ExitCode.ShouldBe(0);
        run.Lines[0].ShouldContain("move");
        run.Lines.ShouldContain(line => line.StartsWith("USDT", StringComparison.Ordinal));
        run.Output.ShouldContain("from 50 returns");
    }

    // Two of three go at the last close; the lots cost 10 and 1,000.
    [Fact]
    public void Allocate_Lots_TellWhatSalesRealize()
    {
        string[] lots = ["--lot", "2023-01-01:BTC=1@10", "--lot", "2023-02-01:BTC=1@1000"];
        VerbRun run = Run(["allocate", "--method", "equal", "--json", "--holding", "BTC=3", "--band", "0", .. lots]);

        JsonElement root = JsonDocument.Parse(run.Output).RootElement;
        JsonElement sale = root.GetProperty("sales").EnumerateArray().ShouldHaveSingleItem();
        decimal Of(string name) => decimal.Parse(sale.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
        Of("quantity").ShouldBe(2);
        Of("fifo").ShouldBe((2 * Of("price")) - 1_010);
        Run(["allocate", "--method", "equal", "--holding", "BTC=1.5", "--band", "0", .. lots]).Output.ShouldContain("sale: 1 BTC at");
    }

    [Fact]
    public void Allocate_TargetReturn_HasIt_AndSaysWhatIsWithinReach()
    {
        JsonElement[] assets = [.. JsonDocument.Parse(Run("allocate", "--method", "equal", "--json").Output).RootElement.GetProperty("assets").EnumerateArray()];
        double wanted = assets.Average(static asset => asset.GetProperty("mean").GetDouble());
        string year = (wanted * 24 * 365).ToString("R", CultureInfo.InvariantCulture);
        VerbRun run = Run("allocate", "--method", "target-return", "--target-return", year, "--json");
        run.Errors.ShouldBeEmpty();
        JsonDocument.Parse(run.Output).RootElement.GetProperty("mean").GetDouble().ShouldBe(wanted, 1e-10);
        VerbRun tooMuch = Run("allocate", "--method", "target-return", "--target-return", "99999");
        (tooMuch.ExitCode, tooMuch.Errors.StartsWith("error: target-return: 99999: what weights have, ", StringComparison.Ordinal)).ShouldBe((2, true), tooMuch.Errors);
        Run("allocate", "--method", "target-return").Errors.ShouldStartWith("error: target-return: none given: ");
        Run("allocate", "--target-return", "0.2").Errors.ShouldStartWith("error: target-return: 0.2: nothing but with --method target-return");
        Run("allocate", "--lot-order", "fifo").Errors.ShouldStartWith("error: lot-order: fifo: nothing but with --max-gain");
    }

    // The dear lot is sold whole at its loss; of the cheap one half, where the limit leaves room for half of its gain.
    [Fact]
    public void Allocate_MostGain_SellsDearLotsFirst_AndStopsThere()
    {
        string[] request = ["allocate", "--method", "equal", "--json", "--holding", "BTC=3", "--band", "0", "--lot", "2023-01-01:BTC=1@1", "--lot", "2023-02-01:BTC=1@1000000"];
        decimal price = NumberOf(SaleOf(Run(request)), "price");
        decimal limit = price - 1_000_000 + ((price - 1) / 2);
        VerbRun run = Run([.. request, "--max-gain", limit.ToString(CultureInfo.InvariantCulture)]);
        NumberOf(SaleOf(run), "quantity").ShouldBe(1.5m, 0.0000001m);
        NumberOf(SaleOf(run), "hifo").ShouldBe(limit, 0.001m);
        JsonDocument.Parse(run.Output).RootElement.GetProperty("moves").EnumerateArray().Sum(static move => NumberOf(move, "move")).ShouldBe(0, 0.0000001m);
    }

    private static JsonElement SaleOf(VerbRun run) => JsonDocument.Parse(run.Output).RootElement.GetProperty("sales").EnumerateArray().ShouldHaveSingleItem();

    private static decimal NumberOf(JsonElement element, string name) => decimal.Parse(element.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    [Fact]
    public void Frontier_Json_RisesFromTheLeastRisk()
    {
        VerbRun run = Run("frontier", "--points", "7", "--json");

        run.ExitCode.ShouldBe(0);
        JsonElement[] points = [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("points").EnumerateArray()];
        points.Length.ShouldBe(7);
        points.Select(point => point.GetProperty("volatility").GetDouble()).ShouldBeInOrder();
        points.Select(point => point.GetProperty("mean").GetDouble()).ShouldBeInOrder();
        Run("frontier", "--points", "7").Lines.Length.ShouldBeInRange(9, 10);
    }

    [Fact]
    public void Backtest_Json_IsTheFileThatItWrites()
    {
        string target = Path.Combine(_folder.Path, "out");
        VerbRun run = Run("backtest", "--json", "--out", target, "--lookback", "48", "--priority", "BTC/USDT=100", "--risk-level", "0.7", "--holding", "USDT=1000", "--holding", "BTC=2");

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldBe(File.ReadAllText(Path.Combine(target, "result.json")));
        JsonElement root = JsonDocument.Parse(run.Output).RootElement;
        root.GetProperty("settings").GetProperty("risk_tolerance").GetDouble().ShouldBe(0.7);
        root.GetProperty("runs")[1].GetProperty("end").GetProperty("BTC").GetString().ShouldBe("2");
        run.Errors.ShouldContain("report.html");
    }

    [Fact]
    public void Backtest_Text_HasARowForEachPlan()
    {
        VerbRun run = Run("backtest", "--out", Path.Combine(_folder.Path, "out"), "--methods", "hrp");
        run.ExitCode.ShouldBe(0);
        run.Lines[2..6].Select(line => line.Split(' ')[0]).ShouldBe(["bot", "hold", "equal-weight", "hrp"]);
        run.Lines.Count(line => line.StartsWith("passed", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Theory]
    [InlineData("error: risk-level: 1.5: a number from 0 to 1", "backtest", "--risk-level", "1.5")]
    [InlineData("error: trade-size-percentage: 0.001: a number from 0.01 to 1", "backtest", "--trade-size-percentage", "0.001")]
    [InlineData("error: window: 2: a whole number from 3 to 1000", "backtest", "--window", "2")]
    [InlineData("error: methods: foo: one of equal, minimum-variance, tangency, risk-parity, hrp, kelly", "backtest", "--methods", "foo")]
    [InlineData("error: priority: DOGEUSDT: one of BTCUSDT, ETHUSDT, SOLUSDT", "backtest", "--priority", "DOGEUSDT=1")]
    [InlineData("error: holding: BTC: an asset and an amount as BTC=0.5, each asset once", "allocate", "--holding", "BTC")]
    [InlineData("error: holding: BTC=2: each asset once", "allocate", "--holding", "BTC=1", "--holding", "BTC=2")]
    [InlineData("error: lot: BTC=1: day, asset, quantity and price as 2024-01-31:BTC=0.5@42000", "allocate", "--lot", "BTC=1")]
    [InlineData("error: holding: DOGE: one of BTC, ETH, SOL, USDT", "allocate", "--holding", "DOGE=1")]
    [InlineData("error: points: 1: a whole number from 2 to 1000", "frontier", "--points", "1")]
    [InlineData("error: numeraire: EUR: an asset that the symbols lead to from BTC in at most three conversions", "frontier", "--numeraire", "EUR")]
    [InlineData("error: max-weight: 0: a fraction above 0 and at most 1, such as 0.03", "frontier", "--max-weight", "0")]
    public void Invoke_BadInput_SaysWhatIsAllowed(string expected, params string[] arguments)
    {
        VerbRun run = Run(arguments);
        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.ErrorLines.ShouldBe([expected]);
    }

    private VerbRun Run(params string[] arguments)
    {
        Option<bool> verbose = new("--verbose");
        return VerbRun.Of(PortfolioVerb.Create(verbose), [.. arguments, "--data", _folder.Path, "--home", Path.Combine(_folder.Path, "home")]);
    }
}
