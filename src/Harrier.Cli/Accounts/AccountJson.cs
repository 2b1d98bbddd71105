using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Exchanges.Trading;

namespace Harrier.Cli.Accounts;

/// <summary>An account as one JSON document; decimals are text, so that no reader rounds them.</summary>
internal static class AccountJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>The document, with a line break at its end.</summary>
    public static string Of(AccountView view)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes, Indented))
        {
            json.WriteStartObject();
            json.WriteString("venue", view.Venue);
            json.WriteString("endpoint", view.Place.GetLeftPart(UriPartial.Authority));
            json.WriteString("key", view.MaskedKey);
            json.WriteNumber("clock_offset_ms", (long)view.ClockOffset.TotalMilliseconds);
            Bool(json, "can_trade", view.Account.CanTrade);
            json.WriteBoolean("hedge_mode", view.Account.IsHedgeMode);
            Fees(json, view.Fees);
            Permissions(json, view.Permissions);
            Array(json, "balances", view.Account.Balances, Balance);
            if (view.Account.Cards.Count > 0)
            {
                Array(json, "cards", view.Account.Cards, Card);
            }

            Array(json, "positions", view.Positions, Position);
            Array(json, "open_orders", view.OpenOrders, Order);
            Array(json, "warnings", view.Warnings, (j, warning) => j.WriteStringValue(warning));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> rows, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T row in rows)
        {
            write(json, row);
        }

        json.WriteEndArray();
    }

    private static void Fees(Utf8JsonWriter json, FeeRates? fees)
    {
        if (fees is null)
        {
            json.WriteNull("fees");
            return;
        }

        json.WriteStartObject("fees");
        json.WriteString("symbol", fees.Symbol);
        Number(json, "maker", fees.Maker);
        Number(json, "taker", fees.Taker);
        json.WriteString("discount_asset", fees.DiscountAsset?.ToString());
        Number(json, "discount_factor", fees.DiscountFactor);
        json.WriteEndObject();
    }

    private static void Permissions(Utf8JsonWriter json, KeyPermissions? permissions)
    {
        if (permissions is null)
        {
            json.WriteNull("permissions");
            return;
        }

        json.WriteStartObject("permissions");
        json.WriteBoolean("read", permissions.CanRead);
        json.WriteBoolean("trade", permissions.CanTrade);
        json.WriteBoolean("transfer", permissions.CanTransfer);
        json.WriteBoolean("withdraw", permissions.CanWithdraw);
        json.WriteBoolean("ip_restricted", permissions.IsIpRestricted);
        json.WriteEndObject();
    }

    private static void Balance(Utf8JsonWriter json, AssetBalance balance)
    {
        json.WriteStartObject();
        Amounts(json, balance);
        json.WriteEndObject();
    }

    private static void Card(Utf8JsonWriter json, BalanceCard card)
    {
        json.WriteStartObject();
        json.WriteString("id", card.Id);
        json.WriteString("label", card.Label);
        Amounts(json, card.Balance);
        json.WriteEndObject();
    }

    private static void Amounts(Utf8JsonWriter json, AssetBalance balance)
    {
        json.WriteString("asset", balance.Asset.ToString());
        Number(json, "total", balance.Total);
        Number(json, "free", balance.Free);
        Number(json, "locked", balance.Locked);
    }

    private static void Position(Utf8JsonWriter json, VenuePosition position)
    {
        json.WriteStartObject();
        json.WriteString("symbol", position.Symbol);
        Number(json, "quantity", position.Quantity);
        Number(json, "entry_price", position.EntryPrice);
        Number(json, "mark_price", position.MarkPrice);
        Number(json, "liquidation_price", position.LiquidationPrice);
        Number(json, "unrealized_pnl", position.UnrealizedPnl);
        Number(json, "leverage", position.Leverage);
        json.WriteEndObject();
    }

    private static void Order(Utf8JsonWriter json, VenueOrder order)
    {
        json.WriteStartObject();
        json.WriteString("symbol", order.Symbol);
        json.WriteString("client_id", order.ClientId);
        json.WriteString("venue_id", order.VenueId.ToString());
        json.WriteString("side", order.Side?.ToString().ToUpperInvariant());
        json.WriteString("type", order.RawType);
        json.WriteString("status", order.RawStatus);
        Number(json, "quantity", order.Quantity);
        Number(json, "executed", order.Executed);
        Number(json, "price", order.Price);
        Number(json, "trigger", order.Trigger);
        Bool(json, "reduce_only", order.ReduceOnly);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, decimal? value) =>
        json.WriteString(name, value?.ToString("0.############################", CultureInfo.InvariantCulture));

    private static void Bool(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is bool known)
        {
            json.WriteBoolean(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
