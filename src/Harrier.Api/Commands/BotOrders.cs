using System.Security.Claims;
using Harrier.Api.Hosting;
using Harrier.Hosting.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Commands;

/// <summary>
/// Orders of the operator: <c>POST /api/v1/accounts/{account}/bots/{bot}/pause|resume|stop|start|panic</c>, <c>/api/v1/accounts/{account}/halt|unhalt</c> and
/// <c>/api/v1/panic</c>. Each is carried out between two inputs of its account and journaled with who gave it and why.
/// </summary>
internal static class BotOrders
{
    private const int LongestReason = 200;

    /// <summary>Orders to a bot, by the word in the path.</summary>
    public static IReadOnlyDictionary<string, AccountOrder> ToBots { get; } = new Dictionary<string, AccountOrder>(StringComparer.Ordinal)
    {
        ["pause"] = AccountOrder.Pause,
        ["resume"] = AccountOrder.Resume,
        ["stop"] = AccountOrder.Stop,
        ["start"] = AccountOrder.Start,
        ["panic"] = AccountOrder.Panic,
    };

    /// <summary>Orders to an account, by the word in the path.</summary>
    public static IReadOnlyDictionary<string, AccountOrder> ToAccounts { get; } = new Dictionary<string, AccountOrder>(StringComparer.Ordinal)
    {
        ["halt"] = AccountOrder.Halt,
        ["unhalt"] = AccountOrder.Unhalt,
    };

    /// <summary>Gives an order.</summary>
    /// <param name="sources">The run.</param>
    /// <param name="who">Who gives it.</param>
    /// <param name="target">To what: account and bot; null for all.</param>
    /// <param name="order">What to do.</param>
    /// <param name="body">Why.</param>
    public static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> GiveAsync(ApiSources sources, ClaimsPrincipal who, (string? Account, string? Bot) target, AccountOrder order, OrderBody? body) =>
        await SendAsync(sources, target, new AccountCommand(order, target.Bot, who.Identity?.Name ?? "", body?.Reason ?? "")).ConfigureAwait(false);

    /// <summary>Gives an order that is made already.</summary>
    /// <param name="sources">The run.</param>
    /// <param name="target">To what: account and bot; null for all.</param>
    /// <param name="command">The order.</param>
    public static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> SendAsync(ApiSources sources, (string? Account, string? Bot) target, AccountCommand command)
    {
        if (FaultOf(command.Reason) is { } fault)
        {
            return TypedResults.Problem(fault, statusCode: StatusCodes.Status400BadRequest);
        }

        if (Missing(sources, target) is { } missing)
        {
            return TypedResults.Problem(missing, statusCode: StatusCodes.Status404NotFound);
        }

        CommandAnswer answer = await sources.Desk.OrderAsync(target.Account, command).ConfigureAwait(false);
        return answer.IsDone
            ? TypedResults.Ok(new OrderAnswer(true, answer.Text))
            : TypedResults.Problem(answer.Text, statusCode: StatusCodes.Status409Conflict);
    }

    /// <summary>What is wrong with a reason; null when nothing is.</summary>
    public static string? FaultOf(string reason) =>
        reason.Length > LongestReason || reason.Any(char.IsControl) ? $"reason: {reason.Length} characters: up to {LongestReason}, on one line" : null;

    private static string? Missing(ApiSources sources, (string? Account, string? Bot) target)
    {
        if (target.Account is null)
        {
            return null;
        }

        IReadOnlyList<AccountStatus> accounts = sources.Desk.Status;
        return accounts.FirstOrDefault(account => account.Name == target.Account) is not { } found
            ? $"account: {target.Account}: one of {string.Join(", ", accounts.Select(static account => account.Name))}"
            : target.Bot is not null && !found.Bots.Any(bot => bot.Name == target.Bot)
                ? $"bot: {target.Bot}: one of {string.Join(", ", found.Bots.Select(static bot => bot.Name))}"
                : null;
    }
}
