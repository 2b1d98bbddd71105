using System.Text.Json;
using Harrier.Api.Hosting;
using Harrier.Domain;
using Harrier.Hosting.Control;
using Harrier.Research.Reports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Orders;

/// <summary>An order as the API shows it.</summary>
/// <param name="OrderId">What it is known by, here and at the venue.</param>
/// <param name="Account">Its account.</param>
/// <param name="Bot">Its bot.</param>
/// <param name="Symbol">What it trades.</param>
/// <param name="Status">The last that happened to it: placed, working, accepted, partially_filled, filled, canceled, expired, rejected, outcome_unknown, escalated.</param>
/// <param name="IsWorking">Whether it may still trade.</param>
/// <param name="Side"><c>buy</c> or <c>sell</c>.</param>
/// <param name="Type">market, limit, stop, stop_limit, take_profit, trailing_stop.</param>
/// <param name="Price">Limit price; null where it has none.</param>
/// <param name="TriggerPrice">Trigger; null where it has none.</param>
/// <param name="Quantity">How much, in base currency.</param>
/// <param name="Filled">What of it has traded.</param>
/// <param name="ReduceOnly">Whether it may only make a position smaller.</param>
/// <param name="Purpose">Why it was placed.</param>
/// <param name="Reason">Why the venue refused it; null where it did not.</param>
/// <param name="CreatedAt">When it was sent.</param>
/// <param name="UpdatedAt">When the last happened to it.</param>
public sealed record LiveOrderAnswer(
    string OrderId, string Account, string Bot, string Symbol, string Status, bool IsWorking, string Side, string Type, decimal? Price, decimal? TriggerPrice,
    decimal Quantity, decimal Filled, bool ReduceOnly, string Purpose, string? Reason, Timestamp CreatedAt, Timestamp UpdatedAt)
{
    /// <summary>The row of an order.</summary>
    internal static LiveOrderAnswer Of(BotOrder order) => new(
        order.Id.ToString(),
        order.Account,
        order.Bot,
        order.Symbol,
        order.Step,
        order.IsWorking,
        order.Side == OrderSide.Buy ? "buy" : "sell",
        Word(order.Type.ToString()),
        order.Price,
        order.Trigger,
        order.Quantity,
        order.Filled,
        order.ReduceOnly,
        InvariantText.Of(order.Purpose),
        order.Rejected is { } reason ? Word(reason.ToString()) : null,
        order.SubmittedAt,
        order.Time);

    /// <summary>A name in snake case.</summary>
    internal static string Word(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}

/// <summary><c>GET /api/v1/orders/live</c>: orders that work, and the newest that ended while the run went on.</summary>
internal static class LiveOrders
{
    private static readonly string[] Statuses = ["working", "ended", "all"];

    /// <summary>Lists orders, oldest first.</summary>
    /// <param name="board">The orders.</param>
    /// <param name="query">Which.</param>
    public static Results<Ok<LiveOrderAnswer[]>, ValidationProblem> List(OrderBoard board, [AsParameters] OrderQuery query)
    {
        Faults faults = new();
        int limit = faults.Whole("limit", query.Limit, 1, 1000, 100);
        string status = query.Status ?? "all";
        if (!Statuses.Contains(status))
        {
            faults.Add("status", status, "one of " + string.Join(", ", Statuses));
        }

        return faults.IsEmpty
            ? TypedResults.Ok(board.All.Where(order => query.Takes(order) && (status == "all" || order.IsWorking == (status == "working"))).TakeLast(limit).Select(LiveOrderAnswer.Of).ToArray())
            : faults.Problem;
    }
}

/// <summary>Which orders are asked for.</summary>
internal sealed class OrderQuery
{
    /// <summary>Those of this account.</summary>
    public string? Account { get; init; }

    /// <summary>Those of this bot.</summary>
    public string? Bot { get; init; }

    /// <summary>Those of this symbol.</summary>
    public string? Symbol { get; init; }

    /// <summary><c>working</c>, <c>ended</c> or <c>all</c>.</summary>
    public string? Status { get; init; }

    /// <summary>How many of the newest, 1 to 1000; 100 when nothing is said.</summary>
    public string? Limit { get; init; }

    /// <summary>Whether an order is one of them, whatever its status.</summary>
    public bool Takes(BotOrder order) =>
        (Account is null || order.Account == Account) && (Bot is null || order.Bot == Bot) && (Symbol is null || order.Symbol == Symbol);
}
