using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Hosting.Bots;

namespace Harrier.Hosting.Accounts;

/// <summary>Something that happened on an account, for people.</summary>
/// <param name="Time">When.</param>
/// <param name="Account">Which account.</param>
public abstract record AccountEvent(Timestamp Time, string Account);

/// <summary>An order of a bot traded.</summary>
/// <param name="Time">When.</param>
/// <param name="Account">Which account.</param>
/// <param name="Bot">Which bot.</param>
/// <param name="Instrument">What was traded.</param>
/// <param name="Fill">The trade.</param>
public sealed record BotFilled(Timestamp Time, string Account, string Bot, Instrument Instrument, FillFacts Fill) : AccountEvent(Time, Account);

/// <summary>A trade of a bot.</summary>
/// <param name="Side">Bought or sold.</param>
/// <param name="Price">In quote currency.</param>
/// <param name="Quantity">In base currency.</param>
/// <param name="Fee">In quote currency.</param>
/// <param name="Purpose">Why the order was placed.</param>
public sealed record FillFacts(OrderSide Side, decimal Price, decimal Quantity, decimal Fee, OrderPurpose Purpose)
{
    /// <summary>A fill of an account.</summary>
    /// <param name="order">The order; null for a liquidation.</param>
    /// <param name="report">The fill.</param>
    /// <param name="plan">The account.</param>
    internal static FillFacts Of(Order? order, in ExecutionReport report, AccountPlan plan)
    {
        Instrument instrument = plan.Instruments[(order?.Intent.Instrument ?? report.Instrument).Index];
        return new FillFacts(
            order?.Intent.Side ?? report.Side,
            instrument.ToDecimal(report.Price),
            instrument.ToDecimal(report.Size),
            report.Fee,
            order?.Intent.Purpose ?? PurposeWithoutOrder(in report));
    }

    /// <summary>Why something traded that no order of ours explains.</summary>
    internal static OrderPurpose PurposeWithoutOrder(in ExecutionReport report) =>
        report.Kind == ExecutionKind.Liquidated ? OrderPurpose.Liquidation : OrderPurpose.Reconciliation;
}

/// <summary>A position of a bot ended.</summary>
/// <param name="Time">When.</param>
/// <param name="Account">Which account.</param>
/// <param name="Bot">Which bot.</param>
/// <param name="Symbol">What was traded.</param>
/// <param name="Trip">From entry to exit.</param>
public sealed record BotRoundTrip(Timestamp Time, string Account, string Bot, string Symbol, RoundTrip Trip) : AccountEvent(Time, Account);

/// <summary>A bot went into another state.</summary>
/// <param name="Time">When.</param>
/// <param name="Account">Which account.</param>
/// <param name="Bot">Which bot.</param>
/// <param name="Step">From where to where, and why.</param>
public sealed record BotMoved(Timestamp Time, string Account, string Bot, BotStep Step) : AccountEvent(Time, Account);

/// <summary>The engine raised an alert: a person should know at once.</summary>
/// <param name="Time">When.</param>
/// <param name="Account">Which account.</param>
/// <param name="Bot">Whose position; null for the account as a whole.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Text">In words, with value and limit.</param>
public sealed record AccountAlerted(Timestamp Time, string Account, string? Bot, AlertKind Kind, string Text) : AccountEvent(Time, Account);

/// <summary>A gate refused an order of a bot. Told once a minute for each bot and rule.</summary>
/// <param name="Time">When.</param>
/// <param name="Account">Which account.</param>
/// <param name="Bot">Which bot.</param>
/// <param name="Symbol">What it wanted to trade.</param>
/// <param name="Reason">Rule, value and limit.</param>
public sealed record BotRefused(Timestamp Time, string Account, string Bot, string Symbol, DenyReason Reason) : AccountEvent(Time, Account);

/// <summary>Anything else worth a line.</summary>
/// <param name="Time">When.</param>
/// <param name="Account">Which account.</param>
/// <param name="Text">The line.</param>
public sealed record AccountNote(Timestamp Time, string Account, string Text) : AccountEvent(Time, Account);
