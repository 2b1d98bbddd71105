using Harrier.Storage.Journal;
using Harrier.Tests.Support;

namespace Harrier.Tests.Storage.Journal;

/// <summary>A disk that fails: what it holds then is not known, and nothing more is said to be on it.</summary>
public sealed class RecordFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void F39_TheDiskFailsOnce_IsNotAskedAgain_AndNothingMoreIsTaken()
    {
        using RecordFile file = new("the journal");
        using FailingFile disk = new(Path.Combine(_folder.Path, "one"));
        file.Open(disk);
        file.Write(1, "first"u8);
        file.Flush(toDisk: true);
        file.Write(1, "second"u8);

        disk.Fails = true;
        Should.Throw<IOException>(() => file.Flush(toDisk: true)).Message.ShouldBe("Input/output error");
        disk.Fails = false;

        // A second fsync after a failed one says that all is well while the pages are gone (Rebello and others, 2020).
        int asked = disk.Asked;
        Should.Throw<IOException>(() => file.Flush(toDisk: true)).Message.ShouldBe("the journal failed before and takes nothing more");
        Should.Throw<IOException>(() => file.Write(1, "third"u8));
        disk.Asked.ShouldBe(asked);
    }

    private sealed class FailingFile(string path) : FileStream(path, FileMode.CreateNew, FileAccess.Write)
    {
        public bool Fails { get; set; }

        public int Asked { get; private set; }

        public override void Flush(bool flushToDisk)
        {
            Asked += flushToDisk ? 1 : 0;
            if (Fails)
            {
                throw new IOException("Input/output error");
            }

            base.Flush(flushToDisk);
        }
    }
}
