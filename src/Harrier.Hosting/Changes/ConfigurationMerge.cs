using System.Text.Json.Nodes;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Changes;

/// <summary>
/// Brings what changed in a configuration since it was last read into an account whose bots were changed by orders meanwhile: what the configuration says as
/// before is left as it was ordered, what it says anew is an order like any other.
/// </summary>
/// <param name="reader">Reads settings with the strategies of this program.</param>
internal sealed class ConfigurationMerge(SettingsReader reader)
{
    private static readonly string[] Fixed = ["venue", "mode", "resolution", "latency_ms", "maker_fee_bps", "taker_fee_bps", "slippage_bps", "leverage"];

    /// <summary>What the account becomes.</summary>
    /// <param name="now">What it is, with all that was ordered.</param>
    /// <param name="before">What its configuration said when it was last read.</param>
    /// <param name="wanted">What it says.</param>
    /// <exception cref="ConfigurationException">It says what cannot be changed of an account that is there, or contradicts what was ordered.</exception>
    public AccountSettings Apply(AccountSettings now, AccountSettings before, AccountSettings wanted)
    {
        List<string> faults = [];
        (JsonObject old, JsonObject next) = (SettingsText.Of(before), SettingsText.Of(wanted));
        foreach (string key in Fixed.Where(key => Differ(old, next, key)))
        {
            faults.Add($"accounts.{wanted.Name}.{key}: {Text(next, key)}: {Text(old, key)} as before: it is part of the account; another account may have another");
        }

        JsonObject tree = SettingsText.Of(now with { KnownSymbols = now.Symbols, Endpoint = wanted.Endpoint, KeyFile = wanted.KeyFile, Consent = wanted.Consent });
        AccountChange.AllowCrowds(tree, now);
        Merge(old["risk"]!.AsObject(), next["risk"]!.AsObject(), tree["risk"]!.AsObject());
        JsonArray bots = tree["bots"]!.AsArray();
        foreach (BotSettings bot in wanted.ActiveBots)
        {
            Merge(Find(before, bot.Name), bot, (bots, faults, wanted.Name));
        }

        foreach (BotSettings gone in before.ActiveBots.Where(bot => Find(wanted, bot.Name) is null))
        {
            if (Find(bots, gone.Name) is { } there)
            {
                there["removed"] = "true";
            }
        }

        return faults.Count == 0 ? reader.ReadAccount(tree) : throw new ConfigurationException(faults);
    }

    private static void Merge(BotSettings? before, BotSettings wanted, (JsonArray Bots, List<string> Faults, string Account) target)
    {
        JsonObject? there = Find(target.Bots, wanted.Name);
        JsonObject next = SettingsText.Of(wanted);
        if (before is null)
        {
            if (there is null)
            {
                target.Bots.Add(next);
            }
            else
            {
                Merge([], next, there);
            }

            return;
        }

        JsonObject old = SettingsText.Of(before);
        if (Differ(old, next, "balance"))
        {
            target.Faults.Add($"accounts.{target.Account}.{wanted.Name}.balance: {Text(next, "balance")}: {Text(old, "balance")} as before: it is what the bot was made with; add another bot");
        }

        // A bot that was removed by an order stays removed, whatever else of it the configuration changes.
        if (there is not null)
        {
            Merge(old, next, there);
        }
    }

    private static void Merge(JsonObject before, JsonObject wanted, JsonObject target)
    {
        if (Differ(before, wanted, "strategy"))
        {
            target["parameters"] = wanted["parameters"]?.DeepClone();
        }

        foreach ((string key, JsonNode? value) in wanted)
        {
            if (value is JsonObject inner)
            {
                Merge(before[key] as JsonObject ?? [], inner, target[key] as JsonObject ?? []);
            }
            else if (Differ(before, wanted, key))
            {
                target[key] = value?.DeepClone();
            }
        }

        foreach ((string key, _) in before.Where(pair => !wanted.ContainsKey(pair.Key)))
        {
            target.Remove(key);
        }
    }

    private static bool Differ(JsonObject left, JsonObject right, string key) => Text(left, key) != Text(right, key);

    private static string Text(JsonObject tree, string key) => tree[key]?.ToString() ?? "";

    private static BotSettings? Find(AccountSettings account, string name) => account.ActiveBots.FirstOrDefault(bot => bot.Name == name);

    private static JsonObject? Find(JsonArray bots, string name) => bots.OfType<JsonObject>().FirstOrDefault(bot => Text(bot, "name") == name && !bot.ContainsKey("removed"));
}
