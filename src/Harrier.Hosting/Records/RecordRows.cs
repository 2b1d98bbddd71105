using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Hosting.Accounts;
using Harrier.Research.Reports;
using Harrier.Storage.Records.Rows;

namespace Harrier.Hosting.Records;

/// <summary>Makes rows of what happens on an account.</summary>
internal static class RecordRows
{
    public static TradeRow Of(AccountPlan plan, RoundTrip trip) => new()
    {
        Number = trip.Id,
        Bot = plan.Settings.Bots[trip.Bot.Index].Name,
        Symbol = plan.Instruments[trip.Instrument.Index].Symbol,
        Side = trip.IsLong ? "long" : "short",
        EntryTime = trip.EntryTime,
        ExitTime = trip.ExitTime,
        EntryPrice = trip.EntryPrice,
        ExitPrice = trip.ExitPrice,
        Quantity = trip.Quantity,
        Fees = trip.Fees,
        Funding = trip.Funding,
        Pnl = trip.Pnl,
        InitialRisk = trip.InitialRisk,
        ExitReason = InvariantText.Of(trip.ExitReason),
        Setup = trip.Setup,
        Confluence = trip.Confluence,
    };

    public static FillRow Of(AccountPlan plan, Order? order, in ExecutionReport report)
    {
        Instrument instrument = plan.Instruments[(order?.Intent.Instrument ?? report.Instrument).Index];
        return new FillRow
        {
            Symbol = instrument.Symbol,
            TradeId = report.TradeId.ToString(),
            OrderId = order?.Id.ToString(),
            Bot = plan.Settings.Bots[(order?.Bot ?? report.Bot).Index].Name,
            Time = report.Time,
            Side = (order?.Intent.Side ?? report.Side) == OrderSide.Buy ? "buy" : "sell",
            Price = instrument.ToDecimal(report.Price),
            Quantity = instrument.ToDecimal(report.Size),
            Fee = report.Fee,
            Purpose = InvariantText.Of(order?.Intent.Purpose ?? FillFacts.PurposeWithoutOrder(in report)),
        };
    }

    public static EquityRow Of(BotStatus bot, Timestamp time) =>
        new() { Bot = bot.Name, Time = time, Equity = bot.Equity, Pnl = bot.Pnl, Position = bot.Position };

    /// <summary>The row of an event for people; null for one that is kept as a row of its own kind.</summary>
    public static EventRow? Of(AccountEvent happened) => happened switch
    {
        BotFilled or BotRoundTrip => null,
        BotMoved moved => new EventRow { Time = moved.Time, Bot = moved.Bot, Kind = "state", Text = $"{moved.Step.From} to {moved.Step.To}: {moved.Step.Reason}" },
        AccountAlerted alert => new EventRow { Time = alert.Time, Bot = alert.Bot, Kind = "alert", Text = alert.Text },
        BotRefused refused => new EventRow { Time = refused.Time, Bot = refused.Bot, Kind = "refused", Text = $"{refused.Symbol}: {RiskWords.Of(refused.Reason)}" },
        AccountNote note => new EventRow { Time = note.Time, Kind = "note", Text = note.Text },
        _ => new EventRow { Time = happened.Time, Kind = "other", Text = happened.ToString() },
    };
}
