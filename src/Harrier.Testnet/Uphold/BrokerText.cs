using System.Globalization;
using System.Text.Json;
using Harrier.Domain;

namespace Harrier.Testnet.Uphold;

/// <summary>The venue's JSON, property by property as its documents show it.</summary>
internal static class BrokerText
{
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string Dollar = "USD";

    /// <summary>An amount with at least two decimals, as the venue writes them.</summary>
    public static string Amount(decimal value) => value.ToString("0.00################", CultureInfo.InvariantCulture);

    /// <summary>A price without zeros at its end.</summary>
    public static string Price(decimal value) => value.ToString("0.##################", CultureInfo.InvariantCulture);

    public static void Ticker(Utf8JsonWriter json, (BrokerAsset Base, BrokerAsset Quote) pair, BrokerPrice price, bool isNamed)
    {
        json.WriteStartObject();
        json.WriteString("ask"u8, Price(price.Ask));
        json.WriteString("bid"u8, Price(price.Bid));
        json.WriteString("currency"u8, pair.Quote.Code);
        if (isNamed)
        {
            json.WriteString("pair"u8, pair.Base.Code + pair.Quote.Code);
        }

        json.WriteEndObject();
    }

    public static void Asset(Utf8JsonWriter json, BrokerAsset asset, bool isOpen)
    {
        json.WriteStartObject();
        json.WriteString("code"u8, asset.Code);
        json.WriteStartObject("formatting"u8);
        json.WriteString("decimal"u8, ".");
        json.WriteString("format"u8, "__value__ __code__");
        json.WriteString("grouping"u8, ",");
        json.WriteNumber("precision"u8, asset.Precision);
        json.WriteEndObject();
        json.WriteString("name"u8, asset.Name);
        json.WriteString("status"u8, isOpen ? "open" : "halted");
        json.WriteString("type"u8, asset.Type);
        json.WriteEndObject();
    }

