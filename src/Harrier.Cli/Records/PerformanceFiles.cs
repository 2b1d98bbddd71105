using System.Globalization;
using System.Text;
using Harrier.Hosting.Performance;
using Harrier.Storage.Records.Rows;

namespace Harrier.Cli.Records;

/// <summary>The files of a performance report: <c>trades_*.csv</c>, <c>equity_curve_*.csv</c>, <c>snapshot_*.json</c>, with the time in their names.</summary>
internal static class PerformanceFiles
{
    /// <summary>Writes them, each whole or not at all.</summary>
    /// <returns>Their paths.</returns>
    /// <exception cref="IOException">One could not be written.</exception>
    public static IReadOnlyList<string> Write(string folder, PerformanceSnapshot snapshot, IReadOnlyList<TradeRow> trades, IReadOnlyList<EquityRow> equity)
    {
        Directory.CreateDirectory(folder);
        string moment = snapshot.Time.ToDateTimeOffset().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        return
        [
            Write(Path.Combine(folder, $"trades_{moment}.csv"), Trades(trades)),
            Write(Path.Combine(folder, $"equity_curve_{moment}.csv"), Equity(equity)),
            Write(Path.Combine(folder, $"snapshot_{moment}.json"), RecordJson.Performance(snapshot)),
        ];
    }

    private static string Trades(IReadOnlyList<TradeRow> rows)
    {
        StringBuilder text = new("trade_id,account,bot,symbol,side,entry_time,exit_time,entry_price,exit_price,quantity,fees,funding,pnl,pnl_fraction,duration_minutes,reason\n");
        foreach (TradeRow row in rows)
        {
            decimal value = row.EntryPrice * row.Quantity;
            text.Append(CultureInfo.InvariantCulture, $"{row.Number},{row.Account},{row.Bot},{row.Symbol},{row.Side},{RecordJson.Text(row.EntryTime)},{RecordJson.Text(row.ExitTime)},")
                .Append(CultureInfo.InvariantCulture, $"{row.EntryPrice},{row.ExitPrice},{row.Quantity},{row.Fees},{row.Funding},{row.Pnl},{(value > 0 ? row.Pnl / value : 0):0.############},")
                .Append(CultureInfo.InvariantCulture, $"{(row.ExitTime - row.EntryTime).TotalMinutes:0.######},{row.ExitReason}\n");
        }

        return text.ToString();
    }

    private static string Equity(IReadOnlyList<EquityRow> rows)
    {
        StringBuilder text = new("time,account,bot,equity,pnl,position\n");
        foreach (EquityRow row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"{RecordJson.Text(row.Time)},{row.Account},{row.Bot},{row.Equity},{row.Pnl},{row.Position}\n");
        }

        return text.ToString();
    }

    private static string Write(string path, string text)
    {
        string temporary = path + ".new";
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
        return path;
    }
}
