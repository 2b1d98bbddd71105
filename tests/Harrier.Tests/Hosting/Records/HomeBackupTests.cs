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
}
