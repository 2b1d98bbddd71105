using System.Globalization;
using System.Security.Claims;
using Harrier.Api.Commands;
using Harrier.Api.Hosting;
using Harrier.Api.Orders;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Markets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Trading;

/// <summary>An order by hand.</summary>
public sealed record ExecuteBody
{
    /// <summary>Account of the bot through which it goes; may be left out where the rest names one bot.</summary>
    public string? Account { get; init; }

    /// <summary>The bot: the order counts as its own, and its rules of exit hold.</summary>
    public string? Bot { get; init; }

    /// <summary>What is traded, as BTCUSDT or BTC/USDT.</summary>
    public string? Symbol { get; init; }

    /// <summary><c>buy</c>, <c>sell</c>, or <c>close</c>: leave the whole position at the market.</summary>
    public string? Side { get; init; }

    /// <summary>How much, in base currency, as text; not for <c>close</c>.</summary>
    public string? Quantity { get; init; }

    /// <summary><c>market</c> or <c>limit</c>; the one that fits the price where nothing is said.</summary>
    public string? Type { get; init; }

    /// <summary>The limit price, as text; none for an order at the market.</summary>
    public string? Price { get; init; }

    /// <summary>Whether it may only make a position smaller.</summary>
    public bool ReduceOnly { get; init; }

    /// <summary>Why, in up to 200 characters; kept in the journal.</summary>
    public string? Reason { get; init; }
}

/// <summary>An order by hand that was taken.</summary>
/// <param name="Status"><c>submitted</c>, or <c>canceled</c>.</param>
/// <param name="OrderId">The order; what becomes of it is told as ORDER_UPDATED, and under <c>/api/v1/orders/live</c>.</param>
/// <param name="Account">Its account.</param>
/// <param name="Bot">Its bot.</param>
/// <param name="Text">What was done.</param>
public sealed record ExecuteAnswer(string Status, string? OrderId, string Account, string Bot, string Text);

/// <summary><c>POST /api/v1/trading/execute</c> and <c>POST /api/v1/orders/{order}/cancel</c>: orders of a person, through the risk gate of the account, journaled with who and why.</summary>
internal static class HandTrading
{
    private static readonly string[] Sides = ["buy", "sell", "close"];

    /// <summary>Places an order.</summary>
    public static async Task<Results<Ok<ExecuteAnswer>, ValidationProblem, ProblemHttpResult>> ExecuteAsync(ExecuteBody body, ApiSources sources, ClaimsPrincipal who)
    {
        Faults faults = new();
        IReadOnlyList<KeyValuePair<string, string>> terms = Terms(body, faults);
        if (!faults.IsEmpty)
        {
            return faults.Problem;
        }

        string? symbol = body.Symbol is null ? null : MarketMemory.Plain(body.Symbol);
        (string Account, string Bot)[] meant =
        [
            .. sources.Desk.Status.Where(account => body.Account is null || account.Name == body.Account)
                .SelectMany(static account => account.Bots.Select(bot => (account.Name, Bot: bot)))
                .Where(one => (body.Bot is null || one.Bot.Name == body.Bot) && (symbol is null || one.Bot.Symbol == symbol))
                .Select(static one => (one.Name, one.Bot.Name)),
        ];
        if (meant.Length != 1)
        {
            return meant.Length == 0
                ? TypedResults.Problem($"bot: {Shown.Of(body.Bot)}: a bot of this run that trades the symbol", statusCode: StatusCodes.Status404NotFound)
                : TypedResults.Problem($"bot: {Shown.Of(body.Bot)}: one of {string.Join(", ", meant.Select(static one => $"{one.Account}/{one.Bot}"))}; account and bot say which", statusCode: StatusCodes.Status400BadRequest);
        }

        AccountCommand command = new(AccountOrder.Trade, meant[0].Bot, who.Identity?.Name ?? "", body.Reason ?? "") { Changes = terms };
        return await SendAsync(sources, meant[0], command, "submitted").ConfigureAwait(false);
    }

    /// <summary>Cancels an order that a person or a signal placed.</summary>
    public static async Task<Results<Ok<ExecuteAnswer>, ValidationProblem, ProblemHttpResult>> CancelAsync(string order, ApiSources sources, OrderBoard board, ClaimsPrincipal who, OrderBody? body)
    {
        if (board.All.FirstOrDefault(one => one.IsWorking && one.Id.ToString() == order) is not { } only)
        {
            return TypedResults.Problem($"order: {Shown.Of(order)}: the id of an order that works", statusCode: StatusCodes.Status404NotFound);
        }

        AccountCommand command = new(AccountOrder.Trade, only.Bot, who.Identity?.Name ?? "", body?.Reason ?? "") { Changes = [new("side", "cancel"), new("order", order)] };
        return await SendAsync(sources, (only.Account, only.Bot), command, "canceled").ConfigureAwait(false);
    }

    private static async Task<Results<Ok<ExecuteAnswer>, ValidationProblem, ProblemHttpResult>> SendAsync(ApiSources sources, (string Account, string Bot) target, AccountCommand command, string status)
    {
        if (BotOrders.FaultOf(command.Reason) is { } fault)
        {
            return TypedResults.Problem(fault, statusCode: StatusCodes.Status400BadRequest);
        }

        CommandAnswer answer = await sources.Desk.OrderAsync(target.Account, command).ConfigureAwait(false);
        return answer.IsDone
            ? TypedResults.Ok(new ExecuteAnswer(status, answer.Order ?? command.Changes.FirstOrDefault(static term => term.Key == "order").Value, target.Account, target.Bot, answer.Text))
            : TypedResults.Problem(answer.Text, statusCode: answer.IsMalformed ? StatusCodes.Status400BadRequest : StatusCodes.Status409Conflict);
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Terms(ExecuteBody body, Faults faults)
    {
        if (!Sides.Contains(body.Side))
        {
            faults.Add("side", body.Side, "one of " + string.Join(", ", Sides));
            return [];
        }

        bool isClose = body.Side == "close";
        Need("quantity", body.Quantity, isNeeded: !isClose, faults);
        Need("price", body.Price, isNeeded: body.Type == "limit", faults);
        if (body.Type is not (null or "market" or "limit") || (body.Type == "market" && body.Price is not null))
        {
            faults.Add("type", body.Type, "market without a price, or limit with one");
        }

        if (isClose && (body.Quantity ?? body.Price ?? body.Type) is not null)
        {
            faults.Add("side", "close", "nothing but account, bot, symbol and reason beside it: the whole position is left at the market");
        }

        (string Key, string? Value)[] given = [("side", body.Side), ("quantity", body.Quantity), ("price", body.Price), ("reduce_only", body.ReduceOnly ? "true" : null)];
        return [.. given.Where(static term => term.Value is not null).Select(static term => KeyValuePair.Create(term.Key, term.Value!))];
    }

    private static void Need(string field, string? value, bool isNeeded, Faults faults)
    {
        bool isNumber = value is not null && decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number) && number > 0;
        if (value is null ? isNeeded : !isNumber)
        {
            faults.Add(field, value, "a number above 0 as text, such as \"0.5\"");
        }
    }
}
