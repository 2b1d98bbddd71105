using System.Globalization;
using System.Text.Json.Nodes;
using Harrier.Engine;
using Harrier.Hosting.Notifications.Settings;

namespace Harrier.Hosting.Configuration;

/// <summary>Writes settings as <see cref="SettingsReader"/> reads them, with every value said, defaults included.</summary>
public static class SettingsText
{
    /// <summary>What is told outside; of secrets, where they come from.</summary>
    public static JsonObject Of(NotificationSettings notifications) => NotificationSection.Of(notifications);

    /// <summary>An account with its bots.</summary>
    public static JsonObject Of(AccountSettings account)
    {
        ArgumentNullException.ThrowIfNull(account);
        JsonObject written = new()
        {
            ["name"] = account.Name,
            ["venue"] = account.Venue,
            ["endpoint"] = account.Endpoint,
            ["mode"] = account.Kind.Name,
            ["resolution"] = account.Resolution.ToString().ToLowerInvariant(),
            ["latency_ms"] = Text(account.LatencyMilliseconds),
            ["maker_fee_bps"] = Text(account.MakerFeeBps),
            ["taker_fee_bps"] = Text(account.TakerFeeBps),
            ["slippage_bps"] = Text(account.SlippageBps),
            ["leverage"] = Text(account.Leverage),
            ["risk"] = RiskText.Of(account.Risk),
            ["bots"] = new JsonArray([.. account.Bots.Select(Of)]),
        };
        VenueText.Write(written, account);
        if (account.KnownSymbols.Count > 0)
        {
            written["known_symbols"] = string.Join(',', account.KnownSymbols);
        }

        return written;
    }

    /// <summary>A bot.</summary>
    internal static JsonObject Of(BotSettings bot)
    {
        JsonObject written = new()
        {
            ["name"] = bot.Name,
            ["strategy"] = bot.Strategy.Descriptor.Key,
            ["parameters"] = new JsonObject(bot.Strategy.Arguments.Select(static argument => KeyValuePair.Create(argument.Parameter.Name, (JsonNode?)JsonValue.Create(argument.Text)))),
            ["symbol"] = bot.Symbol,
            ["interval"] = bot.Interval.ToString(),
            ["balance"] = Text(bot.Balance),
        };
        foreach ((string key, string value) in BotEditText.Of(new BotEdit(bot.Size, bot.Protection)))
        {
            written[key] = value;
        }

        if (bot.IsRemoved)
        {
            written["removed"] = "true";
        }

        return written;
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
