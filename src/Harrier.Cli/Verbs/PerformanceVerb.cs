using System.CommandLine;
using System.Globalization;
using Harrier.Cli.Options;
using Harrier.Cli.Records;
using Harrier.Domain;
using Harrier.Hosting.Performance;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;

namespace Harrier.Cli.Verbs;

/// <summary><c>performance</c>: how well the bots of a home did.</summary>
public static class PerformanceVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        RecordOptions options = new();
        Option<string?> output = new("--out") { Description = "also write trades, equity curve and this snapshot into this folder", HelpName = "DIR" };
        Option<bool> json = new("--json") { Description = "print JSON" };
        Command command = new("performance", "Tell how well the bots of a home did: trades, profit, drawdown, Sharpe ratio.") { output, json };
        options.AddTo(command);
        command.Does(verbose, (parsed, streams, _) =>
        {
            RecordFilter filter = options.Filter(parsed) with { WithArchived = true };
            string? folder = parsed.GetValue(output) is { } named ? OutputFolder.Check("--out", named) : null;
            using RecordStore store = options.Open(parsed);
            IReadOnlyList<TradeRow> trades = store.Trades(filter);
            IReadOnlyList<EquityRow> equity = store.Equity(filter with { Newest = null });
            PerformanceSnapshot snapshot = PerformanceSnapshot.Of(trades, equity, Timestamp.From(TimeProvider.System.GetUtcNow()));
            streams.Output.Write(parsed.GetValue(json) ? RecordJson.Performance(snapshot) : Text(snapshot));
            foreach (string path in folder is null ? [] : PerformanceFiles.Write(folder, snapshot, trades, equity))
            {
                streams.Error.WriteLine(path);
            }

            return 0;
        });
        return command;
    }

    private static string Text(PerformanceSnapshot snapshot) => string.Create(CultureInfo.InvariantCulture, $"""
        paid in         {snapshot.PaidIn:0.00}
        equity          {snapshot.Equity:0.00}
        pnl             {snapshot.Pnl:+0.00;-0.00;0.00}
        trades          {snapshot.Trades} ({snapshot.Wins} won, {snapshot.Losses} lost, {snapshot.Breakeven} even)
        win rate        {Or(snapshot.WinRate?.ToString("0.0 %", CultureInfo.InvariantCulture))}
        closed pnl      {snapshot.ClosedPnl:+0.00;-0.00;0.00}, fees of that {snapshot.Fees:0.00}
        average win     {Or(snapshot.AverageWin?.ToString("0.00", CultureInfo.InvariantCulture))}
        average loss    {Or(snapshot.AverageLoss?.ToString("0.00", CultureInfo.InvariantCulture))}
        profit factor   {Or(snapshot.ProfitFactor?.ToString("0.000", CultureInfo.InvariantCulture))}
        expectancy      {Or(snapshot.Expectancy?.ToString("0.00", CultureInfo.InvariantCulture))}
        average length  {Or(snapshot.AverageTradeMinutes?.ToString("0.0 min", CultureInfo.InvariantCulture))}
        max drawdown    {snapshot.MaxDrawdown:0.00 %}
        drawdown now    {snapshot.CurrentDrawdown:0.00 %}
        sharpe          {Or(snapshot.Sharpe?.ToString("0.00", CultureInfo.InvariantCulture))}

        """);

    private static string Or(string? text) => text ?? "-";
}
