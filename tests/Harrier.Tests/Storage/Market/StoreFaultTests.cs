using System.Diagnostics;
using Harrier.Domain;
using Harrier.Storage.DuckDb;
using Harrier.Storage.Market;
using Harrier.Storage.Market.Files;
using Harrier.Tests.Support;

namespace Harrier.Tests.Storage.Market;

public sealed class StoreFaultTests
{
    private static readonly HistoricalBar[] Month = StoredBars.Bars("2024-01-01T00:00Z", 100);

    [Theory]
    [InlineData("garbage")]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("flipped")]
    public void Read_DamagedFile_IsAFaultThatNamesIt(string damage)
    {
        using StoredBars stored = new();
        stored.Store.Bars.Write(StoredBars.Key, Month, StoredBars.From("test"));
        string path = stored.PathOf("2024-01", "bars.parquet");
        byte[] whole = File.ReadAllBytes(path);
        byte[] damaged = damage switch { "garbage" => [.. Enumerable.Range(0, 500).Select(i => (byte)(i * 7))], "cut" => whole[..(whole.Length / 2)], "empty" => [], _ => [.. whole] };
        if (damage == "flipped")
        {
            damaged.AsSpan(40, 200).Fill(0xA5);
        }

        File.WriteAllBytes(path, damaged);

        StoreException fault = Should.Throw<StoreException>(() => stored.ReadAll());
        fault.Path.ShouldBe(path);
        fault.Message.ShouldNotContain("\n");
        Should.Throw<StoreException>(() => stored.Store.Bars.Write(StoredBars.Key, StoredBars.Bars("2024-01-10T00:00Z", 1), StoredBars.From("test")));
        File.ReadAllBytes(path).ShouldBe(damaged);
    }

    [Theory]
    [InlineData("select 1 as a, 'b' as b")]
    [InlineData("select now() as open_time, 'x' as open, 1.0::double as high, 1.0::double as low, 1.0::double as close, 1.0::double as volume, 1.0::double as quote_volume, 1.0::double as taker_buy_volume, 1.0::double as taker_buy_quote_volume, 1::bigint as trade_count, null::varchar as exact")]
    public void Read_FileOfAnotherSchema_IsAFaultThatNamesItsColumns(string query)
    {
        using StoredBars stored = new();
        stored.Store.Bars.Write(StoredBars.Key, Month, StoredBars.From("test"));
        string path = stored.PathOf("2024-01", "bars.parquet");
        using (DuckDatabase database = DuckDatabase.Open())
        using (DuckConnection connection = database.Connect())
        {
            connection.Execute($"copy ({query}) to '{path}' (format parquet)");
        }

        StoreException fault = Should.Throw<StoreException>(() => stored.ReadAll());
        fault.Fault.ShouldContain("other columns");
        fault.Path.ShouldBe(path);
    }

    [Fact]
    public void Write_KilledBetweenFileAndManifest_IsSeenAndPutRight()
    {
        using StoredBars stored = new();
        stored.Store.Bars.Write(StoredBars.Key, Month[..50], StoredBars.From("test"));
        byte[] manifest = File.ReadAllBytes(stored.PathOf("2024-01", "_manifest.json"));
        byte[] text = File.ReadAllBytes(stored.PathOf("2024-01", "_bars.csv"));
        stored.Store.Bars.Write(StoredBars.Key, Month, StoredBars.From("test"));
        File.WriteAllBytes(stored.PathOf("2024-01", "_manifest.json"), manifest);
        File.WriteAllBytes(stored.PathOf("2024-01", "_bars.csv"), text);
        File.WriteAllText(stored.PathOf("2024-01", ".bars.parquet.tmp"), "left behind");

        stored.Store.Describe(StoredBars.Key).Rows.ShouldBe(100);
        StoreWriteResult again = stored.Store.Bars.Write(StoredBars.Key, Month[50..], StoredBars.From("test"));

        (again.Added, again.Duplicates, again.Files).ShouldBe((0, 50, 1));
        stored.ReadAll().ShouldBe(Month);
        File.ReadLines(stored.PathOf("2024-01", "_bars.csv")).Count().ShouldBe(101);
        File.Exists(stored.PathOf("2024-01", ".bars.parquet.tmp")).ShouldBeFalse();
        stored.Store.Check(StoredBars.Key).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Write_ManifestFailsAfterItsFile_LeavesNoneOfTheFileBefore()
    {
        using StoredBars stored = new();
        stored.Store.Bars.Write(StoredBars.Key, Month[..50], StoredBars.From("test"));
        Directory.CreateDirectory(stored.PathOf("2024-01", "._manifest.json.tmp"));

        Should.Throw<StoreException>(() => stored.Store.Bars.Write(StoredBars.Key, Month, StoredBars.From("test")));

        File.Exists(stored.PathOf("2024-01", "_manifest.json")).ShouldBeFalse();
        stored.Store.Describe(StoredBars.Key).Rows.ShouldBe(100);
    }

    [Fact]
    public void Describe_ManifestThatIsNoJson_IsMadeFromTheRows()
    {
        using StoredBars stored = new();
        stored.Store.Bars.Write(StoredBars.Key, Month, StoredBars.From("test"));
        File.WriteAllText(stored.PathOf("2024-01", "_manifest.json"), "{");

        SeriesDescription found = stored.Store.Describe(StoredBars.Key);

        (found.Rows, found.First, found.Last).ShouldBe((100, Month[0].OpenTime, Month[^1].OpenTime));
    }

    [Fact]
    public void Write_WhileAnotherWrites_NamesTheOther()
    {
        using StoredBars stored = new();
        stored.Store.Bars.Write(StoredBars.Key, Month, StoredBars.From("test"));
        string folder = Path.GetDirectoryName(Path.GetDirectoryName(stored.PathOf("2024-01", "bars.parquet")))!;
        using SeriesLock other = SeriesLock.Take(folder);

        StoreException fault = Should.Throw<StoreException>(() => stored.Store.Bars.Write(StoredBars.Key, Month, StoredBars.From("test")));

        fault.Fault.ShouldContain($"process {Environment.ProcessId}");
        stored.ReadAll().ShouldBe(Month);
    }

    [Fact]
    public void Write_FileWhereAFolderShouldBe_IsOneLineAndChangesNothing()
    {
        using StoredBars stored = new();
        stored.Store.Bars.Write(StoredBars.Key, Month, StoredBars.From("test"));
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(stored.PathOf("2024-01", "bars.parquet")))!, "month=2024-02"), "in the way");

        StoreException fault = Should.Throw<StoreException>(() => stored.Store.Bars.Write(StoredBars.Key, StoredBars.Bars("2024-02-01T00:00Z", 5), StoredBars.From("test")));

        fault.Message.ShouldContain("cannot be written");
        fault.Message.ShouldNotContain("\n");
        stored.ReadAll().ShouldBe(Month);
    }

    [Fact]
    public void Write_DiskFull_IsOneLineAndChangesNothing()
    {
        using TemporaryFolder folder = new();
        if (Run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder.Path) != 0)
        {
            Assert.Skip("a file system of 256 KiB cannot be mounted by this user");
        }

        try
        {
            using MarketStore store = MarketStore.Open(folder.Path);
            store.Bars.Write(StoredBars.Key, Month, StoredBars.From("test"));
            HistoricalBar[] many = [.. Enumerable.Range(0, 5000).Select(i => StoredBars.Bar(StoredBars.At("2024-02-01T00:00Z") + TimeSpan.FromSeconds(i), 100m + (i * 7919 % 997)))];

            StoreException fault = Should.Throw<StoreException>(() => store.Bars.Write(StoredBars.Key, many, StoredBars.From("test")));

            fault.Fault.ShouldBe("the disk is full");
            fault.Message.ShouldNotContain("\n");
            store.Bars.Read(StoredBars.Key, TimeRange.Always).Take(100).ShouldBe(Month);
            Directory.GetFiles(folder.Path, "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
        }
        finally
        {
            Run("umount", folder.Path).ShouldBe(0);
        }
    }

    [Fact]
    public void Open_ManyDatabasesAtOnce_WorkAndLeaveNothing()
    {
        using StoredBars stored = new();
        stored.Store.Bars.Write(StoredBars.Key, Month, StoredBars.From("test"));
        Parallel.For(0, 16, _ =>
        {
            using MarketStore other = MarketStore.Open(stored.Root, new StoreOptions { Threads = 1, MemoryMiB = 64 });
            other.Bars.ReadBlocks(StoredBars.Key, TimeRange.Always).Sum(block => block.Count).ShouldBe(100);
        });
    }

    [Fact]
    public void Read_EndedEarly_GivesEverythingBack()
    {
        using StoredBars stored = new();
        stored.Store.Bars.Write(StoredBars.Key, StoredBars.Bars("2024-01-01T00:00Z", 700), StoredBars.From("test"));
        for (int i = 0; i < 200; i++)
        {
            stored.Store.Bars.Read(StoredBars.Key, TimeRange.Always).First().ShouldBe(Month[0]);
        }
    }

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }
}
