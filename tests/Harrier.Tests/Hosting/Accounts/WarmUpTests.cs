using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;
using Harrier.Storage.Journal;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Accounts;

/// <summary>What a strategy wishes for while it learns from the past is no order.</summary>
public sealed class WarmUpTests : IDisposable
{
    private const int Pairs = 80;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Feed_StrategiesThatWishForOrders_LeavesNoTraceOfThem()
    {
        string journal = Path.Combine(_folder.Path, "journal");
        using (TradingAccount account = Rich(journal))
        {
            SignalCount said = new();
            int denied = 0;
            account.Engine.SignalObserver = said;
            account.Denied = (BotId _, in OrderIntent _, in DenyReason _, Timestamp _) => denied++;
            WarmUp.Feed(account, Past(account.Plan, 1_000_000));
            said.Wishes.ShouldBeGreaterThan(5, "the bars must be such that strategies want to trade");
            denied.ShouldBe(0);
            account.Engine.Denials.ByReason.ShouldBeEmpty();
            account.Engine.Orders.Submitted.ShouldBe(0);
        }

        new JournalReader(journal).Records().Count(static record => record.Type is JournalRecordType.Denied or JournalRecordType.Submitted).ShouldBe(0);
    }

    [Fact]
    public void Feed_BarsThatFollow_AreTradedOn()
    {
        using TradingAccount account = Rich(Path.Combine(_folder.Path, "journal"));
        WarmUp.Feed(account, Past(account.Plan, 1_000_000));
        account.Engine.Risk.State.ShouldBe(TradingState.Active);
        foreach (Bar bar in Past(account.Plan, 1_000_000 + Pairs))
        {
            account.Handle(in bar);
        }

        account.Engine.Orders.Submitted.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Complete_PastThatWasFedToAHaltedAccount_LeadsToTheSameState()
    {
        using TradingAccount before = Rich(Path.Combine(_folder.Path, "before"));
        foreach (Bar bar in Past(before.Plan, 1_000_000))
        {
            before.Handle(in bar);
        }

        BotSettings first = before.Plan.Settings.Bots[0];
        AccountPlan next = AccountScenario.Plan(SettingsText.Of(before.Plan.Settings with { Bots = [.. before.Plan.Settings.Bots, first with { Name = "three" }] }).ToJsonString()).Named(before.Plan.Identity.Run);
        IReadOnlyList<Bar> past = Past(next, 1_000_000);
        using TradingAccount now = AccountSuccession.Warm(next, Path.Combine(_folder.Path, "now"), past);
        using TradingAccount earlier = next.NewAccount(Path.Combine(_folder.Path, "earlier"));
        earlier.Handle(new OperatorCommand(OperatorAction.Halt, default, OrderPurpose.Signal, past[0].OpenTime));
        foreach (Bar bar in past)
        {
            earlier.Handle(in bar);
        }

        earlier.Handle(new OperatorCommand(OperatorAction.Resume, default, OrderPurpose.Signal, past[^1].CloseTime));
        AccountSuccession.Complete(now, before);
        AccountSuccession.Complete(earlier, before);
        now.Save().ShouldBe(earlier.Save(), "sessions of earlier programs began with such a state, and verify makes it again");
    }

    private static TradingAccount Rich(string journal)
    {
        TradingAccount account = AccountScenario.Plan().NewAccount(journal);
        for (int i = 0; i < account.Plan.Settings.Bots.Count; i++)
        {
            account.Handle(new AccountReport(new BotId(i), new Money(10_000, account.Plan.Numeraire), AccountScenario.Begin));
        }

        return account;
    }

    private static IReadOnlyList<Bar> Past(AccountPlan plan, long minute)
    {
        BarSeries[] series = [.. plan.Instruments.Select((instrument, i) => RandomBars.Minutes(Pairs, 7 + i, minute, instrument: instrument))];
        return [.. Enumerable.Range(0, Pairs).SelectMany(i => series.Select(one => one[i]))];
    }

    private sealed class SignalCount : ISignalObserver
    {
        public int Wishes { get; private set; }

        public void OnSignal(BotId bot, Timestamp time, in Signal signal, SignalMeta meta) => Wishes += signal.Side is SignalSide.Buy or SignalSide.Sell ? 1 : 0;
    }
}