    public static void Card(Utf8JsonWriter json, BrokerCard card, int position, decimal dollars)
    {
        json.WriteStartObject();
        json.WriteStartObject("address"u8);
        json.WriteEndObject();
        json.WriteString("available"u8, Amount(card.Balance));
        json.WriteString("balance"u8, Amount(card.Balance));
        json.WriteString("currency"u8, card.Asset.Code);
        json.WriteString("id"u8, card.Id);
        json.WriteString("label"u8, card.Label);
        json.WriteString("lastTransactionAt"u8, card.LastTransaction is { } time ? Time(time) : null);
        json.WriteStartArray("normalized"u8);
        json.WriteStartObject();
        string worth = Amount(decimal.Round(card.Balance * dollars, 2, MidpointRounding.ToZero));
        json.WriteString("available"u8, worth);
        json.WriteString("balance"u8, worth);
        json.WriteString("currency"u8, Dollar);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("settings"u8);
        json.WriteNumber("position"u8, position);
        json.WriteBoolean("protected"u8, false);
        json.WriteBoolean("starred"u8, false);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void User(Utf8JsonWriter json, string name, IEnumerable<string> currencies)
    {
        json.WriteStartObject();
        json.WriteStartArray("currencies"u8);
        foreach (string code in currencies)
        {
            json.WriteStringValue(code);
        }

        json.WriteEndArray();
        json.WriteString("name"u8, name);
        json.WriteStartObject("settings"u8);
        json.WriteString("currency"u8, Dollar);
        json.WriteStartObject("otp"u8);
        json.WriteStartObject("transactions"u8);
        json.WriteStartObject("transfer"u8);
        json.WriteBoolean("enabled"u8, false);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("status"u8, "ok");
        json.WriteEndObject();
    }

    public static void Transaction(Utf8JsonWriter json, BrokerTransaction transaction, decimal percent)
    {
        BrokerLeg origin = transaction.Origin;
        BrokerLeg destination = transaction.Destination;
        BrokerLeg paying = origin.Commission > 0 ? origin : destination;
        string target = origin.Commission > 0 ? "origin" : "destination";
        json.WriteStartObject();
        json.WriteNull("application"u8);
        json.WriteString("createdAt"u8, Time(transaction.Created));
        json.WriteStartObject("denomination"u8);
        json.WriteString("amount"u8, Amount(transaction.Denomination.Amount));
        json.WriteString("currency"u8, transaction.Denomination.Asset.Code);
        json.WriteString("pair"u8, transaction.Denomination.Asset.Code + origin.Card.Asset.Code);
        json.WriteString("rate"u8, Amount(transaction.Denomination.Rate));
        json.WriteEndObject();
        Leg(json, "destination", transaction, destination);
        json.WriteStartArray("fees"u8);
        json.WriteStartObject();
        json.WriteString("amount"u8, Amount(paying.Commission));
        json.WriteString("currency"u8, paying.Card.Asset.Code);
        json.WriteString("percentage"u8, Amount(percent));
        json.WriteString("target"u8, target);
        json.WriteString("type"u8, "exchange");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("id"u8, transaction.Id);
        json.WriteString("message"u8, transaction.Message);
        json.WriteString("network"u8, "uphold");
        json.WriteStartArray("normalized"u8);
        json.WriteEndArray();
        Leg(json, "origin", transaction, origin);
        Params(json, transaction, paying, percent);
        json.WriteString("priority"u8, "normal");
        json.WriteString("reference"u8, transaction.Reference);
        json.WriteString("status"u8, transaction.Status);
        json.WriteString("type"u8, "transfer");
        json.WriteEndObject();
    }

    public static void Refusal(Utf8JsonWriter json, BrokerRefusal refusal)
    {
        json.WriteStartObject();
        json.WriteString("code"u8, refusal.Code);
        if (refusal.Field.Length == 0)
        {
            json.WriteString("message"u8, refusal.Message);
            json.WriteEndObject();
            return;
        }

        // Each part of the path but the last holds an object of its own errors, the last a list.
        string[] path = refusal.Field.Split('.');
        for (int i = 0; i < path.Length; i++)
        {
            json.WriteStartObject("errors"u8);
            if (i < path.Length - 1)
            {
                json.WriteStartObject(path[i]);
                json.WriteString("code"u8, "validation_failed");
            }
        }

        json.WriteStartArray(path[^1]);
        json.WriteStartObject();
        json.WriteString("code"u8, refusal.FieldCode);
        json.WriteString("message"u8, refusal.Message);
        json.WriteEndObject();
        json.WriteEndArray();
        for (int i = 0; i < (2 * path.Length) - 1; i++)
        {
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Params(Utf8JsonWriter json, BrokerTransaction transaction, BrokerLeg paying, decimal percent)
    {
        json.WriteStartObject("params"u8);
        json.WriteString("currency"u8, paying.Card.Asset.Code);
        json.WriteString("margin"u8, Amount(percent));
        json.WriteString("pair"u8, transaction.Origin.Card.Asset.Code + transaction.Destination.Card.Asset.Code);
        json.WriteString("progress"u8, transaction.IsCommitted ? "1" : "0");
        json.WriteString("rate"u8, Price(transaction.Destination.Rate));
        json.WriteNumber("ttl"u8, (long)transaction.Life.TotalMilliseconds);
        json.WriteString("type"u8, "transfer");
        json.WriteEndObject();
    }

    private static void Leg(Utf8JsonWriter json, string name, BrokerTransaction transaction, BrokerLeg leg)
    {
        json.WriteStartObject(name);
        json.WriteString("CardId"u8, leg.Card.Id);
        json.WriteString("amount"u8, Amount(leg.Amount));
        json.WriteString("base"u8, Amount(leg.Base));
        json.WriteString("commission"u8, Amount(leg.Commission));
        json.WriteString("currency"u8, leg.Card.Asset.Code);
        json.WriteString("description"u8, transaction.Owner.Name);
        json.WriteString("fee"u8, "0.00");
        json.WriteBoolean("isMember"u8, true);
        json.WriteStartObject("node"u8);
        json.WriteString("id"u8, leg.Card.Id);
        json.WriteString("type"u8, "card");
        json.WriteEndObject();
        json.WriteString("rate"u8, Price(leg.Rate));
        if (leg == transaction.Origin)
        {
            json.WriteStartArray("sources"u8);
            json.WriteEndArray();
        }

        json.WriteString("type"u8, "card");
        json.WriteEndObject();
    }

    private static string Time(Timestamp time) => time.ToDateTimeOffset().UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);
}
