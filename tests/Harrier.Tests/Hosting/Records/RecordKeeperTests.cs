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

namespace Harrier.Tests.Hosting.Records;

/// <summary>Whatever crashes, and whenever the database is away: in the end the records are those of an undisturbed run.</summary>
public sealed class RecordKeeperTests : IDisposable
{
    private const int Pairs = 120;

    private readonly TemporaryFolder _home = new();
    private readonly AccountPlan _plan = AccountScenario.Plan();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData(1, "every write reaches the database")]
    [InlineData(2, "every second session's records are lost with the process")]
    [InlineData(1000, "no record is written before the last start")]
    public async Task Records_AfterManyCrashes_AreThoseOfAnUndisturbedRun(int written, string because)
    {
        IReadOnlyList<Action<TradingAccount>> inputs = AccountScenario.Inputs(Pairs);
        int start = 0;
        for (int from = 0; from < inputs.Count; from += 37)
        {
            await LiveAsync([.. inputs.Skip(from).Take(37)], isWritten: ++start % written == 0);
        }

        await LiveAsync([], isWritten: true);
        (List<FillRow> fills, List<TradeRow> trades) = Undisturbed(inputs);
        fills.Count.ShouldBeGreaterThan(20);
        using RecordStore store = Open();
        store.Fills(new RecordFilter()).ToHashSet().SetEquals(fills).ShouldBeTrue(because);
        store.Trades(new RecordFilter()).OrderBy(static row => row.Number).SequenceEqual(trades).ShouldBeTrue(because);
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
        using TradingAccount account = home.Open(AccountScenario.Begin).Account;
        using RecordStore store = Open();
        RecordWriter writer = new(store, new ImmediateTime(), Assert.Fail);
        RecordKeeper keeper = RecordKeeper.Claim(store, writer, _plan, (_home.Path, home.Sessions.OpenedAt(AccountScenario.Begin)));
        keeper.Attach(account, home.Sessions, Path.Combine(_home.Path, "records.tmp"), AccountScenario.Reader);
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

    private (List<FillRow> Fills, List<TradeRow> Trades) Undisturbed(IReadOnlyList<Action<TradingAccount>> inputs)
    {
        using TemporaryFolder other = new();
        using TradingAccount account = new AccountHome(other.Path, _plan).Open(AccountScenario.Begin).Account;
        List<FillRow> fills = [];
        void Note(Order? order, in ExecutionReport report) => fills.Add(RecordRows.Of(_plan, order, in report) with { Account = "test" });
        account.Filled = Note;
        foreach (Action<TradingAccount> input in inputs)
        {
            input(account);
        }

        return (fills, [.. account.Engine.Portfolio.RoundTrips.Select(trip => RecordRows.Of(_plan, trip) with { Account = "test" })]);
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
