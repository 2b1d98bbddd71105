using System.Text.Json;
using Harrier.Api.Hosting;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records;

namespace Harrier.Api.Portfolio;

/// <summary>Which portfolio bot a message is about.</summary>
/// <param name="Account">Its account.</param>
/// <param name="Bot">The bot.</param>
/// <param name="IsCarried">True where the run carries portfolio bots.</param>
internal sealed record PortfolioTarget(string Account, string Bot, bool IsCarried)
{
    /// <summary>The bot that a message names; else the first that the run carries; else the one that <c>runbot</c> would make first.</summary>
    public static PortfolioTarget Of(ApiSources sources, string? account, string? bot)
    {
        AccountStatus? carried = sources.Desk.Status.FirstOrDefault(one => IsPortfolio(one) && (account is null || one.Name == account));
        string name = account ?? carried?.Name ?? PortfolioStore.DefaultAccount;
        string first = carried?.Bots is [var found, ..] ? found.Name : sources.Records.PortfolioBots(name) is [var stored, ..] ? stored.Bot : PortfolioStore.DefaultBot;
        return new PortfolioTarget(name, bot ?? first, carried is not null);
    }

    /// <summary>The same, from the members <c>account</c> and <c>bot</c> of a message.</summary>
    public static PortfolioTarget Of(ApiSources sources, JsonElement message) => Of(sources, Text(message, "account"), Text(message, "bot"));

    private static bool IsPortfolio(AccountStatus account) => account.Bots.Any(static bot => bot.Strategy == PortfolioHost.Strategy);

    private static string? Text(JsonElement message, string name) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
