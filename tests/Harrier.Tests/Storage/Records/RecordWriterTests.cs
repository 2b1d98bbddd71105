using Dapper;
using Harrier.Domain;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Harrier.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Harrier.Tests.Storage.Records;

/// <summary>Who adds records never waits, and nothing that was left out passes for complete.</summary>
public sealed class RecordWriterTests : IDisposable
{
    private static readonly AccountRow Account = new("alpha", "/home/a", "sim-x", default);

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];
    private readonly RecordStore _store;

    public RecordWriterTests()
    {
        _store = RecordStore.Open(Path.Combine(_folder.Path, "records.db"), default);
        _store.Claim(Account);
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task RunAsync_WritesAllThatWasAdded_AndEnds()
    {
        RecordWriter writer = new(_store, new ImmediateTime(), _warnings.Add);
        for (int i = 0; i < 1200; i++)
        {
            writer.Add("alpha", Note(i));
        }

        writer.Add("alpha", new RecordBatch { CompleteTo = 2 });
        writer.Complete();
        await writer.RunAsync(TestContext.Current.CancellationToken);
        _store.Events(new RecordFilter()).Select(static row => row.Text).ShouldBe(Enumerable.Range(0, 1200).Select(static i => $"{i}"));
        _store.Claim(Account).CompleteTo.ShouldBe(2);
        _warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task F42_RunAsync_DatabaseFails_WaitsForIt_AndSaysSoOnce()
    {
        Execute("ALTER TABLE events RENAME TO away");
        RecordWriter writer = new(_store, new ImmediateTime(), line =>
        {
            _warnings.Add(line);
            if (_warnings.Count == 1)
            {
                Execute("ALTER TABLE away RENAME TO events");
            }
        });
        writer.Add("alpha", Note(1));
        writer.Complete();
        await writer.RunAsync(TestContext.Current.CancellationToken);
        _store.Events(new RecordFilter()).ShouldHaveSingleItem();
        _warnings.Count.ShouldBe(2);
        _warnings[0].ShouldEndWith("trading goes on, the records wait");
        _warnings[1].ShouldEndWith("writing again");
    }

    [Fact]
    public async Task RunAsync_GivenUp_SaysThatSomethingIsMissing()
    {
        Execute("ALTER TABLE events RENAME TO away");
        using CancellationTokenSource giveUp = new();
        RecordWriter writer = new(_store, new ImmediateTime(), line =>
        {
            _warnings.Add(line);
            giveUp.Cancel();
        });
        writer.Add("alpha", Note(1));
        writer.Complete();
        await writer.RunAsync(giveUp.Token);
        _warnings[^1].ShouldEndWith("not all is written; the next start fills it in from the journals");
    }

    [Fact]
    public async Task Add_BeyondTheBound_LeavesOut_AndNoMarkPassesIt()
    {
        RecordWriter writer = new(_store, new ImmediateTime(), _warnings.Add, capacity: 3);
        writer.Add("alpha", Note(1));
        writer.Add("alpha", new RecordBatch { CompleteTo = 5 });
        writer.Add("alpha", Note(2));
        writer.Add("alpha", Note(3));
        writer.Add("alpha", new RecordBatch { CompleteTo = 6 });
        writer.LeftOut.ShouldBe(1);
        writer.Waiting.ShouldBe(3);
        writer.Complete();
        await writer.RunAsync(TestContext.Current.CancellationToken);
        _store.Claim(Account).CompleteTo.ShouldBe(5, "what is before the hole is complete, what is after it is not");
        _warnings.ShouldHaveSingleItem().ShouldContain("more waits than can be kept");
    }

    private static RecordBatch Note(int number) => new() { Events = [new EventRow { Time = new Timestamp(number * 1000L), Kind = "note", Text = $"{number}" }] };

    private void Execute(string sql)
    {
        using SqliteConnection connection = new($"Data Source={_store.Name};Pooling=false");
        connection.Execute(sql);
    }
}
