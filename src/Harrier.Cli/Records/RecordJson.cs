using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Cli.MarketData;
using Harrier.Domain;
using Harrier.Hosting.Performance;
using Harrier.Research.Reports;
using Harrier.Storage.Records.Rows;

namespace Harrier.Cli.Records;

/// <summary>Records as a JSON array of objects, with the names of <c>trades.csv</c>. Money, prices and quantities are texts; what is not there is null.</summary>
internal static class RecordJson
{
    public static string Trades(IEnumerable<TradeRow> rows) => Array(rows, static (json, row) =>
    {
        json.WriteNumber("id", row.Number);
        json.WriteString("account", row.Account);
        json.WriteString("bot", row.Bot);
        json.WriteString("symbol", row.Symbol);
        json.WriteString("side", row.Side);
        json.WriteString("entry_time", Text(row.EntryTime));
        json.WriteString("exit_time", Text(row.ExitTime));
        json.WriteString("entry_price", Text(row.EntryPrice));
        json.WriteString("exit_price", Text(row.ExitPrice));
        json.WriteString("quantity", Text(row.Quantity));
        json.WriteString("fees", Text(row.Fees));
        json.WriteString("funding", Text(row.Funding));
        json.WriteString("pnl", Text(row.Pnl));
        json.WriteString("initial_risk", Text(row.InitialRisk));
        json.WriteString("exit_reason", row.ExitReason);
        json.WriteString("setup", row.Setup);
        json.WriteString("confluence", row.Confluence);
    });

    public static string Fills(IEnumerable<FillRow> rows) => Array(rows, static (json, row) =>
    {
        json.WriteString("trade_id", row.TradeId);
        json.WriteString("order_id", row.OrderId);
        json.WriteString("account", row.Account);
        json.WriteString("bot", row.Bot);
        json.WriteString("symbol", row.Symbol);
        json.WriteString("time", Text(row.Time));
        json.WriteString("side", row.Side);
        json.WriteString("price", Text(row.Price));
        json.WriteString("quantity", Text(row.Quantity));
        json.WriteString("fee", Text(row.Fee));
        json.WriteString("purpose", row.Purpose);
    });

    public static string Orders(IEnumerable<OrderRow> rows) => Array(rows, static (json, row) =>
    {
        json.WriteString("id", row.Id);
        json.WriteString("venue_id", row.VenueId);
        json.WriteString("account", row.Account);
        json.WriteString("bot", row.Bot);
        json.WriteString("symbol", row.Symbol);
        json.WriteString("time", Text(row.Time));
        json.WriteString("side", row.Side);
        json.WriteString("type", row.Type);
        json.WriteString("quantity", Text(row.Quantity));
        json.WriteString("limit_price", Text(row.LimitPrice));
        json.WriteString("trigger_price", Text(row.TriggerPrice));
        json.WriteString("trailing_distance", Text(row.TrailingDistance));
        json.WriteBoolean("reduce_only", row.ReduceOnly);
        json.WriteString("purpose", row.Purpose);
        json.WriteString("status", row.Status);
        json.WriteString("filled", Text(row.Filled));
        json.WriteString("average_price", Text(row.AveragePrice));
        json.WriteString("changed_at", Text(row.ChangedAt));
        json.WriteString("reason", row.Reason);
    });

    public static string Equity(IEnumerable<EquityRow> rows) => Array(rows, static (json, row) =>
    {
        json.WriteString("time", Text(row.Time));
        json.WriteString("account", row.Account);
        json.WriteString("bot", row.Bot);
        json.WriteString("equity", Text(row.Equity));
        json.WriteString("pnl", Text(row.Pnl));
        json.WriteString("position", Text(row.Position));
    });

    public static string Events(IEnumerable<EventRow> rows) => Array(rows, static (json, row) =>
    {
        json.WriteString("time", Text(row.Time));
        json.WriteString("account", row.Account);
        json.WriteString("bot", row.Bot);
        json.WriteString("kind", row.Kind);
        json.WriteString("text", row.Text);
    });

    public static string Decisions(IEnumerable<DecisionRow> rows) => Array(rows, static (json, row) =>
    {
        json.WriteNumber("id", row.Number);
        json.WriteString("account", row.Account);
        json.WriteString("bot", row.Bot);
        json.WriteString("from_pair", row.FromAsset);
        json.WriteString("to_pair", row.ToAsset);
        json.WriteString("decision", row.Decision);
        json.WriteString("status", row.Status);
        json.WriteString("amount", Text(row.Amount));
        json.WriteString("received", row.Received is { } received ? Text(received) : null);
        json.WriteString("from_price", Text(row.FromPrice));
        json.WriteString("to_price", Text(row.ToPrice));
        json.WriteNumber("confidence", row.Confidence);
        json.WriteNumber("risk", row.Risk);
        json.WriteNumber("volatility", row.Volatility);
        json.WriteNumber("expected_return", row.ExpectedReturn);
        json.WriteString("reason", row.Reason);
        json.WriteString("result", row.Result);
        json.WriteString("transaction", row.TransactionId);
        json.WriteString("created_at", Text(row.CreatedAt));
        json.WriteString("executed_at", row.ExecutedAt is { } ended ? Text(ended) : null);
    });

    /// <summary>A performance snapshot: money as texts, ratios as numbers, undefined as null.</summary>
    public static string Performance(PerformanceSnapshot snapshot) => JsonText.Object(json =>
    {
        json.WriteString("time", Text(snapshot.Time));
        json.WriteString("paid_in", InvariantText.Exact(snapshot.PaidIn));
        json.WriteString("equity", InvariantText.Exact(snapshot.Equity));
        json.WriteString("pnl", InvariantText.Exact(snapshot.Pnl));
        json.WriteNumber("trades", snapshot.Trades);
        json.WriteNumber("wins", snapshot.Wins);
        json.WriteNumber("losses", snapshot.Losses);
        json.WriteNumber("breakeven", snapshot.Breakeven);
        Ratio(json, "win_rate", snapshot.WinRate);
        json.WriteString("closed_pnl", InvariantText.Exact(snapshot.ClosedPnl));
        json.WriteString("fees", InvariantText.Exact(snapshot.Fees));
        json.WriteString("average_win", snapshot.AverageWin is { } win ? InvariantText.Exact(win) : null);
        json.WriteString("average_loss", snapshot.AverageLoss is { } loss ? InvariantText.Exact(loss) : null);
        Ratio(json, "profit_factor", snapshot.ProfitFactor);
        json.WriteString("expectancy", snapshot.Expectancy is { } mean ? InvariantText.Exact(mean) : null);
        Ratio(json, "average_trade_minutes", snapshot.AverageTradeMinutes);
        Ratio(json, "max_drawdown", snapshot.MaxDrawdown);
        Ratio(json, "current_drawdown", snapshot.CurrentDrawdown);
        Ratio(json, "sharpe", snapshot.Sharpe);
    });

    /// <summary>A number with every digit that it has.</summary>
    public static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number with every digit that it has; null for none.</summary>
    public static string? Text(decimal? value) => value is { } number ? Text(number) : null;

    /// <summary>An instant to the microsecond, in ISO 8601 with Z.</summary>
    public static string Text(Timestamp time) => time.ToDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static void Ratio(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } ratio)
        {
            json.WriteNumber(name, ratio);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string Array<T>(IEnumerable<T> rows, Action<Utf8JsonWriter, T> write)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (T row in rows)
            {
                json.WriteStartObject();
                write(json, row);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + Environment.NewLine;
    }
}
