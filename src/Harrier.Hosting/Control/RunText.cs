using System.Globalization;
using Harrier.Domain;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Accounts.Venues;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Portfolio;
using Harrier.Research.Reports;

namespace Harrier.Hosting.Control;

/// <summary>What happens in a run, in words.</summary>
public static class RunText
{
    /// <summary>One line for an event.</summary>
    public static string Of(AccountEvent happened) => happened switch
    {
        BotFilled { Fill: var fill } filled => string.Create(
            CultureInfo.InvariantCulture,
            $"{filled.Account}/{filled.Bot} {(fill.Side == OrderSide.Buy ? "bought" : "sold")} {fill.Quantity:0.########} {filled.Instrument.Symbol} at {fill.Price:0.########}, fee {fill.Fee:0.########} ({InvariantText.Of(fill.Purpose)})"),
        BotRoundTrip { Trip: var trip } ended => string.Create(
            CultureInfo.InvariantCulture,
            $"{ended.Account}/{ended.Bot} round trip {trip.Id} {(trip.IsLong ? "long" : "short")} {trip.Quantity:0.########} {ended.Symbol} {trip.EntryPrice:0.########} -> {trip.ExitPrice:0.########}, pnl {trip.Pnl:0.00} ({InvariantText.Of(trip.ExitReason)})"),
        BotMoved { Step: var step } moved => $"{moved.Account}/{moved.Bot} {BotLifecycle.Word(step.From)} -> {BotLifecycle.Word(step.To)}: {step.Reason}",
        AccountAlerted alert => $"{alert.Account}{(alert.Bot is null ? "" : "/" + alert.Bot)} ALERT {alert.Text}",
        BotRefused { Reason: var reason } refused => $"{refused.Account}/{refused.Bot} {refused.Symbol} order refused: {RiskWords.Of(in reason)}",
        DecisionChanged { Decision: var decision } changed => $"{changed.Account}/{decision.Bot} {PortfolioText.Of(decision)}",
        AccountNote note => $"{note.Account}: {note.Text}",
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "an event without words"),
    };

    /// <summary>What an account may do and how near its limits are, on one line.</summary>
    public static string Of(RiskStatus risk)
    {
        ArgumentNullException.ThrowIfNull(risk);
        return string.Join(", ", [RiskWords.Of(risk.State), .. risk.Limits.Select(static limit => (limit.State == LimitState.Well ? "" : "! ") + RiskWords.Of(limit))]);
    }

    /// <summary>The account at the venue: where, and whether what we know of it can be trusted.</summary>
    public static string Of(VenueStatus venue)
    {
        ArgumentNullException.ThrowIfNull(venue);
        string read = venue.LastRead is { } last ? $"read {Of(last)}" : "not read yet";
        return $"account at {venue.Place}: picture {(venue.IsSound ? "sound" : "NOT SOUND")}, {read}{(venue.Trouble is { } trouble ? $", {trouble}" : "")}";
    }

    /// <summary>An instant to the second.</summary>
    public static string Of(Timestamp time) => time.ToDateTimeOffset().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
