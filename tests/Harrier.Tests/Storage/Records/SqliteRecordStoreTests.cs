using Dapper;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Harrier.Tests.Support;
using Microsoft.Data.Sqlite;

namespace Harrier.Tests.Storage.Records;

/// <summary>Records in a file of SQLite.</summary>
public sealed class SqliteRecordStoreTests : RecordStoreTests, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override string Address => Path.Combine(_folder.Path, "records.db");

    [Fact]
    public void FileThatIsNoDatabase_IsRefused_AndStays()
    {
        string path = _folder.Write("records.db", "this is a letter to a friend, and by no means a database");
        Should.Throw<RecordStoreException>(() => RecordStore.Open(path, default)).Message.ShouldBe(
            $"records: {path}: is no SQLite database; move it away, a new one is made and filled from the journals");
        File.ReadAllText(path).ShouldStartWith("this is a letter");
    }

    [Fact]
    public void FolderThatIsNotThere_IsSaid() =>
        Should.Throw<RecordStoreException>(() => RecordStore.Open(Path.Combine(_folder.Path, "no", "records.db"), default)).Message.ShouldContain("unable to open database file");

    [Fact]
    public void File_IsReadByOthersWhileOpen_AndHasAWriteAheadLog()
    {
        using RecordStore store = Open();
        store.Write("alpha", new RecordBatch { Trades = [Trade(1)] });
        File.Exists(Address + "-wal").ShouldBeTrue();
        using SqliteConnection other = new($"Data Source={Address};Pooling=false");
        other.QuerySingle<string>("SELECT entry_price FROM trades").ShouldBe("50000.10");
    }

    [Fact]
    public void File_InAHomeThatWasMoved_GoesWithIt_AndOneElsewhereDoesNot()
    {
        string path = _folder.Write("home/records.db", "");
        string moved = Path.Combine(_folder.Path, "moved");
        AccountRow account = Account with { Home = Path.GetDirectoryName(path)! };
        using (RecordStore store = RecordStore.Open(path, default))
        {
            store.Claim(account);
            store.Write("alpha", new RecordBatch { Trades = [Trade(1)] });
        }

        Directory.Move(account.Home, moved);
        using RecordStore restored = RecordStore.Open(Path.Combine(moved, "records.db"), default);
        restored.Claim(account with { Home = moved });
        restored.Write("alpha", new RecordBatch { Trades = [Trade(2)] });
        restored.Trades(new RecordFilter { Account = "alpha" }).Count.ShouldBe(2);
        Should.Throw<RecordStoreException>(() => restored.Claim(account with { Home = "/home/b" })).Fault.ShouldBe($"account alpha belongs to the home {moved}; give one of the two another name");
    }

    public void Dispose() => _folder.Dispose();

    protected override void Execute(string address, string sql)
    {
        using SqliteConnection connection = new($"Data Source={address};Pooling=false");
        connection.Execute(sql);
    }
}
