using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Harrier.Engine.Portfolio;
using Harrier.Research.Backtests;
using Harrier.Research.Metrics;

namespace Harrier.Research.Reports;

/// <summary>Writes <c>result.json</c>, which is also what <c>--json</c> prints. The keys are a contract with other programs.</summary>
public static class ResultJson
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document as indented text that ends with a line feed.</summary>
    public static string ToText(BacktestResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Readable))
        {
            Write(json, result, PerformanceMetrics.Of(result));
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    internal static void Write(Utf8JsonWriter json, BacktestResult result, PerformanceMetrics metrics)
    {
        json.WriteStartObject();
        WriteManifest(json, result);
        json.WriteStartObject("metrics");
        WriteReturnAndRisk(json, metrics);
        WriteTradesAndCosts(json, metrics);
        json.WriteEndObject();
        json.WriteStartObject("monthly");
        foreach (MonthlyReturn month in result.Equity.ToDailyEquity().MonthlyReturns())
        {
            json.WriteRatio(string.Create(CultureInfo.InvariantCulture, $"{month.Year:0000}-{month.Month:00}"), month.Return);
        }

        json.WriteEndObject();
        WriteOutcomes(json, "by_setup", result.Outcomes.BySetup);
        WriteOutcomes(json, "by_confluence", result.Outcomes.ByConfluence);
        json.WriteChecks(result.Checks);
        json.WriteObject("assumptions", result.Assumptions);
        WriteExecution(json, result.Execution);
        json.WriteStartObject("orders");
        json.WriteNumber("submitted", result.Orders.Submitted);
        json.WriteNumber("denied", result.Orders.Denied);
        json.WriteNumber("rejected", result.Orders.Rejected);
        json.WriteStartObject("reasons");
        foreach ((string reason, int count) in result.Orders.Reasons)
        {
            json.WriteNumber(reason, count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteManifest(Utf8JsonWriter json, BacktestResult result)
    {
        RunManifest manifest = result.Manifest;
        json.WriteString("state_hash", manifest.StateHash);
        json.WriteString("data_hash", manifest.DataHash);
        json.WriteString("config_hash", manifest.ConfigHash);
        json.WriteString("version", manifest.Version);
        json.WriteString("strategy", manifest.Strategy);
        json.WriteObject("parameters", manifest.Parameters);
        json.WriteString("venue", manifest.Venue.Name);
        json.WriteStartArray("symbols");
        foreach (string symbol in manifest.Symbols)
        {
            json.WriteStringValue(symbol);
        }

        json.WriteEndArray();
        json.WriteString("interval", manifest.Interval);
        json.WriteTime("from", manifest.From);
        json.WriteTime("to", manifest.To);
        json.WriteNumber("bars", manifest.Bars);
        json.WriteNumber("seed", manifest.Seed);
        json.WriteString("numeraire", manifest.Numeraire.Code);
        json.WriteMoney("initial_equity", result.InitialEquity);
        json.WriteMoney("final_equity", result.FinalEquity);
    }

    private static void WriteReturnAndRisk(Utf8JsonWriter json, PerformanceMetrics metrics)
    {
        json.WriteRatio("total_return", metrics.TotalReturn);
        json.WriteRatio("annual_return", metrics.AnnualReturn);
        json.WriteRatio("volatility", metrics.Volatility);
        json.WriteRatio("sharpe", metrics.Sharpe);
        json.WriteRatio("sortino", metrics.Sortino);
        json.WriteRatio("calmar", metrics.Calmar);
        json.WriteRatio("max_drawdown", metrics.MaxDrawdown);
        json.WriteTime("max_drawdown_start", metrics.MaxDrawdownStart);
        json.WriteTime("max_drawdown_end", metrics.MaxDrawdownEnd);
        json.WriteRatio("max_drawdown_days", metrics.MaxDrawdownDays);
    }

    private static void WriteTradesAndCosts(Utf8JsonWriter json, PerformanceMetrics metrics)
    {
        json.WriteRatio("profit_factor", metrics.ProfitFactor);
        json.WriteRatio("win_rate", metrics.WinRate);
        json.WriteMoney("expectancy", metrics.Expectancy);
        json.WriteRatio("sqn", metrics.Sqn);
        json.WriteMoney("avg_win", metrics.AverageWin);
        json.WriteMoney("avg_loss", metrics.AverageLoss);
        json.WriteRatio("avg_trade_minutes", metrics.AverageTradeMinutes);
        json.WriteNumber("trades", metrics.Trades);
        json.WriteRatio("exposure", metrics.Exposure);
        json.WriteRatio("turnover", metrics.Turnover);
        json.WriteMoney("fees", metrics.Fees);
        json.WriteMoney("funding", metrics.Funding);
        json.WriteRatio("tail_ratio", metrics.TailRatio);
        json.WriteRatio("var_95", metrics.ValueAtRisk95);
        json.WriteRatio("cvar_95", metrics.ConditionalValueAtRisk95);
        json.WriteRatio("ulcer_index", metrics.UlcerIndex);
        json.WriteRatio("buy_and_hold_return", metrics.BuyAndHoldReturn);
    }

    private static void WriteOutcomes(Utf8JsonWriter json, string name, IReadOnlyCollection<Outcome> outcomes)
    {
        json.WriteStartObject(name);
        foreach (Outcome outcome in outcomes)
        {
            json.WriteStartObject(outcome.Name);
            json.WriteNumber("trades", outcome.Trades);
            json.WriteRatio("win_rate", outcome.WinRate);
            json.WriteRatio("mean_r", outcome.MeanR);
            json.WriteMoney("pnl", outcome.Pnl);
            json.WriteRatio("profit_factor", outcome.ProfitFactor);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    internal static void WriteExecution(Utf8JsonWriter json, ExecutionQuality execution)
    {
        json.WriteStartObject("execution");
        json.WriteNumber("orders", execution.Orders);
        json.WriteRatio("fill_ratio", execution.FillRatio);
        json.WriteRatio("slippage_bps", execution.SlippageBps);
        json.WriteMoney("slippage_cost", execution.SlippageCost);
        json.WriteRatio("ms_to_fill", execution.MillisecondsToFill);
        json.WriteEndObject();
    }
}
