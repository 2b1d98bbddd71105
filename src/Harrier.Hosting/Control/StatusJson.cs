using System.Globalization;
using System.Text.Json;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Accounts.Venues;
using Harrier.Hosting.Bots;

namespace Harrier.Hosting.Control;

/// <summary>Accounts at a moment, as JSON. Money, prices and sizes are texts.</summary>
public static class StatusJson
{
    /// <summary>Writes accounts as an array.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<AccountStatus> accounts)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(accounts);
        json.WriteStartArray("accounts");
        foreach (AccountStatus account in accounts)
        {
            json.WriteStartObject();
            json.WriteString("name", account.Name);
            json.WriteString("time", RunText.Of(account.Time));
            json.WriteString("venue", account.Venue.Name);
            json.WriteString("mode", account.Mode);
            AtVenue(json, account.AtVenue);
            Number(json, "equity", account.Equity);
            Risk(json, account.Risk);
            json.WriteStartArray("bots");
            foreach (BotStatus bot in account.Bots)
            {
                Bot(json, bot);
            }

            json.WriteEndArray();
            json.WriteStartArray("symbols");
            foreach (SymbolView symbol in account.Symbols)
            {
                json.WriteStartObject();
                json.WriteString("symbol", symbol.Symbol);
                Number(json, "last", symbol.Last);
                json.WriteString("book", symbol.Book);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    internal static void Number(Utf8JsonWriter json, string name, decimal? value) =>
        json.WriteString(name, value?.ToString("0.##################", CultureInfo.InvariantCulture));

    private static void AtVenue(Utf8JsonWriter json, VenueStatus? venue)
    {
        if (venue is null)
        {
            json.WriteNull("at_venue");
            return;
        }

        json.WriteStartObject("at_venue");
        json.WriteString("place", venue.Place);
        json.WriteBoolean("sound", venue.IsSound);
        json.WriteString("last_read", venue.LastRead is { } read ? RunText.Of(read) : null);
        json.WriteString("trouble", venue.Trouble);
        json.WriteEndObject();
    }

    private static void Risk(Utf8JsonWriter json, RiskStatus risk)
    {
        json.WriteStartObject("risk");
        json.WriteString("state", RiskWords.Of(risk.State));
        Number(json, "exposure", risk.Exposure);
        json.WriteStartArray("limits");
        foreach (LimitReading limit in risk.Limits)
        {
            json.WriteStartObject();
            json.WriteString("rule", RiskWords.Of(limit.Rule));
            Number(json, "value", limit.Value);
            Number(json, "limit", limit.Limit);
            json.WriteString("state", RiskWords.Of(limit.State));
            json.WriteString("until", limit.EndsAt is { } end ? RunText.Of(end) : null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("refusals");
        foreach ((DenyRule rule, int count) in risk.Refusals)
        {
            json.WriteNumber(RiskWords.Of(rule), count);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Bot(Utf8JsonWriter json, BotStatus bot)
    {
        json.WriteStartObject();
        json.WriteString("name", bot.Name);
        json.WriteString("strategy", bot.Strategy);
        json.WriteString("symbol", bot.Symbol);
        json.WriteString("interval", bot.Interval.ToString());
        json.WriteString("state", BotLifecycle.Word(bot.State));
        Number(json, "position", bot.Position);
        Number(json, "entry_price", bot.EntryPrice);
        Number(json, "equity", bot.Equity);
        Number(json, "pnl", bot.Pnl);
        json.WriteNumber("naked_seconds", bot.Naked.TotalSeconds);
        json.WriteNumber("working_orders", bot.WorkingOrders);
        json.WriteNumber("round_trips", bot.RoundTrips);
        json.WriteEndObject();
    }
}
