using Harrier.Domain;
using Harrier.Storage.Ticks;
using Harrier.Tests.Support;

namespace Harrier.Tests.Storage.Ticks;

/// <summary>Files only grow, each day has its own, and a disk that refuses costs nothing but time.</summary>
public sealed class TickBackupTests : IDisposable
{
    private const string Header = "time,symbol,price,volume,high,low,open,price_change,price_change_pct,trades,receive_time\n";

    private static readonly Timestamp Start = Timestamp.From(new DateTimeOffset(2026, 11, 29, 23, 59, 58, TimeSpan.Zero));

    private readonly TemporaryFolder _temporary = new();
    private readonly List<string> _warnings = [];

    private string Folder => Path.Combine(_temporary.Path, "backup");

    private string[] Files => [.. Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void Write_TicksOfTwoSymbolsOverMidnight_GivesAFilePerSymbolAndDay()
    {
        TickBackup backup = Backup();
        backup.Add(Tick("ABCUSDT", 1));
        backup.Add(Tick("XYZUSDT", 1, trades: null));
        backup.Add(Tick("ABCUSDT", 2));
        backup.Write("{\"total_messages\":3}").ShouldBeTrue();

        Files.ShouldBe(["ABCUSDT_ticks_2026-11-29.csv", "ABCUSDT_ticks_2026-11-30.csv", "XYZUSDT_ticks_2026-11-29.csv", "stats_20261129T235958Z.json"]);
        Read(0).ShouldBe(Header + "2026-11-29T23:59:59Z,ABCUSDT,100.5,12.25,110,90,100,0.5,0.5,77,2026-11-29T23:59:59.001Z\n");
        Read(1).ShouldBe(Header + "2026-11-30T00:00:00Z,ABCUSDT,100.5,12.25,110,90,100,0.5,0.5,77,2026-11-30T00:00:00.001Z\n");
        Read(2).ShouldBe(Header + "2026-11-29T23:59:59Z,XYZUSDT,100.5,12.25,110,90,100,0.5,0.5,,2026-11-29T23:59:59.001Z\n");
        Read(3).ShouldBe("{\"total_messages\":3}");
        backup.Written.ShouldBe(3);
    }

    [Fact]
    public void Write_AgainAndAfterARestart_GoesOnWithoutASecondHeader()
    {
        TickBackup backup = Backup();
        backup.Add(Tick("ABCUSDT", 0));
        backup.Write(null).ShouldBeTrue();
        backup.Add(Tick("ABCUSDT", 1));
        backup.Write(null).ShouldBeTrue();
        TickBackup restarted = Backup();
        restarted.Add(Tick("ABCUSDT", 1));
        restarted.Write(null).ShouldBeTrue();

        string[] lines = Read(0).TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(4);
        lines.Count(line => line + "\n" == Header).ShouldBe(1);
        lines[2].ShouldBe(lines[3]);
    }

    [Theory]
    [InlineData("time,sym", Header)]
    [InlineData(Header + "2026-11-29T23:59:58Z,ABCUSDT,1", Header)]
    [InlineData(Header + "whole\nha", Header + "whole\n")]
    [InlineData("", Header)]
    public void Write_AfterACrashLeftHalfALine_CutsItOff(string left, string kept)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "ABCUSDT_ticks_2026-11-29.csv"), left);
        TickBackup backup = Backup();
        backup.Add(Tick("ABCUSDT", 1));
        backup.Write(null).ShouldBeTrue();

        Read(0).ShouldBe(kept + "2026-11-29T23:59:59Z,ABCUSDT,100.5,12.25,110,90,100,0.5,0.5,77,2026-11-29T23:59:59.001Z\n");
    }

    [Fact]
    public void Write_FileOfThatNameIsAnother_LeavesItAlone()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "ABCUSDT_ticks_2026-11-29.csv"), "someone's own");
        TickBackup backup = Backup();
        backup.Add(Tick("ABCUSDT", 1));
        backup.Write(null).ShouldBeTrue();

        Files.ShouldBe(["ABCUSDT_ticks_2026-11-29-1.csv", "ABCUSDT_ticks_2026-11-29.csv"]);
        Read(1).ShouldBe("someone's own");
    }

    [Fact]
    public void Write_DiskRefuses_WarnsOnceAndWritesAllLater()
    {
        File.WriteAllText(Folder, "a file where the folder should be");
        TickBackup backup = Backup();
        backup.Add(Tick("ABCUSDT", 0));
        backup.Write("{}").ShouldBeFalse();
        backup.Add(Tick("ABCUSDT", 1));
        backup.Write("{}").ShouldBeFalse();
        _warnings.ShouldHaveSingleItem().ShouldContain("cannot be written");

        File.Delete(Folder);
        backup.Write("{}").ShouldBeTrue();

        _warnings.Count.ShouldBe(2);
        _warnings[1].ShouldBe($"the backup in {Folder} can be written again");
        Read(0).Split('\n').Length.ShouldBe(4);
        Read(0).IndexOf("23:59:58Z", StringComparison.Ordinal).ShouldBeLessThan(Read(0).IndexOf("23:59:59Z", StringComparison.Ordinal));
    }

    [Fact]
    public void Add_MoreThanMayWait_LosesTheOldestAndCountsThem()
    {
        TickBackup backup = Backup();
        StreamTick tick = Tick("ABCUSDT", 0);
        for (int i = 0; i < TickBackup.MostWaiting + 5; i++)
        {
            backup.Add(tick);
        }

        backup.Lost.ShouldBe(5);
    }

    private static StreamTick Tick(string symbol, int second, long? trades = 77) => new()
    {
        Symbol = symbol,
        Time = Start + TimeSpan.FromSeconds(second),
        ReceivedTime = Start + TimeSpan.FromSeconds(second) + TimeSpan.FromMilliseconds(1),
        Price = 100.50m,
        Volume = 12.250m,
        High = 110m,
        Low = 90.00m,
        Open = 100m,
        PriceChangePercent = 0.500m,
        Trades = trades,
    };

    private TickBackup Backup() => new(Folder, Start, _warnings.Add);

    private string Read(int file) => File.ReadAllText(Path.Combine(Folder, Files[file]));
}
