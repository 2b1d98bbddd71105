using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;
using Harrier.Storage.Sessions;
using Harrier.Tests.Hosting.Accounts;

namespace Harrier.Tests.Hosting.Changes;

/// <summary>An account is made of other bots, strategies and limits while it trades: what stays goes on as if nothing had happened, and all of it is proven and outlives a crash.</summary>
public sealed class AccountSuccessionTests : IDisposable
{
    private static readonly BotId One = new(0);
    private static readonly BotId Two = new(1);
    private static readonly (string, string)[] Third = [("name", "three"), ("strategy", "EMA_CROSS"), ("parameters.fast", "2"), ("parameters.slow", "4"), ("symbol", "BBBUSDT"), ("balance", "5000")];

    private readonly ChangeRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Change_OfALimitThatNeverBinds_LeavesEveryDecisionAsItWas()
    {
        using ChangeRig undisturbed = new();
        undisturbed.Feed(150);
        _rig.Feed(70);

        _rig.Change(ChangeRig.Command(AccountOrder.SetLimits, null, ("max_positions", "9"))).ShouldBe(new CommandAnswer(true, "risk max_positions none -> 9"));
        _rig.Feed(80);

        _rig.Account.Engine.Risk.Limits.MaxPositions.ShouldBe(9);
        _rig.Account.Engine.DecisionHash.ShouldBe(undisturbed.Account.Engine.DecisionHash);
        (Equity(_rig, One), Equity(_rig, Two)).ShouldBe((Equity(undisturbed, One), Equity(undisturbed, Two)));
        undisturbed.Account.Engine.Portfolio.RoundTrips.Count.ShouldBeGreaterThan(20, "a scenario without trades proves nothing");
        _rig.Divergences().ShouldAllBe(static one => one == null);
    }

    [Fact]
    public void AddBot_OnASymbolThatIsThere_TradesBesideTheOthersAndChangesNothingOfThem()
    {
        // The limits are those of all bots together, and bots on one symbol share the volume of a bar: the first has neither in common with the third.
        AccountCommand unlimited = ChangeRig.Command(
            AccountOrder.SetLimits, null, ("max_trades_per_hour", "none"), ("max_losses_in_a_row", "none"), ("max_daily_loss", "none"), ("max_drawdown", "none"), ("max_leverage", "none"), ("max_position_fraction", "none"));
        using ChangeRig undisturbed = new();
        undisturbed.Change(unlimited).IsDone.ShouldBeTrue();
        undisturbed.Feed(150);
        _rig.Change(unlimited).IsDone.ShouldBeTrue();
        _rig.Feed(70);

        _rig.Change(ChangeRig.Command(AccountOrder.AddBot, null, Third)).Text.ShouldBe("bot three is added: EMA_CROSS on BBBUSDT 1m");
        Equity(_rig, new BotId(2)).ShouldBe(5_000);
        _rig.Feed(80);

        Equity(_rig, One).ShouldBe(Equity(undisturbed, One));
        _rig.Account.Engine.Portfolio.RoundTrips.Count(static trip => trip.Bot == One).ShouldBeGreaterThan(5);
        _rig.Account.Engine.Portfolio.RoundTrips.Count(static trip => trip.Bot.Index == 2).ShouldBeGreaterThan(0);
        _rig.Account.Differences().ShouldBeEmpty();
        _rig.Divergences().ShouldAllBe(static one => one == null);
    }

    [Fact]
    public void AddBot_OnANewSymbol_HasSeenThePast()
    {
        _rig.Feed(30);
        _rig.Change(ChangeRig.Command(AccountOrder.AddBot, null, [.. Third.Where(static one => one.Item1 != "symbol"), ("symbol", "CCCUSDT")]), pastBars: 50).IsDone.ShouldBeTrue();

        _rig.Account.Plan.Instruments.Select(static one => one.Symbol).ShouldBe(["AAAUSDT", "BBBUSDT", "CCCUSDT"]);
        _rig.Account.Engine.Market.Mark(new InstrumentId(2)).Value.ShouldBeGreaterThan(0, "the last close of the past");
        _rig.Account.Engine.Portfolio.RoundTrips.ShouldBeEmpty("nothing is opened on the past");
        SessionStart.PastOf(_rig.Home.Sessions.All()[^1]).Count.ShouldBe(150);
        _rig.Feed(10);
        _rig.Kill();
        _rig.Feed(10);
        _rig.Divergences().ShouldAllBe(static one => one == null);
    }

