using System.Globalization;
using Harrier.Domain;
using Harrier.Research.Backtests;

namespace Harrier.Research.Reports;

/// <summary>Writes <c>trades.csv</c>: one row per round trip, decimals in full, so that the PnL column adds up to the change of equity.</summary>
public static class TradesCsv
{
    /// <summary>The first line.</summary>
    public const string Header = "id,symbol,side,entry_time,exit_time,entry_price,exit_price,quantity,fees,funding,pnl,exit_reason,setup,confluence";

    /// <summary>Writes header and rows, lines ended by a line feed.</summary>
    public static void Write(BacktestResult result, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(writer);
        SymbolTable symbols = new(result);
        writer.Write(Header + "\n");
        foreach (RoundTrip trade in result.Trades)
        {
            string[] fields =
            [
                trade.Id.ToString(CultureInfo.InvariantCulture),
                Quoted(symbols[trade.Instrument]),
                InvariantText.SideOf(trade),
                trade.EntryTime.ToString(),
                trade.ExitTime.ToString(),
                InvariantText.Exact(trade.EntryPrice),
                InvariantText.Exact(trade.ExitPrice),
                InvariantText.Exact(trade.Quantity),
                InvariantText.Exact(trade.Fees),
                InvariantText.Exact(trade.Funding),
                InvariantText.Exact(trade.Pnl),
                InvariantText.Of(trade.ExitReason),
                Quoted(trade.Setup ?? ""),
                Quoted(trade.Confluence ?? ""),
            ];
            writer.Write(string.Join(',', fields) + "\n");
        }
    }

    // RFC 4180: a field that holds a separator stands in quotes, quotes inside are doubled.
    private static string Quoted(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? "\"" + field.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : field;
}
