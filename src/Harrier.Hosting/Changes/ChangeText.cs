using System.Text.Json.Nodes;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Changes;

/// <summary>What changes between two settings of an account, for people.</summary>
internal static class ChangeText
{
    /// <summary>One phrase for each change; none when both say the same.</summary>
    public static IReadOnlyList<string> Between(AccountSettings before, AccountSettings next)
    {
        List<string> found = [];
        Compare(SettingsText.Of(before with { KnownSymbols = [], Bots = [], Endpoint = next.Endpoint, KeyFile = next.KeyFile, Consent = next.Consent }), SettingsText.Of(next with { KnownSymbols = [], Bots = [] }), "", found);
        for (int i = 0; i < next.Bots.Count; i++)
        {
            BotSettings bot = next.Bots[i];
            if (i >= before.Bots.Count)
            {
                found.Add($"bot {bot.Name} is added: {bot.Strategy.Descriptor.Key} on {bot.Symbol} {bot.Interval}");
            }
            else if (bot.IsRemoved != before.Bots[i].IsRemoved)
            {
                found.Add($"bot {bot.Name} is removed");
            }
            else
            {
                Compare(SettingsText.Of(before.Bots[i]), SettingsText.Of(bot), $"bot {bot.Name}: ", found);
            }
        }

        return found;
    }

    private static void Compare(JsonObject before, JsonObject next, string prefix, List<string> found)
    {
        foreach (string key in before.Select(static pair => pair.Key).Union(next.Select(static pair => pair.Key), StringComparer.Ordinal))
        {
            if (before[key] is JsonObject || next[key] is JsonObject)
            {
                Compare(before[key] as JsonObject ?? [], next[key] as JsonObject ?? [], $"{prefix}{key} ", found);
            }
            else if (before[key]?.ToString() != next[key]?.ToString())
            {
                found.Add($"{prefix}{key} {before[key]?.ToString() ?? "none"} -> {next[key]?.ToString() ?? "none"}");
            }
        }
    }
}