    [Fact]
    public void Edit_ParametersWhileAPositionIsHeld_KeepsItWithItsStops()
    {
        _rig.Feed(120, until: () => !Position(One).IsFlat && _rig.Account.Engine.Orders.Working.Any(static order => order.Bot == One && order.Intent.ReduceOnly));
        SizeLots held = Position(One).Size;
        string[] orders = [.. _rig.Account.Engine.Orders.Working.Select(static order => $"{order.Id} {order.Intent}")];

        _rig.Change(ChangeRig.Command(AccountOrder.Edit, "one", ("parameters.period", "9"))).Text.ShouldBe("bot one: parameters period 3 -> 9");

        Position(One).Size.ShouldBe(held);
        _rig.Account.Engine.Orders.Working.Select(static order => $"{order.Id} {order.Intent}").ShouldBe(orders);
        _rig.Account.Settings.Bots[0].Strategy.Arguments.Single(static one => one.Parameter.Name == "period").Text.ShouldBe("9");
        _rig.Feed(40);
        _rig.Account.Differences().ShouldBeEmpty();
        _rig.Divergences().ShouldAllBe(static one => one == null);
    }

    [Theory]
    [InlineData(AccountOrder.RemoveBot, "removed", "true", "its removal")]
    [InlineData(AccountOrder.Edit, "symbol", "BBBUSDT", "another symbol")]
    [InlineData(AccountOrder.Edit, "strategy", "DONCHIAN_TREND", "another strategy")]
    public void Change_ThatNeedsAFlatBot_IsRefusedWhileItHolds(AccountOrder order, string key, string value, string what)
    {
        _rig.Feed(120, until: () => !Position(One).IsFlat);
        byte[] before = _rig.Account.Save();

        CommandAnswer answer = _rig.Change(order == AccountOrder.RemoveBot ? ChangeRig.Command(order, "one") : ChangeRig.Command(order, "one", (key, value)));

        answer.IsDone.ShouldBeFalse();
        answer.Text.ShouldStartWith("bot one: it holds ");
        answer.Text.ShouldContain($" AAAUSDT: {what} needs a bot that is flat and has no orders; wait for its exit, or harrier bots panic one");
        _rig.Account.Save().ShouldBe(before);
    }

    [Fact]
    public void RemoveBot_ThatIsFlat_PaysItsMoneyOutAndLeavesIdsAlone()
    {
        _rig.Feed(60);
        _rig.Feed(60, until: () => Position(One).IsFlat && !_rig.Account.Engine.Orders.Working.Any(static order => order.Bot == One));
        decimal other = Equity(_rig, Two);

        _rig.Change(ChangeRig.Command(AccountOrder.RemoveBot, "one")).Text.ShouldBe("bot one is removed");

        (Equity(_rig, One), Equity(_rig, Two)).ShouldBe((0, other));
        _rig.Account.Differences().ShouldBeEmpty();
        _rig.Account.Engine.Portfolio.Ledger.Sum(0).ShouldBe(0);
        _rig.Account.Engine.ConditionOf(One).ShouldBe(BotCondition.Stopped);
        new BotBoard(_rig.Account, static _ => { }).Look(_rig.Now, []).Bots.Select(static bot => bot.Name).ShouldBe(["two"]);
        _rig.Change(ChangeRig.Command(AccountOrder.RemoveBot, "one")).Text.ShouldBe("bot: one: one of two");
        _rig.Change(ChangeRig.Command(AccountOrder.AddBot, null, [.. Third.Where(static pair => pair.Item1 != "name"), ("name", "one")])).IsDone.ShouldBeTrue("the name is free again");
        _rig.Feed(20);
        _rig.Kill();
        _rig.Divergences().ShouldAllBe(static one => one == null);
    }

