using Dapper;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Harrier.Tests.Support;
using Npgsql;

namespace Harrier.Tests.Storage.Records;

/// <summary>Records in a real PostgreSQL.</summary>
/// <param name="server">The server.</param>
public sealed class PostgresRecordStoreTests(PostgresServer server) : RecordStoreTests
{
    protected override string Address => field ??= server.NewDatabase();

    [Fact]
    public void F41_SecondProcess_OnOneAccount_IsRefused_UntilTheFirstEnds()
    {
        AccountRow account = new("alpha", "/home/a", "sim-x", default);
        RecordStore first = RecordStore.Open(Address, default);
        first.Claim(account);
        using RecordStore second = RecordStore.Open(Address, default);
        Should.Throw<RecordStoreException>(() => second.Claim(account)).Fault.ShouldBe("another process writes the records of account alpha; one at a time");
        second.Claim(account with { Name = "beta" });
        first.Dispose();
        second.Claim(account);
    }

    [Fact]
    public void F42_BrokenConnection_IsOpenedAnew_AndClaimsAgain()
    {
        using RecordStore store = Open();
        Execute(Address, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        Should.Throw<RecordStoreException>(() => store.Write("alpha", new RecordBatch { Trades = [Trade(1)] }));
        store.Write("alpha", new RecordBatch { Trades = [Trade(1)] });
        store.Trades(new RecordFilter()).Count.ShouldBe(1);
        using RecordStore second = RecordStore.Open(Address, default);
        Should.Throw<RecordStoreException>(() => second.Claim(new AccountRow("alpha", "/home/a", "sim-x", default)), "the claim came back with the connection");
    }

    [Theory]
    [InlineData("postgres://harrier:hunter2@localhost:1/records", "postgres://localhost:1/records")]
    [InlineData("Host=127.0.0.1;Port=1;Database=records;Username=harrier;Password=hunter2", "postgres://127.0.0.1:1/records")]
    public void ServerThatIsNotThere_IsSaidWithoutThePassword(string address, string name)
    {
        string message = Should.Throw<RecordStoreException>(() => RecordStore.Open(address, default)).Message;
        message.ShouldStartWith($"records: {name}: cannot be reached: ");
        message.ShouldNotContain("hunter2");
    }

    [Fact]
    public void UnreadableConnectionString_IsRefused_WithoutRepeatingIt() =>
        Should.Throw<RecordStoreException>(() => RecordStore.Open("Host=x;Pasword=hunter2", default)).Message.ShouldNotContain("hunter2");

    protected override void Execute(string address, string sql)
    {
        using NpgsqlConnection connection = new(address);
        connection.Execute(sql);
    }
}
