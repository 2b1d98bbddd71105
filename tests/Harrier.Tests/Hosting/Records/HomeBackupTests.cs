using Harrier.Hosting.Accounts;
using Harrier.Hosting.Records;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;
using Harrier.Tests.Hosting.Accounts;
using Harrier.Tests.Hosting.Changes;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Records;

/// <summary>A copy of a home that is written meanwhile opens as the home does after a crash, and is proven.</summary>
public sealed class HomeBackupTests : IDisposable
{
    private readonly ChangeRig _rig = new();
    private readonly TemporaryFolder _other = new();

    public void Dispose()
    {
        _rig.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void Run_WhileTheAccountIsOpen_GivesAHomeThatGoesOnWhereItWas()
    {
        _rig.Feed(60);
        using RecordStore store = RecordStore.Open(Path.Combine(_rig.Folder, "records.db"), AccountScenario.Begin);
        store.Claim(new AccountRow("test", _rig.Folder, "sim-x-linear", AccountScenario.Begin));
        store.Write("test", new RecordBatch { Events = [new EventRow { Time = AccountScenario.Begin, Kind = "note", Text = "kept" }] });
        string copy = Path.Combine(_other.Path, "copy");

        BackupFacts facts = HomeBackup.Run(_rig.Folder, copy);

        // The home goes on; the copy stays as it was taken.
        byte[] then = _rig.Account.Save();
        _rig.Feed(20);
        facts.HasRecords.ShouldBeTrue();
        Directory.Exists(copy + ".new").ShouldBeFalse();
        Directory.EnumerateFileSystemEntries(copy, "*.tmp", SearchOption.AllDirectories).ShouldBeEmpty();
        using (TradingAccount restored = new AccountHome(copy, AccountHome.StoredPlan(copy, "test", AccountScenario.Reader)!).Open(AccountScenario.Begin).Account)
        {
            restored.Save().ShouldBe(then);
        }

        using RecordStore copied = RecordStore.Open(Path.Combine(copy, "records.db"), AccountScenario.Begin);
        copied.Events(new RecordFilter()).ShouldHaveSingleItem().Text.ShouldBe("kept");
    }

    /// <summary>The rehearsal of a loss: a backup of a home that is written, a fresh folder, and everything as it was.</summary>
    [Fact]
    public void Restore_InAFreshFolder_HasTheSameStateAndRecords_AndIsProven()
    {
        _rig.Feed(60);
        using (RecordStore store = RecordStore.Open(Path.Combine(_rig.Folder, "records.db"), AccountScenario.Begin))
        {
            store.Claim(new AccountRow("test", _rig.Folder, "sim-x-linear", AccountScenario.Begin));
            store.Write("test", new RecordBatch { Events = [new EventRow { Time = AccountScenario.Begin, Kind = "note", Text = "kept" }] });
        }

        byte[] then = _rig.Account.Save();
        (string backup, string home) = (Path.Combine(_other.Path, "backup"), Path.Combine(_other.Path, "home"));
        Directory.CreateDirectory(home);
        HomeBackup.Run(_rig.Folder, backup);

        BackupFacts facts = HomeBackup.Restore(backup, home);

        facts.HasRecords.ShouldBeTrue();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(home).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        AccountHome kept = new(home, AccountHome.StoredPlan(home, "test", AccountScenario.Reader)!);
        using (TradingAccount restored = kept.Open(AccountScenario.Begin).Account)
        {
            restored.Save().ShouldBe(then, "positions, orders, equity: every bit of it");
        }

        using RecordStore records = RecordStore.Open(Path.Combine(home, "records.db"), AccountScenario.Begin);
        records.Claim(new AccountRow("test", home, "sim-x-linear", AccountScenario.Begin));
        records.Events(new RecordFilter()).ShouldHaveSingleItem().Text.ShouldBe("kept");
        Directory.Exists(Path.Combine(backup, "accounts")).ShouldBeTrue("the backup stays");
    }

    [Fact]
    public void Run_LeavesOutWhatBelongsToAProcess_ButNoAccountOfSuchAName()
    {
        string home = Path.Combine(_other.Path, "home");
        foreach (string file in (string[])["accounts/control/plan", "accounts/logs/plan", "accounts/a/replay.tmp/x", "accounts/x-usdm-0123/lock", "logs/harrier-20261129.jsonl", "control", "run.lock", "tokens.json"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(home, file))!);
            File.WriteAllText(Path.Combine(home, file), "x");
        }

        HomeBackup.Run(home, Path.Combine(_other.Path, "copy"));

        Directory.EnumerateFiles(Path.Combine(_other.Path, "copy"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Path.Combine(_other.Path, "copy"), file))
            .ShouldBe(["accounts/control/plan", "accounts/logs/plan", "tokens.json"], ignoreOrder: true);
    }

    [Fact]
    public void Restore_WhereSomethingIs_ChangesNothing()
    {
        HomeBackup.Run(_rig.Folder, Path.Combine(_other.Path, "backup"));
        string home = Path.GetDirectoryName(_other.Write("home/mine", "x"))!;

        Should.Throw<IOException>(() => HomeBackup.Restore(Path.Combine(_other.Path, "backup"), home));

        Directory.EnumerateFileSystemEntries(home).Select(Path.GetFileName).ShouldBe(["mine"]);
    }
}
