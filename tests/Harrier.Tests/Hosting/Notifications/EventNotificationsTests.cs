using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Notifications;

namespace Harrier.Tests.Hosting.Notifications;

/// <summary>What of a run is told, as what, and in which words.</summary>
public sealed class EventNotificationsTests
{
    private static readonly Timestamp Now = new(1_700_000_000_000_000_000);

    public static TheoryData<AccountEvent, NotificationKind, string> Told => new()
    {
        { Fill(OrderSide.Buy), NotificationKind.Fills, "alpha/trend bought 0.25 AAAUSDT at 100.5" },
        { Fill(OrderSide.Sell), NotificationKind.Fills, "alpha/trend sold 0.25 AAAUSDT at 100.5" },
        { Trip(isLong: true, 12.345m), NotificationKind.Trades, "alpha/trend closed long AAAUSDT: result +12.35 (100 → 112.5, stop_loss)" },
        { Trip(isLong: false, -3m), NotificationKind.Trades, "alpha/trend closed short AAAUSDT: result -3.00 (100 → 112.5, stop_loss)" },
        { Move(BotState.Managing, BotState.Error), NotificationKind.Errors, "alpha/trend has failed: why" },
        { Move(BotState.Managing, BotState.Emergency), NotificationKind.Alerts, "alpha/trend leaves all its positions: why" },
        { Move(BotState.Scanning, BotState.Paused), NotificationKind.Bots, "alpha/trend is paused: why" },
        { Move(BotState.Emergency, BotState.Stopped), NotificationKind.Bots, "alpha/trend is stopped: why" },
        { Move(BotState.Paused, BotState.Managing), NotificationKind.Bots, "alpha/trend is running: why" },
        { new AccountAlerted(Now, "alpha", null, AlertKind.DrawdownReached, "drawdown reached: max_drawdown 26.1 % of 25 %"), NotificationKind.Alerts, "alpha: the largest drawdown is reached; no entries until you reset it. max_drawdown 26.1 % of 25 %" },
        { new AccountAlerted(Now, "alpha", null, AlertKind.DrawdownNear, "drawdown near"), NotificationKind.Risk, "alpha: 80 % of the largest drawdown." },
        { new AccountAlerted(Now, "alpha", "trend", AlertKind.StrategyFailed, "strategy failed: index: 3"), NotificationKind.Errors, "alpha/trend: the strategy has failed. index: 3" },
        { new BotRefused(Now, "alpha", "trend", "AAAUSDT", new DenyReason(DenyRule.MaxDrawdown, 0.261m, 0.25m)), NotificationKind.Risk, "alpha/trend: order for AAAUSDT refused. max_drawdown: 26.1 % against a limit of 25 %" },
        { new AccountNote(Now, "alpha", "new"), NotificationKind.Notes, "alpha: new" },
        { new AccountNote(Now, Notifier.Name, "channel"), NotificationKind.Errors, "notifications: channel" },
    };

    [Theory]
    [MemberData(nameof(Told))]
    public void Of_Event_IsOfItsKindAndInItsWords(AccountEvent happened, NotificationKind kind, string text)
    {
        Notification notification = EventNotifications.Of(happened, "{}").ShouldNotBeNull();

        (notification.Kind, notification.Json, Language.English.Of(notification)).ShouldBe((kind, "{}", text));
        foreach (string code in Language.Codes)
        {
            Language.Of(code).Of(notification).ShouldNotContain("{");
        }
    }

    // Entries and exits are told by fills and trades.
    [Theory]
    [InlineData(BotState.Idle, BotState.Initializing)]
    [InlineData(BotState.Scanning, BotState.Managing)]
    [InlineData(BotState.Managing, BotState.Scanning)]
    public void Of_OrdinarySteps_AreNotTold(BotState from, BotState to) => EventNotifications.Of(Move(from, to), null).ShouldBeNull();

    [Fact]
    public void Of_TwoTrades_NeverShareATopic() => EventNotifications.Of(Trip(isLong: true, 1), null)!.Topic.ShouldBeNull();

    private static BotFilled Fill(OrderSide side) => new(
        Now,
        "alpha",
        "trend",
        new Instrument(new InstrumentId(0), new InstrumentDefinition { Venue = new VenueId("sim-x"), Symbol = "AAAUSDT", Kind = InstrumentKind.Spot, Base = new Asset("AAA"), Quote = new Asset("USDT"), TickSize = 0.5m, LotSize = 0.001m }),
        new FillFacts(side, 100.5m, 0.250m, 0.1m, OrderPurpose.Signal));

    private static BotRoundTrip Trip(bool isLong, decimal pnl) => new(Now, "alpha", "trend", "AAAUSDT", new RoundTrip
    {
        Id = 1,
        Bot = new BotId(0),
        Instrument = new InstrumentId(0),
        IsLong = isLong,
        EntryTime = Now,
        ExitTime = Now,
        EntryPrice = 100m,
        ExitPrice = 112.5m,
        Quantity = 1,
        Fees = 0.2m,
        Funding = 0,
        Pnl = pnl,
        ExitReason = OrderPurpose.StopLoss,
    });

    private static BotMoved Move(BotState from, BotState to) => new(Now, "alpha", "trend", new BotStep(from, to, Now, "why"));
}
