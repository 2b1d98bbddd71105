using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Research.Reports;
using Harrier.Storage.Records.Rows;

namespace Harrier.Hosting.Records;

/// <summary>Makes rows of orders and of what becomes of them.</summary>
internal static class OrderRows
{
    /// <summary>An order that was sent.</summary>
    public static OrderRow Sent(AccountPlan plan, (ClientOrderId Order, BotId Bot) whose, in OrderIntent intent, Timestamp time) =>
        Of(plan, whose.Bot, in intent, time) with { Id = whose.Order.ToString(), Status = OrderStatus.Sent };

    /// <summary>
    /// An order that a gate refused. A bot may ask again with every bar: the first refusal of a rule in a minute is kept, under an id that says so, which makes it the
    /// same row however often it is written.
    /// </summary>
    public static OrderRow Denied(AccountPlan plan, BotId bot, in OrderIntent intent, in DenyReason reason, Timestamp time)
    {
        OrderRow row = Of(plan, bot, in intent, time);
        string minute = time.ToDateTimeOffset().ToString("yyyyMMdd'T'HHmm", CultureInfo.InvariantCulture);
        return row with { Id = $"denied-{row.Bot}-{RiskWords.Of(reason.Rule)}-{row.Symbol}-{minute}", Status = OrderStatus.Denied, Reason = RiskWords.Of(in reason) };
    }

    /// <summary>What a report says of its order; null for a fill, which is a row of its own.</summary>
    public static OrderStep? StepOf(in ExecutionReport report)
    {
        string? status = report.Kind switch
        {
            ExecutionKind.Accepted => OrderStatus.Accepted,
            ExecutionKind.Canceled => OrderStatus.Canceled,
            ExecutionKind.Expired => OrderStatus.Expired,
            ExecutionKind.Rejected => OrderStatus.Rejected,
            ExecutionKind.OutcomeUnknown => OrderStatus.Unknown,
            ExecutionKind.Escalated => OrderStatus.Escalated,
            _ => null,
        };
        return status is null ? null : new OrderStep(report.Order.ToString(), report.ReceivedTime)
        {
            Status = status,
            Reason = report.Kind == ExecutionKind.Rejected ? JsonNamingPolicy.SnakeCaseLower.ConvertName(report.Reason.ToString()) : null,
        };
    }

    private static OrderRow Of(AccountPlan plan, BotId bot, in OrderIntent intent, Timestamp time)
    {
        Instrument instrument = plan.Instruments[intent.Instrument.Index];
        return new OrderRow
        {
            Id = "",
            Bot = plan.Settings.Bots[bot.Index].Name,
            Symbol = instrument.Symbol,
            Time = time,
            Side = intent.Side == OrderSide.Buy ? "buy" : "sell",
            Type = JsonNamingPolicy.SnakeCaseLower.ConvertName(intent.Type.ToString()),
            Quantity = instrument.ToDecimal(intent.Size),
            LimitPrice = PriceOf(instrument, intent.Limit),
            TriggerPrice = PriceOf(instrument, intent.Trigger),
            TrailingDistance = PriceOf(instrument, new PriceTicks(intent.TrailingDistance)),
            ReduceOnly = intent.ReduceOnly,
            Purpose = InvariantText.Of(intent.Purpose),
            Status = "",
            ChangedAt = time,
        };
    }

    private static decimal? PriceOf(Instrument instrument, PriceTicks price) => price.Value == 0 ? null : instrument.ToDecimal(price);
}