    [Fact]
    public void Change_OfTheLengthOfBars_BeginsWithWhatWasMadeOfOthers()
    {
        _rig.Feed(120, until: () => Position(Two).IsFlat && !_rig.Account.Engine.Orders.Working.Any(static order => order.Bot == Two));

        _rig.Change(ChangeRig.Command(AccountOrder.Edit, "two", ("interval", "5m"))).IsDone.ShouldBeTrue();

        _rig.Account.Plan.IntervalOf(_rig.Account.Plan.Instruments[1]).ToString().ShouldBe("5m");
        AccountSuccession.Between(AccountScenario.Plan(), _rig.Account.Plan).NewFeeds.ShouldBe([new InstrumentId(1)]);
        _rig.Divergences().ShouldAllBe(static one => one == null);
    }

    [Fact]
    public void Edit_OfSizeBefore_IsPartOfWhatTheAccountBecomes()
    {
        AccountDesk desk = new(_rig.Account, new BotBoard(_rig.Account, static _ => { }));
        desk.Carry(ChangeRig.Command(AccountOrder.Edit, "one", ("stop_loss", "0.011")), _rig.Now).IsDone.ShouldBeTrue();

        _rig.Change(ChangeRig.Command(AccountOrder.AddBot, null, Third)).Text.ShouldBe("bot three is added: EMA_CROSS on BBBUSDT 1m");

        _rig.Account.Plan.Settings.Bots[0].Protection.StopLoss.ShouldBe(0.011m);
        _rig.Account.Engine.SettingsOf(One).Protection.StopLoss.ShouldBe(0.011m);
    }

    [Fact]
    public void ForgetRoundTrips_LeavesEveryDecisionAsItWas()
    {
        using ChangeRig undisturbed = new();
        undisturbed.Feed(150);
        for (int i = 0; i < 15; i++)
        {
            _rig.Feed(10);
            _rig.Account.Engine.ForgetRoundTrips();
            _rig.Account.Engine.Portfolio.RoundTrips.ShouldBeEmpty();
        }

        _rig.Account.Save().ShouldBe(undisturbed.Account.Save());
        undisturbed.Account.Engine.Portfolio.RoundTrips.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Prove_SessionOfAnAccountThatNobodyOrdered_SaysSo()
    {
        _rig.Feed(20);
        _rig.Change(ChangeRig.Command(AccountOrder.AddBot, null, Third), pastBars: 20).IsDone.ShouldBeTrue();
        string second = _rig.Home.Sessions.All()[1];
        SessionPlan plan = SessionPlanFile.Read(second);

        AccountPlan other = AccountScenario.Plan(plan.Settings.Replace("\"max_positions\":\"none\"", "\"max_positions\":\"3\"", StringComparison.Ordinal)).Named(plan.Identity.Run);
        byte[] state = SnapshotFile.Read(SessionFolder.SnapshotOf(second), plan.Identity.ConfigHash);
        SessionPlanFile.Write(second, new SessionPlan(SettingsText.Of(other.Settings).ToJsonString(), other.Identity));
        SnapshotFile.Write(SessionFolder.SnapshotOf(second), other.ConfigHash, state);
        _rig.Divergences()[0].ShouldNotBeNull().ShouldContain("is of an account that nobody ordered");

        SessionPlanFile.Write(second, plan);
        SnapshotFile.Write(SessionFolder.SnapshotOf(second), plan.Identity.ConfigHash, state);
        Directory.Delete(Path.Combine(second, "past"), recursive: true);
        _rig.Divergences()[0].ShouldNotBeNull().ShouldContain("did not begin with what its order leads to");
    }

    private Harrier.Engine.Portfolio.Position Position(BotId bot) => _rig.Account.Engine.Portfolio.Position(bot, new InstrumentId(bot.Index));

    private static decimal Equity(ChangeRig rig, BotId bot) => rig.Account.Engine.Portfolio.Equity(bot);
}
