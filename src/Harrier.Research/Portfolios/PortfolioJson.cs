using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Features.Portfolio.Allocation;
using Harrier.Research.Backtests;
using Harrier.Research.Reports;

namespace Harrier.Research.Portfolios;

/// <summary>Writes <c>result.json</c> of a backtest of portfolios. The keys are a contract with other programs.</summary>
public static class PortfolioJson
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document as indented text that ends with a line feed.</summary>
    public static string ToText(PortfolioResult result)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Readable))
        {
            Write(json, result);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    /// <summary>The settings alone, as one line: what the hash of the settings is taken of.</summary>
    internal static string SettingsText(PortfolioBacktestSettings settings)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteObject("settings", SettingsOf(settings));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // Every setting that decides on the result.
    private static IReadOnlyList<KeyValuePair<string, object?>> SettingsOf(PortfolioBacktestSettings settings)
    {
        PortfolioBotSettings bot = settings.Bot;
        return
        [
            new("numeraire", settings.Numeraire.Code),
            new("balance", settings.Balance),
            new("holdings", settings.Holdings.Select(holding => holding.ToString()).ToArray()),
            new("half_spread", settings.Costs.HalfSpread),
            new("slippage", settings.Costs.Slippage),
            new("fee", settings.Costs.Fee),
            new("model", bot.Model.ToString()),
            new("risk_tolerance", bot.RiskTolerance),
            new("min_confidence", bot.MinConfidence),
            new("min_expected_return", bot.MinExpectedReturn),
            new("trade_size_amount", bot.TradeSizeAmount),
            new("trade_size_percentage", bot.TradeSizePercentage),
            new("volatility_window", bot.VolatilityWindow),
            new("horizon_seconds", bot.Horizon?.TotalSeconds),
            new("half_life_fraction", bot.HalfLifeFraction),
            new("most_hops", bot.MostHops),
            new("min_notional", bot.MinNotional),
            new("reserves", bot.Reserves.OrderBy(reserve => reserve.Key.Code, StringComparer.Ordinal).Select(reserve => new Money(reserve.Value, reserve.Key).ToString()).ToArray()),
            new("priorities", settings.Priorities.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value}")).ToArray()),
            new("methods", settings.Methods.Select(method => method.ToString()).ToArray()),
            new("covariance", settings.Allocation.IsShrunk ? "ledoit-wolf" : "sample"),
            new("max_weight", settings.Allocation.MostWeight),
            new("kelly_fraction", settings.Allocation.KellyFraction),
            new("lookback", settings.Lookback),
            new("estimate_every", settings.EstimateEvery),
            new("band", settings.Rebalance.Band),
            new("most_turnover", settings.Rebalance.MostTurnover),
            new("rebalance_min_notional", settings.Rebalance.MinNotional),
            new("seed", settings.Seed),
        ];
    }

    private static void Write(Utf8JsonWriter json, PortfolioResult result)
    {
        json.WriteStartObject();
        json.WriteString("data_hash", result.DataHash);
        json.WriteString("config_hash", result.ConfigHash);
        json.WriteString("version", BacktestRunner.Version);
        json.WriteString("venue", result.Venue.Name);
        WriteTexts(json, "symbols", result.Symbols);
        json.WriteString("interval", result.Interval);
        json.WriteTime("from", result.From);
        json.WriteTime("to", result.To);
        json.WriteNumber("bars", result.Bars);
        json.WriteString("numeraire", result.Settings.Numeraire.Code);
        json.WriteMoney("initial_equity", result.InitialEquity);
        json.WriteStartArray("runs");
        foreach (PortfolioRun run in result.Runs)
        {
            WriteRun(json, run, result.Settings.Numeraire);
        }

        json.WriteEndArray();
        json.WriteChecks(result.Checks);
        json.WriteObject("settings", SettingsOf(result.Settings));
        WriteTexts(json, "assumptions", PortfolioAssumptions.Lines);
        json.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter json, PortfolioRun run, Asset numeraire)
    {
        PortfolioFigures figures = PortfolioFigures.Of(run);
        json.WriteStartObject();
        json.WriteString("plan", run.Name);
        json.WriteMoney("final_equity", run.FinalEquity);
        json.WriteRatio("total_return", figures.TotalReturn);
        json.WriteRatio("annual_return", figures.AnnualReturn);
        json.WriteRatio("volatility", figures.Volatility);
        json.WriteRatio("sharpe", figures.Sharpe);
        json.WriteRatio("sortino", figures.Sortino);
        json.WriteRatio("max_drawdown", figures.MaxDrawdown);
        json.WriteNumber("trades", run.Trades.Count);
        json.WriteNumber("missed", run.Missed);
        json.WriteMoney("costs", run.Costs);
        json.WriteRatio("turnover", run.Turnover);
        json.WriteMoney("realized_gain_fifo", RealizedGains.Of(run, numeraire, LotOrder.Fifo));
        json.WriteMoney("realized_gain_hifo", RealizedGains.Of(run, numeraire, LotOrder.Hifo));
        WriteHoldings(json, "start", run.Start);
        WriteHoldings(json, "end", run.End);
        json.WriteEndObject();
    }

    private static void WriteHoldings(Utf8JsonWriter json, string name, IReadOnlyList<Money> holdings)
    {
        json.WriteStartObject(name);
        foreach (Money holding in holdings.OrderBy(holding => holding.Asset.Code, StringComparer.Ordinal))
        {
            json.WriteMoney(holding.Asset.Code, holding.Amount);
        }

        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
