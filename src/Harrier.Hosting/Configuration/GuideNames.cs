using System.Globalization;
using System.Text.Json.Nodes;

namespace Harrier.Hosting.Configuration;

/// <summary>
/// The names that the guides have for single settings in the environment, each led to the setting that it means. A name whose meaning this program does not have is told,
/// not obeyed. <see cref="ConfigurationTree.Apply"/> comes afterwards and has the last word.
/// </summary>
public static class GuideNames
{
    private const string TestnetEnding = "_TESTNET";

    private static readonly string[] Truths = ["true", "1", "yes", "on"];
    private static readonly string[] Untruths = ["false", "0", "no", "off"];

    private static readonly Dictionary<string, (string Section, string Key, string Unit)> Numbers = new(StringComparer.Ordinal)
    {
        ["WEBSOCKET_PING_INTERVAL"] = ("connections", "ping_interval", "s"),
        ["RATE_LIMIT_QUEUE_SIZE"] = ("connections", "request_queue", ""),
        ["POSITION_SYNC_INTERVAL"] = ("connections", "position_sync", "s"),
    };

    private static readonly Dictionary<string, (string Strategy, string Parameter)> Parameters = new(StringComparer.Ordinal)
    {
        ["WYCKOFF_MIN_RANGE_BARS"] = ("WYCKOFF", "min_range_bars"),
        ["ORDER_FLOW_IMBALANCE_THRESHOLD"] = ("ORDER_FLOW", "imbalance_threshold"),
    };

    private static readonly Dictionary<string, string> Flags = new(StringComparer.Ordinal)
    {
        ["ENABLE_WYCKOFF"] = "wyckoff",
        ["ENABLE_ORDER_FLOW"] = "order_flow",
        ["ENABLE_POSITION_RECONCILIATION"] = "position_reconciliation",
    };

    private static readonly Dictionary<string, string> Meaningless = new(StringComparer.Ordinal)
    {
        ["WEBSOCKET_MAX_RECONNECT_ATTEMPTS"] = "connections are tried again without end, with longer and longer pauses",
        ["ENABLE_ML_ENSEMBLE"] = "there are no models yet: no entry is vetoed",
        ["ML_MIN_TRAINING_SAMPLES"] = "there are no models to train yet",
    };

    /// <summary>Puts what the environment says by these names into a configuration.</summary>
    /// <param name="root">The tree, which is changed.</param>
    /// <param name="environment">Names and values; others are none of ours.</param>
    /// <returns>What is said and means nothing here, one line each.</returns>
    /// <exception cref="ConfigurationException">A value is wrong; all faults are named.</exception>
    public static IReadOnlyList<string> Apply(JsonObject root, IEnumerable<KeyValuePair<string, string>> environment)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(environment);
        List<string> faults = [];
        List<string> notes = [];
        foreach ((string name, string value) in environment.Where(static pair => pair.Value.Length > 0).OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            if (Meaningless.TryGetValue(name, out string? why))
            {
                notes.Add($"{name} means nothing here: {why}");
            }
            else if (Numbers.TryGetValue(name, out (string Section, string Key, string Unit) number))
            {
                bool isWhole = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0;
                Note(faults, isWhole, name, value, number.Unit.Length > 0 ? "a whole number of seconds from 1" : "a whole number from 1");
                Child(root, number.Section)[number.Key] = value + number.Unit;
            }
            else if (Parameters.TryGetValue(name, out (string Strategy, string Parameter) parameter))
            {
                SetParameter(root, parameter.Strategy, parameter.Parameter, value);
            }
            else if (Flags.TryGetValue(name, out string? flag))
            {
                Note(faults, IsTruth(value) is not null, name, value, "true or false");
                Child(root, "features")[flag] = IsTruth(value) == false ? "false" : "true";
            }
            else if (name.EndsWith(TestnetEnding, StringComparison.Ordinal) && AccountsOf(root, name[..^TestnetEnding.Length].ToLowerInvariant()) is [_, ..] accounts)
            {
                Note(faults, IsTruth(value) is not null, name, value, "true or false");
                SetEndpoint(accounts, IsTruth(value));
            }
        }

        return faults.Count == 0 ? notes : throw new ConfigurationException(faults);
    }

    private static void Note(List<string> faults, bool isWell, string name, string value, string allowed)
    {
        if (!isWell)
        {
            faults.Add($"{name}: {value}: {allowed}");
        }
    }

    private static bool? IsTruth(string value) =>
        Truths.Contains(value, StringComparer.OrdinalIgnoreCase) ? true : Untruths.Contains(value, StringComparer.OrdinalIgnoreCase) ? false : null;

    private static JsonObject Child(JsonObject root, string key)
    {
        if (root[key] is not JsonObject child)
        {
            root[key] = child = [];
        }

        return child;
    }

    private static JsonObject[] AccountsOf(JsonObject root, string house) =>
        [.. (root["accounts"] as JsonArray ?? []).OfType<JsonObject>().Where(account => account["venue"]?.ToString().Split('-')[0] == house)];

    // An account whose configuration says where it trades is left there.
    private static void SetEndpoint(JsonObject[] accounts, bool? isTestnet)
    {
        foreach (JsonObject account in accounts.Where(account => isTestnet == true && !account.ContainsKey("endpoint")))
        {
            account["endpoint"] = "testnet";
        }
    }

    // A default: what a bot's configuration says itself stays.
    private static void SetParameter(JsonObject root, string strategy, string parameter, string value)
    {
        foreach (JsonObject bot in (root["accounts"] as JsonArray ?? []).OfType<JsonObject>().SelectMany(static account => account["bots"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (bot["strategy"]?.ToString() == strategy && !Child(bot, "parameters").ContainsKey(parameter))
            {
                Child(bot, "parameters")[parameter] = value;
            }
        }
    }
}
