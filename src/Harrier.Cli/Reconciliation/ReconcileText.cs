using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Reconciliation;

namespace Harrier.Cli.Reconciliation;

/// <summary>A comparison as text for people.</summary>
internal static class ReconcileText
{
    /// <summary>Writes it.</summary>
    public static void Write(ReconcileView view, TextWriter output)
    {
        output.WriteLine($"venue        {view.Request.Account.Venue} at {view.Place.GetLeftPart(UriPartial.Authority)}");
        output.WriteLine($"key          {view.Request.Account.Credentials.MaskedKey}");
        output.WriteLine($"journal      {view.Journal}{(view.HasBaseline ? "" : " (holds no picture of the account yet: balances are not compared)")}");
        output.WriteLine($"orders       {view.WorkingOrders.ToString(CultureInfo.InvariantCulture)} of ours working");
        foreach (OrderFact order in view.ForeignOrders)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"foreign      {order.Symbol} {(order.Side == OrderSide.Buy ? "BUY" : "SELL")} {order.Quantity:0.################}{(order.Price > 0 ? " @ " : "")}{(order.Price > 0 ? order.Price : null):0.########}, id {(order.ClientId.Length > 0 ? order.ClientId : order.VenueId?.ToString())}, left alone"));
        }

        foreach (TrackedPosition position in view.Positions)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"position     {position.Key} {position.Quantity:0.################} @ {position.EntryPrice:0.########}, {Name(position.State)}, {Name(position.Sync)}"));
        }

        output.WriteLine(view.Differences.Count == 0 ? "differences  none" : $"differences  {view.Differences.Count.ToString(CultureInfo.InvariantCulture)}{(view.Request.Applies ? ", applied" : "")}");
        string[][] rows =
        [
            ["kind", "symbol", "order", "ours", "theirs", view.Request.Applies ? "done" : "proposed"],
            .. view.Differences.Select(d => new[]
            {
                Name(d.Kind), d.Symbol, d.ClientId, d.Ours, d.Theirs,
                Name(d.Resolution.Kind) + (d.Resolution.HaltsEntries ? " (stops entries)" : ""),
            }),
        ];
        if (view.Differences.Count > 0)
        {
            int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
            foreach (string[] row in rows)
            {
                output.WriteLine("  " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
            }
        }
    }

    /// <summary>A value of an enumeration as scripts get it: <c>missed_fill</c>.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
