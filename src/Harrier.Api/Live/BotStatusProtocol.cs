using System.Security.Claims;
using System.Text.Json;
using Harrier.Api.Hosting;
using Harrier.Api.Security;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Storage.Records;

namespace Harrier.Api.Live;

/// <summary>
/// What a client of <c>/ws/bot/status/</c> may ask, as guide 003 has it. <c>is_active</c> is the run itself: setting it halts all accounts, or ends their halt, as the operator's order.
/// </summary>
/// <param name="sources">The run.</param>
/// <param name="settings">What else can be set.</param>
/// <param name="who">Who asks.</param>
internal sealed class BotStatusProtocol(ApiSources sources, PortfolioSettingsStore settings, ClaimsPrincipal who)
{
    private const int TradesOfAStatus = 5;
    private const int MostTrades = 100;

    /// <summary>It.</summary>
    public LiveProtocol Protocol => new(BotStatusMessages.Connection, AnswerAsync);

    private bool IsActive => sources.Desk.Status.Any(static account => account.Risk.State != TradingState.Halted);

    private async Task<ReadOnlyMemory<byte>> AnswerAsync(JsonElement message)
    {
        switch (LiveProtocols.ActionOf(message))
        {
            case "get_status":
                return LiveJson.Encode(json =>
                {
                    json.WriteString("type", "bot_status");
                    json.WriteStartObject("data");
                    Settings(json, settings.Read());
                    BotStatusMessages.Trades(json, "recent_trades", Newest(TradesOfAStatus));
                    json.WriteEndObject();
                });
            case "get_recent_trades":
                return Recent(message);
            case "get_top_trades":
                return LiveJson.Encode(static json =>
                {
                    json.WriteString("type", "top_opportunities");
                    json.WriteStartArray("data");
                    json.WriteEndArray();
                });
            case "update_config":
                return await UpdateAsync(message).ConfigureAwait(false);
            case null:
                return LiveProtocols.Error("action: one of get_status, get_recent_trades, get_top_trades, update_config");
            case { } other:
                return LiveProtocols.Error($"Unknown action: {other}");
        }
    }

    private ReadOnlyMemory<byte> Recent(JsonElement message)
    {
        int limit = 10;
        if (message.TryGetProperty("limit", out JsonElement asked) && (asked.ValueKind != JsonValueKind.Number || !asked.TryGetInt32(out limit) || limit is < 1 or > MostTrades))
        {
            return LiveProtocols.Error($"limit: a whole number from 1 to {MostTrades}");
        }

        return LiveJson.Encode(json =>
        {
            json.WriteString("type", "recent_trades");
            BotStatusMessages.Trades(json, "data", Newest(limit));
        });
    }

    private async Task<ReadOnlyMemory<byte>> UpdateAsync(JsonElement message)
    {
        if (!who.IsInRole(nameof(Role.Trader)) && !who.IsInRole(nameof(Role.Admin)))
        {
            return Failed("the role trader is needed");
        }

        if (!message.TryGetProperty("data", out JsonElement changes) || changes.ValueKind != JsonValueKind.Object)
        {
            return Failed("data: an object of what changes");
        }

        (PortfolioSettings? changed, string? fault) = settings.Change(changes);
        if (changed is null)
        {
            return Failed(fault!);
        }

        if (changes.TryGetProperty("is_active", out JsonElement active) && await ActivateAsync(active.GetBoolean()).ConfigureAwait(false) is { } refusal)
        {
            return Failed(refusal);
        }

        return LiveJson.Encode(json =>
        {
            json.WriteString("type", "config_updated");
            json.WriteString("message", "Configuration updated successfully");
            json.WriteStartObject("data");
            Settings(json, changed);
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
                AccountCommand command = new(isWanted ? AccountOrder.Unhalt : AccountOrder.Halt, null, who.Identity?.Name ?? "", "is_active");
                CommandAnswer answer = await sources.Desk.OrderAsync(account.Name, command).ConfigureAwait(false);
                if (!answer.IsDone)
                {
                    return $"is_active: {account.Name}: {answer.Text}";
                }
            }
        }

        return null;
    }

    private void Settings(Utf8JsonWriter json, PortfolioSettings shown)
    {
        json.WriteBoolean("is_active", IsActive);
        json.WriteNumber("risk_tolerance", shown.RiskTolerance);
        json.WriteNumber("min_confidence", shown.MinConfidence);
        json.WriteNumber("check_interval", shown.CheckInterval);
        json.WriteNumber("cache_ttl", shown.CacheTtl);
    }

    private IEnumerable<Storage.Records.Rows.FillRow> Newest(int count) => sources.Records.Fills(new RecordFilter { Newest = count }).Reverse();

    private static ReadOnlyMemory<byte> Failed(string why) => LiveProtocols.Error("Failed to update configuration: " + why);
}
