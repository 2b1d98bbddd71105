using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Storage.Journal;
using Harrier.Storage.Sessions;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Accounts;

/// <summary>Orders of the operator on a recorded account: what a bot's life allows, what is journaled, and that all of it comes out again after a crash.</summary>
public sealed class AccountDeskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<AccountEvent> _events = [];
    private readonly AccountHome _home;
    private readonly TradingAccount _account;
    private readonly BotBoard _board;
    private readonly AccountDesk _desk;
    private Timestamp _now = AccountScenario.Begin;

    public AccountDeskTests()
    {
        _home = new AccountHome(_folder.Path, AccountScenario.Plan());
        _account = _home.Open(AccountScenario.Begin).Account;
        _home.BeginSession(_account);
        _board = new BotBoard(_account, _events.Add);
        _desk = new AccountDesk(_account, _board);
        _board.Start(_now);
    }

    public void Dispose()
    {
        _account.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Carry_StepsOfALife_AreTakenInTheirOrderOnly()
    {
        Order(AccountOrder.Resume, "one").ShouldBe(new CommandAnswer(false, "bot one is scanning, not paused"));
        Order(AccountOrder.Start, "one").Text.ShouldBe("bot one is scanning: only one that is stopped, idle or in error can be started");
        Order(AccountOrder.Pause, "one").ShouldBe(new CommandAnswer(true, "bot one is paused"));
        Order(AccountOrder.Pause, "one").Text.ShouldStartWith("one: a bot that is paused cannot become paused; it can become scanning, ");
        Order(AccountOrder.Resume, "one").Text.ShouldBe("bot one is scanning");
        Order(AccountOrder.Stop, "one").Text.ShouldBe("bot one is stopped");
        Order(AccountOrder.Stop, "one").IsDone.ShouldBeFalse();
        Order(AccountOrder.Start, "one").Text.ShouldBe("bot one is scanning");
        Order(AccountOrder.Halt, "one").Text.ShouldBe("halt concerns the account as a whole, not a bot");
        Order(AccountOrder.Pause, null).Text.ShouldBe("pause needs the name of a bot");
        Order(AccountOrder.Pause, "three").Text.ShouldBe("account test has no bot three; it has one, two");

        // Refused orders are no inputs.
        Journaled().Select(static command => command.Action).ShouldBe([OperatorAction.PauseBot, OperatorAction.ResumeBot, OperatorAction.StopBot, OperatorAction.StartBot]);
        Journaled().ShouldAllBe(static command => command.By == "ann" && command.Reason == "a test");
        _events.OfType<BotMoved>().Where(static moved => moved.Bot == "one").Select(static moved => moved.Step.To).ShouldBe(
            [BotState.Initializing, BotState.Scanning, BotState.Paused, BotState.Scanning, BotState.Stopped, BotState.Initializing, BotState.Scanning]);
    }

    [Fact]
    public void Carry_Panic_LeavesEverythingAndEndsStopped()
    {
        Feed(120, until: () => !_account.Engine.Portfolio.Position(new BotId(0), new InstrumentId(0)).IsFlat);
        _board.Watch(_now);
        _board.StateOf(new BotId(0)).ShouldBe(BotState.Managing);

        Order(AccountOrder.Panic, null).IsDone.ShouldBeTrue();
        _board.StateOf(new BotId(0)).ShouldBe(BotState.Emergency);
        Order(AccountOrder.Start, "one").IsDone.ShouldBeFalse();
        Feed(2);
        _board.Watch(_now);
        (_board.StateOf(new BotId(0)), _board.StateOf(new BotId(1))).ShouldBe((BotState.Stopped, BotState.Stopped));
        _account.Engine.Orders.Working.ShouldBeEmpty();
        _account.Engine.Portfolio.RoundTrips[^1].ExitReason.ShouldBe(OrderPurpose.Panic);

        // A stopped bot is told to leave all the same.
        Order(AccountOrder.Panic, "one").IsDone.ShouldBeTrue();
        _board.StateOf(new BotId(0)).ShouldBe(BotState.Emergency);
    }

    [Fact]
    public void Carry_Edit_ChangesWhatIsNamed_AndNamesWhatIsWrong()
    {
        Edit("one", ("stop_loss", "0.02"), ("size", "risk:0.005")).Text.ShouldBe("bot one has size risk:0.005, stop_loss 0.02, take_profit 0.05, trailing_stop none from its next position on");
        _account.Engine.SettingsOf(new BotId(0)).Protection.StopLoss.ShouldBe(0.02m);

        string[] faults = Edit("one", ("stop_los", "0.02"), ("take_profit", "-1"), ("size", "all")).Text.Split('\n');
        faults.Select(static fault => fault.Split(": ")[0]).ShouldBe(["take_profit", "size", "stop_los"], ignoreOrder: true);
        faults.ShouldContain(static fault => fault.Contains("did you mean stop_loss?", StringComparison.Ordinal));
        _account.Engine.SettingsOf(new BotId(0)).Protection.StopLoss.ShouldBe(0.02m);
    }

    [Fact]
    public void Carry_HaltAndReset_AreRefusedWhereThereIsNothingToEnd()
    {
        Order(AccountOrder.Unhalt, null).IsDone.ShouldBeFalse();
        Order(AccountOrder.Halt, null).IsDone.ShouldBeTrue();
        Order(AccountOrder.Halt, null).Text.ShouldBe("the account is halted already");
        Order(AccountOrder.Unhalt, null).IsDone.ShouldBeTrue();
        Order(AccountOrder.ResetDrawdown, null).Text.ShouldBe("max_drawdown is not reached: there is nothing to reset");
        Order(AccountOrder.ResetKillSwitch, null).Text.ShouldBe("kill_switch is not reached: there is nothing to reset");
    }

    [Fact]
    public void Carry_Orders_ComeOutAgainAfterACrash()
    {
        Feed(40);
        Order(AccountOrder.Pause, "one");
        Edit("two", ("stop_loss", "none"), ("size", "quote:500"));
        Feed(20);
        Order(AccountOrder.Panic, "two");
        Feed(3);
        _board.Watch(_now);
        byte[] state = _account.Save();
        _account.Dispose();

        AccountHome again = new(_folder.Path, AccountScenario.Plan());
        using TradingAccount recovered = again.Open(_now).Account;
        recovered.Save().ShouldBe(state);
        BotBoard board = new(recovered, _events.Add);
        board.Start(_now);
        (board.StateOf(new BotId(0)), board.StateOf(new BotId(1))).ShouldBe((BotState.Paused, BotState.Stopped));
        recovered.Engine.SettingsOf(new BotId(1)).Sizing.ShouldBe(new PositionSizing(SizingMethod.QuoteAmount, 500));

        again.BeginSession(recovered);
        SessionProof proof = new(AccountScenario.Reader);
        string session = new SessionFolder(Path.Combine(_folder.Path, "accounts", "test")).All()[0];
        proof.Run(session, Path.Combine(_folder.Path, "scratch")).Outcome.Divergence.ShouldBeNull();
    }

    [Fact]
    public void Carry_OrderByHand_GoesThroughTheGate_IsClosedByHand_AndComesOutAgainAfterACrash()
    {
        Trade("one", ("side", "buy"), ("quantity", "0.01")).Text.ShouldStartWith("stale_market: ");
        Feed(1);
        CommandAnswer bought = Trade("one", ("side", "buy"), ("quantity", "0.01"));
        (bought.IsDone, bought.Text, bought.Order).ShouldBe((true, "buy 0.010 AAAUSDT at the market for bot one", OrderId(1)));
        Feed(1);
        _account.Engine.Portfolio.Position(new BotId(0), new InstrumentId(0)).Size.ShouldBe(new SizeLots(10));
        Order(AccountOrder.Stop, "one").IsDone.ShouldBeTrue();
        Trade("one", ("side", "buy"), ("quantity", "0.01")).ShouldBe(new CommandAnswer(false, "bot_stopped: 0 against a limit of 0"));
        Trade("one", ("side", "close")).Order.ShouldBe(OrderId(4), "2 and 3 protect the position");
        Feed(1);
        _account.Engine.Portfolio.RoundTrips[^1].ShouldSatisfyAllConditions(
            static trip => trip.ExitReason.ShouldBe(OrderPurpose.Operator),
            static trip => trip.Quantity.ShouldBe(0.01m));
        Trade("one", ("side", "close")).Text.ShouldBe("bot one holds nothing to close");

        byte[] state = _account.Save();
        Journaled().Where(static command => command.Action == OperatorAction.Trade).Select(static command => (command.Hand!.Kind, command.Hand.Size.Value, command.By)).ShouldBe(
            [(HandOrderKind.Place, 10, "ann"), (HandOrderKind.Place, 10, "ann"), (HandOrderKind.Place, 10, "ann"), (HandOrderKind.Close, 0, "ann"), (HandOrderKind.Close, 0, "ann")]);
        _account.Dispose();
        using TradingAccount recovered = new AccountHome(_folder.Path, AccountScenario.Plan()).Open(_now).Account;
        recovered.Save().ShouldBe(state);
    }

    [Fact]
    public void Carry_OrderByHandThatRests_IsCanceledByHand_AndOneThatProtectsIsNot()
    {
        Feed(1);
        decimal mark = _account.Plan.Instruments[1].ToDecimal(_account.Engine.Market.Mark(new InstrumentId(1)));
        string below = (decimal.Floor(mark) * 0.99m).ToString("0", System.Globalization.CultureInfo.InvariantCulture);
        string order = Trade("two", ("side", "buy"), ("quantity", "0.002"), ("price", below)).Order.ShouldNotBeNull();
        _account.Engine.Orders.Working.Single().Intent.Type.ShouldBe(OrderType.Limit);
        Trade("one", ("side", "cancel"), ("order", order)).Text.ShouldBe($"bot one has no order {order} that works and that a person or a signal placed");
        Trade("two", ("side", "cancel"), ("order", order)).ShouldBe(new CommandAnswer(true, $"order {order} of bot two is canceled"));
        _account.Engine.Orders.Working.ShouldBeEmpty();

        Trade("two", ("side", "buy"), ("quantity", "0.002"));
        Feed(1);
        string stop = _account.Engine.Orders.Working.Single(static one => one.Intent.Purpose == OrderPurpose.TrailingStop).Id.ToString();
        Trade("two", ("side", "cancel"), ("order", stop)).IsDone.ShouldBeFalse();
        _account.Engine.Orders.Working.ShouldContain(one => one.Id.ToString() == stop);
    }

    [Fact]
    public void Carry_OrderByHandThatMakesNoSense_NamesAllThatIsWrong_AndIsNoInput()
    {
        CommandAnswer answer = Trade("one", ("side", "hold"), ("quantity", "0.0005"), ("price", "0.3"), ("size", "1"));

        (answer.IsDone, answer.IsMalformed).ShouldBe((false, true));
        answer.Text.Split('\n').ShouldBe(
        [
            "size: 1: one of side, quantity, price, reduce_only, order", "side: hold: one of buy, sell, close, cancel",
            "quantity: 0.0005: a number above 0, in steps of 0.001", "price: 0.3: a number above 0, in steps of 0.5",
        ]);
        Trade("one", ("side", "cancel"), ("order", "x")).Text.ShouldBe("order: x: the id of an order");
        Journaled().ShouldBeEmpty();
    }

    private string OrderId(int sequence) => new ClientOrderId(_account.Plan.Identity.Run, sequence).ToString();

    private CommandAnswer Trade(string bot, params (string Key, string Value)[] terms) =>
        _desk.Carry(new AccountCommand(AccountOrder.Trade, bot, "ann", "a test") { Changes = [.. terms.Select(static one => KeyValuePair.Create(one.Key, one.Value))] }, _now);

    private CommandAnswer Order(AccountOrder order, string? bot) => _desk.Carry(new AccountCommand(order, bot, "ann", "a test"), _now);

    private CommandAnswer Edit(string bot, params (string Key, string Value)[] changes) =>
        _desk.Carry(new AccountCommand(AccountOrder.Edit, bot, "ann", "a test") { Changes = [.. changes.Select(static one => KeyValuePair.Create(one.Key, one.Value))] }, _now);

    private int _fed;

    private void Feed(int pairs, Func<bool>? until = null)
    {
        IReadOnlyList<Action<TradingAccount>> inputs = AccountScenario.Inputs(200);
        for (int i = 0; i < pairs * 3 && until?.Invoke() != true; i++)
        {
            inputs[_fed++](_account);
        }

        _now = _account.Engine.Time.Now;
    }

    private IReadOnlyList<OperatorCommand> Journaled()
    {
        _account.CloseJournal();
        string session = new SessionFolder(Path.Combine(_folder.Path, "accounts", "test")).Newest!;
        List<OperatorCommand> found = [];
        foreach (JournalRecord record in new JournalReader(session).Records().Where(static one => one.Type == JournalRecordType.Operator))
        {
            StateReader reader = new(record.Payload.Span);
            found.Add(OperatorRecord.Read(ref reader));
        }

        return found;
    }
}
