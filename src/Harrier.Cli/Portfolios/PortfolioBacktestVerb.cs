using System.CommandLine;
using Harrier.Cli.Backtests;
using Harrier.Cli.MarketData;
using Harrier.Cli.Options;
using Harrier.Cli.Verbs;
using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Features.Portfolio.Allocation;
using Harrier.Research.Backtests;
using Harrier.Research.Portfolios;
using Harrier.Research.Reports;

namespace Harrier.Cli.Portfolios;

/// <summary><c>portfolio backtest</c>: the portfolio bot on many symbols, beside holding, equal weights and target weights.</summary>
internal sealed class PortfolioBacktestVerb
{
    private readonly PortfolioDataOptions _data = new();
    private readonly BotOptions _bot = new();
    private readonly AllocationOptions _allocation = new();
    private readonly Option<string?> _balance = new("--balance") { Description = "worth of all holdings at the start, in equal parts of the numeraire and each asset [10000]" };
    private readonly Option<string[]> _holding = new("--holding") { Description = "what is held at the start instead, BTC=0.5, repeatable" };
    private readonly Option<string?> _spread = new("--spread-bps") { Description = "from what a venue pays to what it asks, in basis points [10]" };
    private readonly Option<string?> _slippage = new("--slippage-bps") { Description = "what the next price is worse, in basis points [5]" };
    private readonly Option<string?> _fee = new("--fee-bps") { Description = "fee of each conversion in basis points [10]" };
    private readonly Option<string[]> _priority = new("--priority") { Description = "priority of a symbol, BTCUSDT=100, repeatable" };
    private readonly Option<string?> _methods = new("--methods") { Description = "methods to compare with, or none [" + string.Join(',', AllocationOptions.MethodsWithoutGoal.Keys.Skip(1)) + "]" };
    private readonly Option<string?> _lookback = new("--lookback") { Description = "returns that target weights are estimated from [168]" };
    private readonly Option<string?> _every = new("--every") { Description = "bars from one estimate to the next [24]" };
    private readonly Option<string?> _seed = new("--seed") { Description = "seed of the moments at which knowledge of the future is looked for [0]" };
    private readonly Option<string?> _out = new("--out") { Description = "folder for result.json, trades.csv, equity.csv, report.html" };
    private readonly Option<bool> _json = new("--json") { Description = "print result.json instead of a table" };

    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        PortfolioBacktestVerb verb = new();
        Command command = new("backtest", "Run the portfolio bot on bars of many symbols, beside holding, equal weights and target weights.")
        {
            verb._balance, verb._holding, verb._spread, verb._slippage, verb._fee, verb._priority, verb._methods, verb._lookback, verb._every, verb._seed, verb._out, verb._json,
        };
        verb._data.AddTo(command);
        verb._bot.AddTo(command);
        verb._allocation.AddTo(command);
        command.Does(verbose, verb.Run);
        return command;
    }

    private int Run(ParseResult parsed, InvocationConfiguration streams, CancellationToken stop)
    {
        FaultList faults = new();
        PortfolioDataRequest request = _data.Read(parsed, faults);
        PortfolioBacktestSettings settings = ReadSettings(parsed, faults);
        string? folder = faults.Try(() => parsed.GetValue(_out) is { } named ? OutputFolder.Check("--out", named) : null);
        faults.ThrowIfAny();
        using BacktestData data = request.Open();
        RequireKnown(settings.Priorities.Keys, data.Series);
        PortfolioResult result = PortfolioBacktest.Run(settings with { Numeraire = request.NumeraireOf(data.Series) }, data.Series, stop);
        foreach (string line in data.Summary)
        {
            streams.Error.WriteLine(line);
        }

        folder ??= Path.Combine(request.Home, "backtests", $"portfolio-{result.Interval}-{result.ConfigHash[..8]}-{result.DataHash[..8]}");
        string json = OutputFolder.Write("--out", folder, () => PortfolioFiles.Write(result, folder));
        Print(result, json, parsed.GetValue(_json), streams);
        (parsed.GetValue(_json) ? streams.Error : streams.Output).WriteLine($"report: {Path.GetFullPath(Path.Combine(folder, ResultFiles.ReportName))}");
        return result.Checks.All(check => check.Passed) ? 0 : 1;
    }

    private PortfolioBacktestSettings ReadSettings(ParseResult parsed, FaultList faults)
    {
        decimal Bps(Option<string?> option, decimal usual, decimal most) =>
            faults.Try(() => parsed.GetValue(option) is { } text ? OptionText.Decimal(option.Name, text, 0, most) : usual) / 10_000;
        int Whole(Option<string?> option, int usual, int least) =>
            faults.Try(() => parsed.GetValue(option) is { } text ? AmountText.Whole(option.Name, text, least, 100_000) : usual);
        PortfolioBotSettings bot = _bot.Read(parsed, faults);
        return new PortfolioBacktestSettings
        {
            Numeraire = default,
            Balance = faults.Try(() => OptionText.Positive("--balance", parsed.GetValue(_balance) ?? "10000")),
            Holdings = faults.Try(() => AmountText.Amounts("--holding", parsed.GetValue(_holding) ?? [])) ?? [],
            Costs = new ConversionCosts(Bps(_spread, 10, 1000) / 2, Bps(_slippage, 5, 1000), Bps(_fee, 10, 1000)),
            Bot = bot,
            Priorities = faults.Try(() => AmountText.Priorities("--priority", parsed.GetValue(_priority) ?? [])) ?? new Dictionary<string, int>(),
            Methods = faults.Try(() => ReadMethods(parsed.GetValue(_methods))) ?? [],
            Allocation = _allocation.Read(parsed, faults),
            Lookback = Whole(_lookback, 168, 2),
            EstimateEvery = Whole(_every, 24, 1),
            Rebalance = _allocation.ReadRule(parsed, bot.MinNotional, faults),
            Seed = faults.Try(() => OptionText.Integer("--seed", parsed.GetValue(_seed) ?? "0")),
        };
    }

    private static IReadOnlyList<AllocationMethod> ReadMethods(string? text) => text switch
    {
        null => [.. AllocationOptions.MethodsWithoutGoal.Values.Skip(1)],
        "none" => [],
        _ => [.. text.Split(',', StringSplitOptions.TrimEntries).Select(name => OptionText.Choice("--methods", name, AllocationOptions.MethodsWithoutGoal)).Distinct()],
    };

    private static void RequireKnown(IEnumerable<string> named, IReadOnlyList<BarHistory> series)
    {
        string[] symbols = [.. series.Select(one => one.Instrument.Symbol)];
        if (named.FirstOrDefault(symbol => !symbols.Contains(symbol)) is { } unknown)
        {
            throw new InputException("priority", unknown, "one of " + string.Join(", ", symbols));
        }
    }

    private static void Print(PortfolioResult result, string json, bool isJson, InvocationConfiguration streams)
    {
        if (isJson)
        {
            streams.Output.Write(json);
            return;
        }

        streams.Output.WriteLine($"{string.Join(", ", result.Symbols)} {result.Interval} from {result.From} to {result.To}, {result.Bars} bars{(result.Venue.IsSimulated ? " (SIMULATED MARKET)" : "")}");
        TextTable.Write(streams.Output, PortfolioFigures.Columns, [.. result.Runs.Select(run => PortfolioFigures.Row(run, result.Settings.Numeraire.Code))]);
        foreach (CheckResult check in result.Checks)
        {
            streams.Output.WriteLine($"{(check.Passed ? "passed" : "FAILED")}  {check.Name}: {check.Detail}");
        }
    }
}
