using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Records;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Harrier.Storage.Sessions;
using Harrier.Tests.Hosting.Accounts;
using Harrier.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Harrier.Tests.Hosting.Records;

/// <summary>Whatever crashes, and whenever the database is away: in the end the records are those of an undisturbed run.</summary>
public sealed class RecordKeeperTests : IDisposable
{
    private const int Pairs = 120;

    private readonly TemporaryFolder _home = new();
    private readonly Dictionary<string, decimal> _paid = new(StringComparer.Ordinal);
    private readonly AccountPlan _plan = AccountScenario.Plan();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(1, "every write reaches the database")]
    [InlineData(2, "every second session's records are lost with the process")]
    [InlineData(1000, "no record is written before the last start")]
    public async Task F35_Records_AfterManyCrashes_AreThoseOfAnUndisturbedRun(int written, string because)
    {
        IReadOnlyList<Action<TradingAccount>> inputs = AccountScenario.Inputs(Pairs);
        int start = 0;
        for (int from = 0; from < inputs.Count; from += 37)
        {
            await LiveAsync([.. inputs.Skip(from).Take(37)], isWritten: ++start % written == 0);
        }

        await LiveAsync([], isWritten: true);
        (List<FillRow> fills, List<TradeRow> trades, List<OrderRow> orders) = Undisturbed(inputs);
        fills.Count.ShouldBeGreaterThan(20);
        using RecordStore store = Open();
        store.Fills(new RecordFilter()).ToHashSet().SetEquals(fills).ShouldBeTrue(because);
        store.Trades(new RecordFilter()).OrderBy(static row => row.Number).SequenceEqual(trades).ShouldBeTrue(because);
        RequireSame(store, orders, because);
        orders.Select(static row => row.Status).Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Attach_SessionThatWasReplayedForTheAccount_IsNotReplayedForItsRecords()
    {
        await LiveAsync([.. AccountScenario.Inputs(Pairs).Take(300)], isWritten: false);
        AccountHome home = new(_home.Path, _plan);
        RecoveredRecords recovered = new();
        using TradingAccount account = home.Open(AccountScenario.Begin, recovered).Account;
        File.Delete(SessionFolder.SnapshotOf(home.Sessions.Newest!));
        using RecordStore store = Open();
        RecordWriter writer = new(store, new ImmediateTime(), Assert.Fail);
        RecordKeeper keeper = RecordKeeper.Claim(store, writer, _plan, (_home.Path, home.Sessions.OpenedAt(AccountScenario.Begin)));
        keeper.Attach(account, home.Sessions, Path.Combine(_home.Path, "records.tmp"), AccountScenario.Reader, recovered);
        writer.Complete();
        await writer.RunAsync(TestContext.Current.CancellationToken);
        (List<FillRow> fills, List<TradeRow> trades, List<OrderRow> orders) = Undisturbed([.. AccountScenario.Inputs(Pairs).Take(300)]);
        store.Fills(new RecordFilter()).Count.ShouldBe(fills.Count);
        store.Trades(new RecordFilter()).Count.ShouldBe(trades.Count);
        store.Orders(new RecordFilter()).Count.ShouldBe(orders.Count);
    }

    [Fact]
    public async Task Attach_DatabaseWithoutOrders_ReadsThemFromTheJournals_WithoutAReplay()
    {
        IReadOnlyList<Action<TradingAccount>> inputs = AccountScenario.Inputs(Pairs);
        await LiveAsync([.. inputs.Take(200)], isWritten: true);
        await LiveAsync([.. inputs.Skip(200)], isWritten: true);
        await LiveAsync([], isWritten: true);
        using (SqliteConnection connection = new($"Data Source={Path.Combine(_home.Path, "records.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "DELETE FROM orders; UPDATE accounts SET orders_complete_to = 0";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        File.Delete(SessionFolder.SnapshotOf(new AccountHome(_home.Path, _plan).Sessions.All()[0]));
        await LiveAsync([], isWritten: true);
        using RecordStore store = Open();
        RequireSame(store, Undisturbed(inputs).Orders, "the journals say it all");
    }

    [Fact]
    public void Denied_OfOneRuleWithinAMinute_IsOneRow_WithTheReason()
    {
        OrderIntent intent = new() { Instrument = _plan.Instruments[1].Id, Side = OrderSide.Sell, Type = OrderType.Limit, Size = new SizeLots(1500), Limit = new PriceTicks(201), Purpose = OrderPurpose.Signal };
        DenyReason reason = new(DenyRule.MaxDrawdown, 0.261m, 0.25m);
        OrderRow first = OrderRows.Denied(_plan, new BotId(1), in intent, in reason, AccountScenario.Begin);
        OrderRow second = OrderRows.Denied(_plan, new BotId(1), in intent, in reason, AccountScenario.Begin + TimeSpan.FromSeconds(59));
        OrderRow third = OrderRows.Denied(_plan, new BotId(1), in intent, in reason, AccountScenario.Begin + TimeSpan.FromSeconds(60));
        (second.Id == first.Id, third.Id == first.Id).ShouldBe((true, false));
        first.ShouldBe(new OrderRow
        {
            Id = "denied-two-max_drawdown-BBBUSDT-19711126T1040",
            Bot = "two",
            Symbol = "BBBUSDT",
            Time = AccountScenario.Begin,
            Side = "sell",
            Type = "limit",
            Quantity = 1.5m,
            LimitPrice = 100.5m,
            Purpose = "signal",
            Status = OrderStatus.Denied,
            ChangedAt = AccountScenario.Begin,
            Reason = "max_drawdown: 26.1 % against a limit of 25 %",
        });
    }

    [Fact]
    public async Task Attach_WhatIsComplete_IsNotReplayed()
    {
        IReadOnlyList<Action<TradingAccount>> inputs = AccountScenario.Inputs(Pairs);
        await LiveAsync([.. inputs.Take(100)], isWritten: true);
        await LiveAsync([.. inputs.Skip(100).Take(100)], isWritten: true);
        await LiveAsync([], isWritten: true);
        string oldest = new AccountHome(_home.Path, _plan).Sessions.All()[0];
        Directory.Delete(oldest, recursive: true);
        await LiveAsync([], isWritten: true);
    }

    [Fact]
    public async Task Attach_MissingSessionIsDamaged_SaysSo()
    {
        await LiveAsync([.. AccountScenario.Inputs(Pairs).Take(100)], isWritten: false);
        await LiveAsync([], isWritten: false);
        string oldest = new AccountHome(_home.Path, _plan).Sessions.All()[0];
        File.Delete(SessionFolder.SnapshotOf(oldest));
        AccountStateException fault = await Should.ThrowAsync<AccountStateException>(() => LiveAsync([], isWritten: true));
        fault.Message.ShouldContain("it cannot be read for the records");
    }

    [Fact]
    public async Task Show_KeepsOneRowOfEachBotAMinute()
    {
        using RecordStore store = Open();
        RecordWriter writer = new(store, new ImmediateTime(), Assert.Fail);
        RecordKeeper keeper = RecordKeeper.Claim(store, writer, _plan, (_home.Path, AccountScenario.Begin));
        foreach (int second in (int[])[5, 20, 59, 64, 119, 185])
        {
            keeper.Show(Status(AccountScenario.Begin + TimeSpan.FromSeconds(second)));
        }

        writer.Complete();
        await writer.RunAsync(TestContext.Current.CancellationToken);
        store.Equity(new RecordFilter { Bot = "one" }).Select(static row => row.Time - AccountScenario.Begin)
            .ShouldBe([TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(64), TimeSpan.FromSeconds(185)], "the first of each minute");
    }

    // A process: opens the account, lives through inputs and is killed; what its writer had not written is lost.
    private async Task LiveAsync(IReadOnlyList<Action<TradingAccount>> inputs, bool isWritten)
    {
        AccountHome home = new(_home.Path, _plan);
        RecoveredRecords recovered = new();
        using TradingAccount account = home.Open(AccountScenario.Begin, recovered).Account;
        using RecordStore store = Open();
        RecordWriter writer = new(store, new ImmediateTime(), Assert.Fail);
        RecordKeeper keeper = RecordKeeper.Claim(store, writer, _plan, (_home.Path, home.Sessions.OpenedAt(AccountScenario.Begin)));
        keeper.Attach(account, home.Sessions, Path.Combine(_home.Path, "records.tmp"), AccountScenario.Reader, recovered);
        home.Began = keeper.SessionBegan;
        home.BeginSession(account);
        foreach (Action<TradingAccount> input in inputs)
        {
            input(account);
        }

        writer.Complete();
        if (isWritten)
        {
            await writer.RunAsync(TestContext.Current.CancellationToken);
        }
    }

    private (List<FillRow> Fills, List<TradeRow> Trades, List<OrderRow> Orders) Undisturbed(IReadOnlyList<Action<TradingAccount>> inputs)
    {
        using TemporaryFolder other = new();
        using TradingAccount account = new AccountHome(other.Path, _plan).Open(AccountScenario.Begin).Account;
        List<FillRow> fills = [];
        List<OrderRow> orders = [];
        void Note(Order? order, in ExecutionReport report) => fills.Add(RecordRows.Of(_plan, order, in report) with { Account = "test" });
        void Refused(BotId bot, in OrderIntent intent, in DenyReason reason, Timestamp time)
        {
            OrderRow row = OrderRows.Denied(_plan, bot, in intent, in reason, time) with { Account = "test" };
            if (orders.TrueForAll(one => one.Id != row.Id))
            {
                orders.Add(row);
            }
        }

        void Heard(in ExecutionReport report) => Follow(orders, in report);
        account.Filled = Note;
        account.Submitted = (order, time) => orders.Add(OrderRows.Sent(_plan, (order.Id, order.Bot), in order.Intent, time) with { Account = "test" });
        account.Reported = Heard;
        account.Denied = Refused;
        foreach (Action<TradingAccount> input in inputs)
        {
            input(account);
        }

        return (fills, [.. account.Engine.Portfolio.RoundTrips.Select(trip => RecordRows.Of(_plan, trip) with { Account = "test" })], orders);
    }

    // What the reports of the simulated venue, which are never late, make of an order.
    private void Follow(List<OrderRow> orders, in ExecutionReport report)
    {
        string id = report.Order.ToString();
        int index = orders.FindIndex(row => row.Id == id);
        bool isFill = report.Kind == ExecutionKind.Filled;
        OrderRow row = orders[index];
        row = row with { ChangedAt = new Timestamp(Math.Max(row.ChangedAt.Nanos, (isFill ? report.Time : report.ReceivedTime).Nanos)) };
        decimal lots = _plan.Instruments[0].ToDecimal(report.Size);
        decimal filled = row.Filled + lots;
        orders[index] = report.Kind switch
        {
            ExecutionKind.Filled => row with
            {
                Filled = filled,
                AveragePrice = (_paid[id] = _paid.GetValueOrDefault(id) + (_plan.Instruments[0].ToDecimal(report.Price) * lots)) / filled,
                Status = filled == row.Quantity ? "filled" : "partly_filled",
            },
            ExecutionKind.Rejected => row with { Status = "rejected", Reason = JsonNamingPolicy.SnakeCaseLower.ConvertName(report.Reason.ToString()) },
            _ => row with { Status = report.Kind.ToString().ToLowerInvariant() },
        };
    }

    private static void RequireSame(RecordStore store, List<OrderRow> orders, string because)
    {
        IReadOnlyList<OrderRow> kept = store.Orders(new RecordFilter());
        kept.Except(orders).ShouldBeEmpty(because);
        orders.Except(kept).ShouldBeEmpty(because);
        kept.Count.ShouldBe(orders.Count, because);
    }

    private RecordStore Open() => RecordStore.Open(Path.Combine(_home.Path, "records.db"), AccountScenario.Begin);

    private static AccountStatus Status(Timestamp time) => new("test", new VenueId("sim-x-linear"), time, 10_000, [Bot("one"), Bot("two")], [])
    {
        Risk = new RiskStatus(TradingState.Active, default, [], 0, []),
    };

    private static BotStatus Bot(string name) => new()
    {
        Name = name,
        Strategy = "EMA_CROSS",
        Symbol = "AAAUSDT",
        Interval = default,
        State = Harrier.Hosting.Bots.BotState.Scanning,
        Position = 0,
        EntryPrice = 0,
        Equity = 10_000,
        Pnl = 0,
        RoundTrips = 0,
        WorkingOrders = 0,
    };
}
