using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Changes;
using Harrier.Hosting.Configuration;
using Harrier.Tests.Hosting.Accounts;

namespace Harrier.Tests.Hosting.Changes;

/// <summary>A home on which nothing runs takes orders too; the next start carries them out, whatever its configuration said before.</summary>
public sealed class HomeOrdersTests : IDisposable
{
    private static readonly (string, string)[] Third = [("name", "three"), ("strategy", "EMA_CROSS"), ("symbol", "BBBUSDT")];

    private readonly ChangeRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Take_OrderAfterOrder_IsCarriedOutAtTheNextStart()
    {
        AccountSettings configured = AccountScenario.Plan().Settings;
        ConfiguredFile.Write(_rig.Folder, configured);
        _rig.Feed(60);
        _rig.Account.Dispose();
        HomeOrders orders = new(_rig.Folder, AccountScenario.Reader);

        orders.Take(null, ChangeRig.Command(AccountOrder.AddBot, null, Third), _rig.Now).Text.ShouldBe("bot three is added: EMA_CROSS on BBBUSDT 1m; nothing runs on the home: carried out at the next start");
        orders.Take("test", ChangeRig.Command(AccountOrder.Edit, "three", ("size", "quote:50")), _rig.Now).IsDone.ShouldBeTrue("a bot that is not there yet can be edited");
        orders.Take(null, ChangeRig.Command(AccountOrder.Edit, "four", ("size", "quote:50")), _rig.Now).Text.ShouldBe("bot: four: one of one, two, three");
        orders.Take("other", ChangeRig.Command(AccountOrder.AddBot, null, Third), _rig.Now).Text.ShouldBe("--account: other: one of test");

        AccountPlan stored = AccountHome.StoredPlan(_rig.Folder, "test", AccountScenario.Reader).ShouldNotBeNull();
        StoredAccount opened = StoredAccount.Open(_rig.Folder, stored, (configured, AccountScenario.Reader), _rig.Now);
        opened.IsChanged.ShouldBeTrue();
        opened.WhatChanges.ShouldBe("bot three is added: EMA_CROSS on BBBUSDT 1m");
        opened.Wanted.Bots[2].Size.ToString().ShouldContain("50");
        TradingAccount next = AccountSuccession.Warm(ChangeRig.PlanOf(opened.Wanted).Named(opened.Account.Plan.Identity.Run), opened.Home.Sessions.Scratch("prepare.tmp"), []);
        opened.HandOver(new PreparedAccount(next, []), _rig.Now);
        opened.Home.BeginSession(next);
        next.Engine.Portfolio.Equity(new BotId(2)).ShouldBe(10_000);
        next.Dispose();
        _rig.Divergences().ShouldAllBe(static one => one == null);
    }

    [Fact]
    public void Open_ConfigurationThatSaysMore_IsOrderedAtTheStart()
    {
        AccountSettings configured = AccountScenario.Plan().Settings;
        ConfiguredFile.Write(_rig.Folder, configured);
        _rig.Feed(60);
        _rig.Account.Dispose();
        AccountSettings more = new AccountChange(AccountScenario.Reader).Apply(configured, ChangeRig.Command(AccountOrder.AddBot, null, Third));

        StoredAccount opened = StoredAccount.Open(_rig.Folder, AccountScenario.Plan(), (more, AccountScenario.Reader), _rig.Now);
        opened.WhatChanges.ShouldBe("bot three is added: EMA_CROSS on BBBUSDT 1m");
        TradingAccount next = AccountSuccession.Warm(ChangeRig.PlanOf(opened.Wanted).Named(opened.Account.Plan.Identity.Run), opened.Home.Sessions.Scratch("prepare.tmp"), []);
        opened.HandOver(new PreparedAccount(next, []), _rig.Now);

        // Killed before the account that was made begins its session: the order is journaled, and stands.
        next.Dispose();
        StoredAccount again = StoredAccount.Open(_rig.Folder, AccountScenario.Plan(), (more, AccountScenario.Reader), _rig.Now);
        again.IsChanged.ShouldBeTrue();
        again.WhatChanges.ShouldBe("bot three is added: EMA_CROSS on BBBUSDT 1m");
        again.Account.Dispose();
    }

    [Fact]
    public void Take_WhatIsWrong_NamesEverythingAndJournalsNothing()
    {
        _rig.Account.Dispose();
        int sessions = _rig.Home.Sessions.All().Count;

        string[] faults = new HomeOrders(_rig.Folder, AccountScenario.Reader).Take(null, ChangeRig.Command(AccountOrder.AddBot, null, ("name", "One"), ("strategy", "EMA_CROS"), ("stop_los", "1")), _rig.Now).Text.Split('\n');

        faults.Select(static fault => fault.Split(": ")[0]).ShouldBe(["strategy", "name", "symbol", "stop_los"], ignoreOrder: true);
        _rig.Home.Sessions.All().Count.ShouldBe(sessions);
    }
}
