using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Hosting.Control;

/// <summary>An order of a bot after a step of its life: a copy, safe to read from any thread.</summary>
public sealed record BotOrder
{
    /// <summary>When the step happened.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>Account of the bot.</summary>
    public required string Account { get; init; }

    /// <summary>The bot.</summary>
    public required string Bot { get; init; }

    /// <summary>What is traded.</summary>
    public required string Symbol { get; init; }

    /// <summary>The order.</summary>
    public required ClientOrderId Id { get; init; }

    /// <summary>What happened: <c>placed</c>, <c>working</c> (it worked when this process began to look), or what the venue told: <c>accepted</c>, <c>partially_filled</c>, <c>filled</c>, <c>canceled</c>, <c>expired</c>, <c>rejected</c>, <c>outcome_unknown</c>, <c>escalated</c>.</summary>
    public required string Step { get; init; }

    /// <summary>Whether it may still trade.</summary>
    public required bool IsWorking { get; init; }

    /// <summary>Bought or sold.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>How it finds its price.</summary>
    public required OrderType Type { get; init; }

    /// <summary>Limit price in quote currency; null where it has none.</summary>
    public required decimal? Price { get; init; }

    /// <summary>Trigger price in quote currency; null where it has none.</summary>
    public required decimal? Trigger { get; init; }

    /// <summary>Size in base currency.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>What of it has traded.</summary>
    public required decimal Filled { get; init; }

    /// <summary>Why it was placed.</summary>
    public required OrderPurpose Purpose { get; init; }

    /// <summary>Whether it may only make a position smaller.</summary>
    public required bool ReduceOnly { get; init; }

    /// <summary>When it was sent.</summary>
    public required Timestamp SubmittedAt { get; init; }

    /// <summary>Why the venue refused it; null where it did not.</summary>
    public RejectReason? Rejected { get; init; }

    /// <summary>An order as it is.</summary>
    /// <param name="whose">Its account and bot.</param>
    /// <param name="order">The order.</param>
    /// <param name="instrument">What it trades.</param>
    /// <param name="step">What happened, and when.</param>
    public static BotOrder Of((string Account, string Bot) whose, Order order, Instrument instrument, (string Name, Timestamp Time) step)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(instrument);
        ref readonly OrderIntent intent = ref order.Intent;
        return new BotOrder
        {
            Time = step.Time,
            Account = whose.Account,
            Bot = whose.Bot,
            Symbol = instrument.Symbol,
            Id = order.Id,
            Step = step.Name,
            IsWorking = order.IsWorking,
            Side = intent.Side,
            Type = intent.Type,
            Price = intent.Type is OrderType.Limit or OrderType.StopLimit ? instrument.ToDecimal(intent.Limit) : null,
            Trigger = intent.Trigger.Value > 0 ? instrument.ToDecimal(intent.Trigger) : null,
            Quantity = instrument.ToDecimal(intent.Size),
            Filled = instrument.ToDecimal(order.Executed),
            Purpose = intent.Purpose,
            ReduceOnly = intent.ReduceOnly,
            SubmittedAt = order.SubmittedAt,
        };
    }

    /// <summary>The name of what a venue told.</summary>
    public static string StepOf(in ExecutionReport report, Order order)
    {
        ArgumentNullException.ThrowIfNull(order);
        return report.Kind switch
        {
            ExecutionKind.Filled => order.IsWorking ? "partially_filled" : "filled",
            ExecutionKind.OutcomeUnknown => "outcome_unknown",
            var kind => kind.ToString().ToLowerInvariant(),
        };
    }
}
