using System.Text.Json;
using Harrier.Api.Hosting;
using Harrier.Api.Portfolio;
using Harrier.Api.Security;
using Harrier.Domain;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records;

namespace Harrier.Api.Live;

/// <summary>
/// What a client of <c>/ws/bot/status/</c> may ask, as guide 003 has it. Settings are those of the portfolio bot: the one that a message names as <c>bot</c>, else the first. In a run without
/// portfolio bots <c>is_active</c> is the run itself: setting it halts all accounts, or ends their halt, as the operator's order, and trades are those of all bots.
/// </summary>
/// <param name="sources">The run.</param>
/// <param name="who">Who asks, and what it may do at that moment.</param>
internal sealed class BotStatusProtocol(ApiSources sources, LiveAccess who)
{
    private const int TradesOfAStatus = 5;
    private const int MostTrades = 100;

    private static readonly string[] Names = ["is_active", "risk_tolerance", "min_confidence", "check_interval", "cache_ttl"];

    /// <summary>It.</summary>
    public LiveProtocol Protocol => new(BotStatusMessages.Connection, AnswerAsync);

    private bool IsRunActive => sources.Desk.Status.Any(static account => account.Risk.State != TradingState.Halted);

    private async Task<ReadOnlyMemory<byte>> AnswerAsync(JsonElement message)
    {
        switch (LiveProtocols.ActionOf(message))
        {
            case "get_status":
                return Status(PortfolioTarget.Of(sources, message));
            case "get_recent_trades":
                return Recent(message);
            case "get_top_trades":
                return Top(message);
            case "update_config":
                return await UpdateAsync(message).ConfigureAwait(false);
            case null:
                return LiveProtocols.Error("action: one of get_status, get_recent_trades, get_top_trades, update_config");
            case { } other:
                return LiveProtocols.Error($"Unknown action: {other}");
        }
    }

    private ReadOnlyMemory<byte> Status(PortfolioTarget target) => LiveJson.Encode(json =>
    {
        json.WriteString("type", "bot_status");
        json.WriteStartObject("data");
        Settings(json, target, new PortfolioStore(sources.Records, target.Account).Find(target.Bot) ?? new PortfolioSettings());
        Trades(json, "recent_trades", target, TradesOfAStatus);
        json.WriteEndObject();
    });

    private ReadOnlyMemory<byte> Recent(JsonElement message) => Limited(message, 10, (json, limit) =>
    {
        json.WriteString("type", "recent_trades");
        Trades(json, "data", PortfolioTarget.Of(sources, message), limit);
    });

    private ReadOnlyMemory<byte> Top(JsonElement message) => Limited(message, 5, (json, limit) =>
    {
        PortfolioTarget target = PortfolioTarget.Of(sources, message);
        BotStatus? bot = sources.Desk.Status.FirstOrDefault(account => account.Name == target.Account)?.Bots.FirstOrDefault(one => one.Name == target.Bot);
        json.WriteString("type", "top_opportunities");
        BotStatusMessages.Opportunities(json, "data", (bot?.Opportunities ?? []).Take(limit));
    });

    private static ReadOnlyMemory<byte> Limited(JsonElement message, int usual, Action<Utf8JsonWriter, int> write)
    {
        int limit = usual;
        bool isWrong = message.TryGetProperty("limit", out JsonElement asked) && (asked.ValueKind != JsonValueKind.Number || !asked.TryGetInt32(out limit) || limit is < 1 or > MostTrades);
        return isWrong ? LiveProtocols.Error($"limit: a whole number from 1 to {MostTrades}") : LiveJson.Encode(json => write(json, limit));
    }

    private void Trades(Utf8JsonWriter json, string name, PortfolioTarget target, int count)
    {
        if (target.IsCarried)
        {
            BotStatusMessages.Decisions(json, name, sources.Records.Decisions(new RecordFilter { Account = target.Account, Newest = count }).Reverse());
        }
        else
        {
            BotStatusMessages.Trades(json, name, sources.Records.Fills(new RecordFilter { Newest = count }).Reverse());
        }
    }

    private async Task<ReadOnlyMemory<byte>> UpdateAsync(JsonElement message)
    {
        if (who.Role is not (Role.Trader or Role.Admin))
        {
            return Failed("the role trader is needed");
        }

        if (!message.TryGetProperty("data", out JsonElement data) || data.ValueKind != JsonValueKind.Object)
        {
            return Failed("data: an object of what changes");
        }

        PortfolioTarget target = PortfolioTarget.Of(sources, message);
        PortfolioStore store = new(sources.Records, target.Account);
        List<string> faults = [.. data.EnumerateObject().Where(static one => !Names.Contains(one.Name, StringComparer.Ordinal)).Select(static one => $"{Shown.Of(one.Name)}: one of {string.Join(", ", Names)}")];
        KeyValuePair<string, string>[] changes = [.. PortfolioSettings.ChangesOf(data, faults).Where(static one => Names.Contains(one.Key, StringComparer.Ordinal))];
        _ = (store.Find(target.Bot) ?? new PortfolioSettings()).WithAll(changes, faults);
        if (faults.Count > 0)
        {
            return Failed(string.Join("; ", faults));
        }

        bool isRun = !target.IsCarried && Array.Exists(changes, static one => one.Key == "is_active");
        if (isRun && await ActivateAsync(data.GetProperty("is_active").GetBoolean()).ConfigureAwait(false) is { } refusal)
        {
            return Failed(refusal);
        }

        (PortfolioSettings? changed, IReadOnlyList<string> late) = store.Change(target.Bot, isRun ? [.. changes.Where(static one => one.Key != "is_active")] : changes, Timestamp.From(sources.Time.GetUtcNow()));
        return changed is null ? Failed(string.Join("; ", late)) : LiveJson.Encode(json =>
        {
            json.WriteString("type", "config_updated");
            json.WriteString("message", "Configuration updated successfully");
            json.WriteStartObject("data");
            Settings(json, target, changed);
            json.WriteEndObject();
        });
    }

    // An account that is as wanted refuses the order; that is no failure.
    private async Task<string?> ActivateAsync(bool isWanted)
    {
        foreach (AccountStatus account in sources.Desk.Status)
        {
            if (account.Risk.State == TradingState.Halted == isWanted)
            {
                AccountCommand command = new(isWanted ? AccountOrder.Unhalt : AccountOrder.Halt, null, who.Name, "is_active");
                CommandAnswer answer = await sources.Desk.OrderAsync(account.Name, command).ConfigureAwait(false);
                if (!answer.IsDone)
                {
                    return $"is_active: {account.Name}: {answer.Text}";
                }
            }
        }

        return null;
    }

    private void Settings(Utf8JsonWriter json, PortfolioTarget target, PortfolioSettings shown)
    {
        json.WriteBoolean("is_active", target.IsCarried ? shown.IsActive : IsRunActive);
        json.WriteNumber("risk_tolerance", shown.RiskTolerance);
        json.WriteNumber("min_confidence", shown.MinConfidenceScore);
        json.WriteNumber("check_interval", shown.CheckIntervalSeconds);
        json.WriteNumber("cache_ttl", shown.CacheTtlSeconds);
    }

    private static ReadOnlyMemory<byte> Failed(string why) => LiveProtocols.Error("Failed to update configuration: " + why);
}
