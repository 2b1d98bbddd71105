using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Reconciliation;

namespace Harrier.Cli.Reconciliation;

/// <summary>A comparison as one JSON document; decimals are text, so that no reader rounds them.</summary>
internal static class ReconcileJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>The document, with a line break at its end.</summary>
    public static string Of(ReconcileView view)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, Indented))
        {
            json.WriteStartObject();
            json.WriteString("venue", view.Request.Account.Venue);
            json.WriteString("endpoint", view.Place.GetLeftPart(UriPartial.Authority));
            json.WriteString("key", view.Request.Account.Credentials.MaskedKey);
            json.WriteString("journal", view.Journal);
            json.WriteString("as_of", view.AsOf.ToString());
            json.WriteBoolean("has_baseline", view.HasBaseline);
            json.WriteBoolean("applied", view.Request.Applies);
            json.WriteNumber("working_orders", view.WorkingOrders);
            json.WriteStartArray("foreign_orders");
            foreach (OrderFact order in view.ForeignOrders)
            {
                Write(json, order);
            }

            json.WriteEndArray();
            json.WriteStartArray("differences");
            foreach (Difference difference in view.Differences)
            {
                Write(json, difference);
            }

            json.WriteEndArray();
            json.WriteStartArray("positions");
            foreach (TrackedPosition position in view.Positions)
            {
                Write(json, position);
            }

            json.WriteEndArray();
            Write(json, view.Statistics);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, OrderFact order)
    {
        json.WriteStartObject();
        json.WriteString("symbol", order.Symbol);
        json.WriteString("client_id", order.ClientId);
        json.WriteString("venue_id", order.VenueId?.ToString());
        json.WriteString("side", order.Side == OrderSide.Buy ? "BUY" : "SELL");
        Number(json, "quantity", order.Quantity);
        Number(json, "price", order.Price);
        Number(json, "executed", order.Executed);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Difference difference)
    {
        json.WriteStartObject();
        json.WriteString("kind", ReconcileText.Name(difference.Kind));
        json.WriteString("symbol", difference.Symbol);
        json.WriteString("client_id", difference.ClientId.Length > 0 ? difference.ClientId : null);
        json.WriteString("ours", difference.Ours);
        json.WriteString("theirs", difference.Theirs);
        json.WriteString("resolution", ReconcileText.Name(difference.Resolution.Kind));
        json.WriteBoolean("stops_entries", difference.Resolution.HaltsEntries);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, TrackedPosition position)
    {
        json.WriteStartObject();
        json.WriteString("symbol", position.Key.Symbol);
        json.WriteString("position_side", ReconcileText.Name(position.Key.Side));
        Number(json, "quantity", position.Quantity);
        Number(json, "entry_price", position.EntryPrice);
        Number(json, "realized_pnl", position.Realized);
        Number(json, "unrealized_pnl", position.Unrealized);
        json.WriteString("state", ReconcileText.Name(position.State));
        json.WriteString("sync_status", ReconcileText.Name(position.Sync));
        json.WriteNumber("version", position.Version);
        json.WriteString("checksum", position.Checksum());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReconciliationStatistics statistics)
    {
        json.WriteStartObject("statistics");
        json.WriteNumber("total_positions", statistics.TotalPositions);
        json.WriteNumber("open_positions", statistics.OpenPositions);
        json.WriteNumber("pending_positions", statistics.PendingPositions);
        json.WriteNumber("sync_count", statistics.SyncCount);
        json.WriteNumber("mismatch_count", statistics.MismatchCount);
        json.WriteNumber("auto_resolved", statistics.AutoResolved);
        json.WriteNumber("manual_interventions", statistics.ManualInterventions);
        json.WriteString("last_sync", statistics.LastSync?.ToString());
        json.WriteNumber("conflicts", statistics.Conflicts);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, decimal? value) =>
        json.WriteString(name, value?.ToString("0.############################", CultureInfo.InvariantCulture));
}
