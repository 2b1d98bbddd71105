using System.Text.Json.Nodes;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Changes;

/// <summary>Says what an account becomes by an order that changes of what it is made. Nothing is changed here.</summary>
/// <param name="reader">Reads settings with the strategies of this program.</param>
public sealed class AccountChange(SettingsReader reader)
{
    private static readonly string[] Fixed = ["name", "balance"];

    /// <summary>True for an order that makes the account of other bots, strategies or limits.</summary>
    public static bool IsOne(AccountCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return command.Order is AccountOrder.AddBot or AccountOrder.RemoveBot or AccountOrder.SetLimits or AccountOrder.Configure
            || (command.Order == AccountOrder.Edit && command.Changes.Any(static change => !BotEditText.Keys.Contains(change.Key)));
    }

    /// <summary>What the account becomes.</summary>
    /// <param name="now">What it is, with all that was edited.</param>
    /// <param name="command">The order.</param>
    /// <exception cref="ConfigurationException">The order says something wrong; all faults are named.</exception>
    public AccountSettings Apply(AccountSettings now, AccountCommand command)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(command);
        if (command.Configuration is { } configuration)
        {
            return new ConfigurationMerge(reader).Apply(now, configuration.Before, configuration.Now);
        }

        JsonObject tree = SettingsText.Of(now with { KnownSymbols = now.Symbols });
        AllowCrowds(tree, now);
        JsonArray bots = tree["bots"]!.AsArray();
        int index = command.Order == AccountOrder.AddBot ? bots.Count : IndexOf(now, command.Bot);
        string path = $"bots[{index}].";
        switch (command.Order)
        {
            case AccountOrder.AddBot:
                JsonObject added = [];
                Put(added, command.Changes);
                bots.Add(added);
                break;
            case AccountOrder.RemoveBot:
                bots[index]!["removed"] = "true";
                break;
            case AccountOrder.Edit:
                RefuseFixed(command.Changes);
                JsonObject edited = bots[index]!.AsObject();
                if (command.Changes.Any(static change => change.Key == "strategy"))
                {
                    // Parameters of the strategy before mean nothing to another.
                    edited["parameters"] = new JsonObject();
                }

                Put(edited, command.Changes);
                break;
            default:
                path = "risk.";
                Put(tree["risk"]!.AsObject(), command.Changes);
                break;
        }

        return Read(tree, path);
    }

    /// <summary>Settings are written with as many positions in a symbol as there are bots on it; only where real money is at stake is that a limit.</summary>
    internal static void AllowCrowds(JsonObject tree, AccountSettings account)
    {
        if (!account.Kind.IsGuarded)
        {
            tree.Remove("positions_per_symbol");
        }
    }

    private AccountSettings Read(JsonObject tree, string path)
    {
        try
        {
            return reader.ReadAccount(tree);
        }
        catch (ConfigurationException wrong)
        {
            throw new ConfigurationException([.. wrong.Faults.Select(fault => fault.StartsWith(path, StringComparison.Ordinal) ? fault[path.Length..] : fault)]);
        }
    }

    private static int IndexOf(AccountSettings now, string? bot)
    {
        for (int i = 0; i < now.Bots.Count; i++)
        {
            if (now.Bots[i].Name == bot && !now.Bots[i].IsRemoved)
            {
                return i;
            }
        }

        return bot is null ? -1 : throw new ConfigurationException([$"bot: {bot}: one of {string.Join(", ", now.ActiveBots.Select(static one => one.Name))}"]);
    }

    private static void RefuseFixed(IReadOnlyList<KeyValuePair<string, string>> changes)
    {
        string[] faults = [.. changes.Where(static change => Fixed.Contains(change.Key)).Select(static change => $"{change.Key}: {change.Value}: what the bot was made with; add another bot")];
        if (faults.Length > 0)
        {
            throw new ConfigurationException(faults);
        }
    }

    private static void Put(JsonObject target, IReadOnlyList<KeyValuePair<string, string>> changes)
    {
        foreach ((string key, string value) in changes)
        {
            int dot = key.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0)
            {
                target[key] = value;
                continue;
            }

            if (target[key[..dot]] is not JsonObject inner)
            {
                target[key[..dot]] = inner = [];
            }

            inner[key[(dot + 1)..]] = value;
        }
    }
}
