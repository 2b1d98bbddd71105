using Harrier.Domain;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;

namespace Harrier.Tests.Storage.Records;

/// <summary>What every database must do alike.</summary>
public abstract partial class RecordStoreTests
{
    private static readonly Timestamp Noon = Timestamp.From(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    protected static readonly AccountRow Account = new("alpha", "/home/a", "sim-x", Noon);

    /// <summary>Address of an empty database.</summary>
    protected abstract string Address { get; }

    [Fact]
    public void Trades_ComeBackToTheLastDigit()
    {
        using RecordStore store = Open();
        TradeRow smallest = Trade(1) with { EntryPrice = 1.10m, ExitPrice = 0.0000000000000000000000000001m, Pnl = -79228162514264337593543950335m, InitialRisk = null };
        TradeRow planned = Trade(2) with { Pnl = 0m, Setup = "retest", Confluence = "level+delta", InitialRisk = 12.500m };
        store.Write("alpha", new RecordBatch { Trades = [smallest, planned] });
        store.Trades(new RecordFilter()).ShouldBe([smallest with { Account = "alpha" }, planned with { Account = "alpha" }]);
        store.Trades(new RecordFilter())[0].EntryPrice.Scale.ShouldBe((byte)2);
    }

    [Fact]
    public void WhatIsWrittenTwice_IsThereOnce()
    {
        using RecordStore store = Open();
        RecordBatch batch = new() { Trades = [Trade(1)], Fills = [Fill("7")], Equity = [Worth(0)] };
        store.Write("alpha", batch);
        store.Write("alpha", batch with { Trades = [Trade(1) with { Pnl = 99m }] });
        store.Trades(new RecordFilter()).ShouldHaveSingleItem().Pnl.ShouldBe(Trade(1).Pnl, "what is there stays as it is");
        store.Fills(new RecordFilter()).ShouldHaveSingleItem().ShouldBe(Fill("7") with { Account = "alpha" });
        store.Equity(new RecordFilter()).ShouldHaveSingleItem().ShouldBe(Worth(0) with { Account = "alpha" });
    }

    [Fact]
    public void AnotherAccountOfTheSameName_HasRowsOfItsOwn()
    {
        using RecordStore store = Open();
        store.Write("alpha", new RecordBatch { Trades = [Trade(1)] });
        store.Claim(Account with { OpenedAt = Noon + TimeSpan.FromDays(1) });
        store.Write("alpha", new RecordBatch { Trades = [Trade(1) with { Pnl = 5m }] });
        store.Trades(new RecordFilter { Account = "alpha" }).Select(static row => row.Pnl).ShouldBe([Trade(1).Pnl, 5m]);
    }

    [Fact]
    public void AccountOfAnotherHome_IsRefusedByName()
    {
        using RecordStore store = Open();
        Should.Throw<RecordStoreException>(() => store.Claim(Account with { Home = "/home/b" }))
            .Fault.ShouldBe("account alpha belongs to the home /home/a; give one of the two another name");
    }

    [Fact]
    public void Batch_ThatFailsAtItsLastRow_LeavesNothing()
    {
        using RecordStore store = Open();
        Should.Throw<RecordStoreException>(() => store.Write("alpha", new RecordBatch { Trades = [Trade(1)], Events = [new EventRow { Time = Noon, Kind = null!, Text = "x" }] }));
        store.Trades(new RecordFilter()).ShouldBeEmpty();
        store.Write("alpha", new RecordBatch { Trades = [Trade(1)] });
        store.Trades(new RecordFilter()).Count.ShouldBe(1, "the store goes on");
    }

    [Fact]
    public void CompleteTo_IsRemembered_AndNeverGoesBack()
    {
        string address = Address;
        using (RecordStore store = RecordStore.Open(address, Noon))
        {
            store.Claim(Account).ShouldBe(new RecordMarks(0, 0));
            store.Write("alpha", new RecordBatch { CompleteTo = 4 });
            store.Write("alpha", new RecordBatch { CompleteTo = 3 });
        }

        using RecordStore again = RecordStore.Open(address, Noon);
        again.Claim(Account).ShouldBe(new RecordMarks(4, 4));
    }

    [Fact]
    public void Order_IsWhatItsStepsAndFillsSay_HoweverOftenTheyAreWritten()
    {
        using RecordStore store = Open();
        RecordBatch sent = new() { Orders = [Sent("x-1")], OrderSteps = [new OrderStep("x-1", Noon + Second) { Status = OrderStatus.Accepted, VenueId = "77" }] };
        RecordBatch first = new() { Fills = [Fill("1") with { Price = 100.10m, Quantity = 0.01m, Time = Noon + (2 * Second) }] };
        RecordBatch second = new() { Fills = [Fill("2") with { Price = 100.40m, Quantity = 0.02m, Time = Noon + (3 * Second) }] };
        RecordBatch ended = new() { OrderSteps = [new OrderStep("x-1", Noon + (4 * Second)) { Status = OrderStatus.Canceled }] };
        OrderRow accepted = Sent("x-1") with { Account = "alpha", Status = OrderStatus.Accepted, VenueId = "77", ChangedAt = Noon + Second };
        store.Write("alpha", sent);
        Only(store).ShouldBe(accepted);
        store.Write("alpha", first);
        Only(store).ShouldBe(accepted with { Status = OrderStatus.PartlyFilled, Filled = 0.01m, AveragePrice = 100.10m, ChangedAt = Noon + (2 * Second) });
        store.Write("alpha", second);
        store.Write("alpha", ended);

        // (1 x 100.10 + 2 x 100.40) / 3
        OrderRow end = accepted with { Status = OrderStatus.Canceled, Filled = 0.03m, AveragePrice = 100.30m, ChangedAt = Noon + (4 * Second) };
        Only(store).ShouldBe(end);
        foreach (RecordBatch again in (RecordBatch[])[ended, first, sent, second, RecordBatch.Join([sent, first, second])])
        {
            store.Write("alpha", again);
            Only(store).ShouldBe(end, "what is older changes nothing");
        }
    }

    [Fact]
    public void Order_WhoseLastFillIsToldAfterItsEnd_IsFilled()
    {
        using RecordStore store = Open();
        store.Write("alpha", new RecordBatch { Orders = [Sent("x-1") with { Quantity = 0.02m }], Fills = [Fill("1")] });
        store.Write("alpha", new RecordBatch { OrderSteps = [new OrderStep("x-1", Noon + Second) { Status = OrderStatus.Expired }] });
        Only(store).Status.ShouldBe(OrderStatus.Expired);
        store.Write("alpha", new RecordBatch { Fills = [Fill("2")] });
        (Only(store).Status, Only(store).Filled).ShouldBe((OrderStatus.Filled, 0.020m));
    }

    [Fact]
    public void Order_AcceptedAfterItsFirstFill_StaysPartlyFilled_AndADoubtMayEndWell()
    {
        using RecordStore store = Open();
        store.Write("alpha", new RecordBatch { Orders = [Sent("x-1"), Sent("x-2")], Fills = [Fill("1")] });
        store.Write("alpha", new RecordBatch
        {
            OrderSteps =
            [
                new OrderStep("x-1", Noon + Second) { Status = OrderStatus.Accepted },
                new OrderStep("x-2", Noon + Second) { Status = OrderStatus.Unknown },
                new OrderStep("x-2", Noon + (2 * Second)) { Status = OrderStatus.Rejected, Reason = "proven_absent" },
                new OrderStep("x-3", Noon + Second) { Status = OrderStatus.Accepted },
            ],
        });
        store.Orders(new RecordFilter()).Select(static row => (row.Id, row.Status, row.Reason))
            .ShouldBe([("x-1", OrderStatus.PartlyFilled, null), ("x-2", OrderStatus.Rejected, "proven_absent")], "what is told of an order that is not there is no row");
    }

    [Fact]
    public void DatabaseOfAProgramThatKeptNoOrders_GetsThem_AndKnowsThatTheyAreMissing()
    {
        string address = Address;
        using (RecordStore store = RecordStore.Open(address, Noon))
        {
            store.Claim(Account);
            store.Write("alpha", new RecordBatch { Fills = [Fill("1")], CompleteTo = 3 });
        }

        Execute(address, "DROP TABLE orders");
        Execute(address, "DROP INDEX fills_by_order");
        Execute(address, "ALTER TABLE accounts DROP COLUMN orders_complete_to");
        Array.ForEach(["decisions", "portfolio_bots", "portfolio_pairs"], table => Execute(address, $"DROP TABLE {table}"));
        Execute(address, "DELETE FROM schema_version WHERE version >= 2");
        using RecordStore next = RecordStore.Open(address, Noon);
        next.Claim(Account).ShouldBe(new RecordMarks(3, 0));
        next.Write("alpha", new RecordBatch { Orders = [Sent("x-1") with { Quantity = 0.01m }] });
        (Only(next).Status, Only(next).Filled).ShouldBe((OrderStatus.Filled, 0.010m), "its fill is known since long ago");
    }

    [Fact]
    public void Filters_ChooseRows()
    {
        using RecordStore store = Open();
        store.Write("alpha", new RecordBatch
        {
            Trades = [Trade(1), Trade(2) with { Bot = "other" }, Trade(3) with { Symbol = "ETHUSDT" }, Trade(4)],
            Events = [new EventRow { Time = Noon, Bot = "trend", Kind = "state", Text = "began" }, new EventRow { Time = Noon + TimeSpan.FromHours(1), Kind = "note", Text = "late" }],
        });
        Numbers(store, new RecordFilter { Bot = "trend" }).ShouldBe([1, 3, 4]);
        Numbers(store, new RecordFilter { Symbol = "BTCUSDT" }).ShouldBe([1, 2, 4]);
        Numbers(store, new RecordFilter { From = Trade(2).ExitTime, To = Trade(4).ExitTime }).ShouldBe([2, 3], "from is in, to is out");
        Numbers(store, new RecordFilter { Newest = 2 }).ShouldBe([3, 4]);
        Numbers(store, new RecordFilter { Account = "beta" }).ShouldBeEmpty();
        store.Events(new RecordFilter { From = Noon + TimeSpan.FromMinutes(1) }).ShouldHaveSingleItem().Text.ShouldBe("late");
    }

    [Fact]
    public void Archive_KeepsTheNewestInView_AndDeletesNothing()
    {
        using RecordStore store = Open();
        store.Write("alpha", new RecordBatch { Trades = [.. Enumerable.Range(1, 105).Select(static number => Trade(number))] });
        store.Archive(100, Noon).ShouldBe(5);
        store.Archive(100, Noon).ShouldBe(0);
        Numbers(store, new RecordFilter()).ShouldBe(Enumerable.Range(6, 100).Select(static number => (long)number));
        Numbers(store, new RecordFilter { WithArchived = true }).Count.ShouldBe(105);
    }

    [Fact]
    public void F41_ManyProcesses_OpeningAnEmptyDatabaseAtOnce_AllFindItsTables()
    {
        string address = Address;
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using RecordStore store = RecordStore.Open(address, Noon);
            store.Accounts().ShouldBeEmpty();
        });
    }

    [Fact]
    public void Readers_SeeWhatIsCommitted_WhileAnotherWrites()
    {
        string address = Address;
        using RecordStore writer = RecordStore.Open(address, Noon);
        writer.Claim(Account);
        using RecordStore reader = RecordStore.Open(address, Noon);
        for (int i = 1; i <= 20; i++)
        {
            writer.Write("alpha", new RecordBatch { Trades = [Trade(i)] });
            Numbers(reader, new RecordFilter()).Count.ShouldBe(i);
        }
    }

    [Fact]
    public void DatabaseOfANewerProgram_IsRefused_AndNotTouched()
    {
        string address = Address;
        RecordStore.Open(address, Noon).Dispose();
        Execute(address, "INSERT INTO schema_version (version, at) SELECT 99, max(at) FROM schema_version");
        Should.Throw<RecordStoreException>(() => RecordStore.Open(address, Noon)).Fault.ShouldStartWith("was written by a newer version of this program (form 99)");
    }

    /// <summary>Runs a statement as another program would.</summary>
    protected abstract void Execute(string address, string sql);

    /// <summary>A store with one account.</summary>
    protected RecordStore Open()
    {
        RecordStore store = RecordStore.Open(Address, Noon);
        store.Claim(Account);
        return store;
    }

    /// <summary>A trade, ended as many minutes after noon as its number says.</summary>
    protected static TradeRow Trade(long number) => new()
    {
        Number = number,
        Bot = "trend",
        Symbol = "BTCUSDT",
        Side = "long",
        EntryTime = Noon,
        ExitTime = Noon + TimeSpan.FromMinutes(number),
        EntryPrice = 50_000.10m,
        ExitPrice = 50_100m,
        Quantity = 0.010m,
        Fees = 1.001m,
        Funding = -0.5m,
        Pnl = -0.502m,
        InitialRisk = 10m,
        ExitReason = "stop_loss",
    };

    private static FillRow Fill(string trade) => new()
    {
        Symbol = "BTCUSDT",
        TradeId = trade,
        OrderId = "x-1",
        Bot = "trend",
        Time = Noon,
        Side = "buy",
        Price = 50_000.10m,
        Quantity = 0.010m,
        Fee = 0.5m,
        Purpose = "signal",
    };

    private static TimeSpan Second { get; } = TimeSpan.FromSeconds(1);

    private static OrderRow Sent(string id) => new()
    {
        Id = id,
        Bot = "trend",
        Symbol = "BTCUSDT",
        Time = Noon,
        Side = "buy",
        Type = "stop_limit",
        Quantity = 0.05m,
        LimitPrice = 100.5m,
        TriggerPrice = 100.25m,
        ReduceOnly = true,
        Purpose = "signal",
        Status = OrderStatus.Sent,
        ChangedAt = Noon,
    };

    private static OrderRow Only(RecordStore store) => store.Orders(new RecordFilter()).ShouldHaveSingleItem();

    private static EquityRow Worth(int minute) => new() { Bot = "trend", Time = Noon + TimeSpan.FromMinutes(minute), Equity = 10_000.25m, Pnl = 0.25m, Position = -0.010m };

    private static List<long> Numbers(RecordStore store, RecordFilter filter) => [.. store.Trades(filter).Select(static row => row.Number)];
}
