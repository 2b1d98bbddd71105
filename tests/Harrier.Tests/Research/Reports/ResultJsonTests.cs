using System.Text.Json;
using Harrier.Research.Backtests;
using Harrier.Research.Reports;
using Harrier.Tests.Support;

namespace Harrier.Tests.Research.Reports;

public sealed class ResultJsonTests
{
    // From the command line contract, in its order.
    private static readonly string[] MetricNames =
    [
        "total_return", "annual_return", "volatility", "sharpe", "sortino", "calmar", "max_drawdown", "max_drawdown_start", "max_drawdown_end",
        "max_drawdown_days", "profit_factor", "win_rate", "expectancy", "sqn", "avg_win", "avg_loss", "avg_trade_minutes", "trades", "exposure",
        "turnover", "fees", "funding", "tail_ratio", "var_95", "cvar_95", "ulcer_index", "buy_and_hold_return",
    ];

    private static readonly string[] TopNames =
    [
        "state_hash", "data_hash", "config_hash", "venue", "symbols", "interval", "from", "to", "bars", "initial_equity", "final_equity", "metrics",
        "monthly", "checks", "assumptions",
    ];

    [Fact]
    public void ToText_AnyRun_HasTheKeysOfTheContract()
    {
        JsonElement json = Parse(BacktestResults.Result(BacktestResults.Daily(.01, -.02), BacktestResults.Trade(1, 5m)));
        json.GetProperty("metrics").EnumerateObject().Select(property => property.Name).ShouldBe(MetricNames);
        json.EnumerateObject().Select(property => property.Name).Intersect(TopNames).ShouldBe(TopNames);
        json.EnumerateObject().Select(property => property.Name).Except(TopNames)
            .ShouldBe(["version", "strategy", "parameters", "seed", "numeraire", "by_setup", "by_confluence", "execution", "orders"], "what is told beyond the contract");
    }

    [Fact]
    public void ToText_KnownRun_WritesMoneyAsTextAndRatiosAsNumbers()
    {
        JsonElement json = Parse(BacktestResults.Result(BacktestResults.Daily(.01, -.02), BacktestResults.Trade(1, 5.50m), BacktestResults.Trade(2, -1.25m)));
        json.GetProperty("initial_equity").GetString().ShouldBe("1000");
        json.GetProperty("final_equity").GetString().ShouldBe("1004.25");
        json.GetProperty("from").GetString().ShouldBe("2024-01-01T00:00:00Z");
        json.GetProperty("to").GetString().ShouldBe("2024-01-03T00:00:00Z");
        json.GetProperty("bars").GetInt64().ShouldBe(2);
        JsonElement metrics = json.GetProperty("metrics");
        metrics.GetProperty("fees").GetString().ShouldBe("3");
        metrics.GetProperty("funding").GetString().ShouldBe("-0.5");
        metrics.GetProperty("expectancy").GetString().ShouldBe("2.125");
        metrics.GetProperty("avg_win").GetString().ShouldBe("5.5");
        metrics.GetProperty("avg_loss").GetString().ShouldBe("-1.25");
        metrics.GetProperty("win_rate").GetDouble().ShouldBe(.5);
        metrics.GetProperty("max_drawdown_start").GetString().ShouldBe("2024-01-02T00:00:00Z");
        metrics.GetProperty("max_drawdown_end").GetString().ShouldBe("2024-01-03T00:00:00Z");
        json.GetProperty("monthly").GetProperty("2024-01").GetDouble().ShouldBe((1.01 * .98) - 1, 1e-12);
        json.GetProperty("assumptions").GetProperty("maker_fee_bps").GetDecimal().ShouldBe(10m);
        json.GetProperty("parameters").GetProperty("period").GetInt32().ShouldBe(14);
        JsonElement check = json.GetProperty("checks")[0];
        check.GetProperty("name").GetString().ShouldBe("leakage");
        check.GetProperty("passed").GetBoolean().ShouldBeTrue();
        check.GetProperty("detail").GetString().ShouldBe("12 cuts, no decision changed");
        json.GetProperty("orders").GetProperty("denied").GetInt32().ShouldBe(1);
    }

    [Fact]
    public void ToText_RunWithoutBars_WritesNullForWhatIsUndefined()
    {
        JsonElement metrics = Parse(BacktestResults.Result(BacktestResults.Daily()) with { BuyAndHoldReturn = double.NaN }).GetProperty("metrics");
        string[] defined = ["total_return", "trades", "fees", "funding", "turnover"];
        metrics.EnumerateObject().Where(property => !defined.Contains(property.Name)).ShouldAllBe(property => property.Value.ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public void ToText_OddAssumptions_StayReadable()
    {
        BacktestResult result = BacktestResults.Result(BacktestResults.Daily(.01)) with
        {
            Assumptions =
            [
                new("none", null), new("flag", true), new("list", new List<string> { "a", "b" }), new("nan", double.NaN), new("span", TimeSpan.FromMinutes(90)),
                new("start", BacktestResults.Start), new("tiny", 0.00000001m), new("twice", 1), new("twice", 2),
            ],
        };
        JsonElement json = Parse(result).GetProperty("assumptions");
        json.GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal).ShouldBe(
            """{"none":null,"flag":true,"list":["a","b"],"nan":null,"span":"01:30:00","start":"2024-01-01T00:00:00Z","tiny":0.00000001,"twice":2}""");
    }

    private static JsonElement Parse(BacktestResult result)
    {
        using JsonDocument document = JsonDocument.Parse(ResultJson.ToText(result));
        return document.RootElement.Clone();
    }
}
