using Harrier.Storage.Journal;
using Harrier.Tests.Support;

namespace Harrier.Tests.Storage.Journal;

/// <summary>Segments that begin with a state: what is in them, what a crash leaves, what is refused.</summary>
public sealed class StateJournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void NewestSegment_IsWhatWasAppended_AfterTheStateThatItBeganWith()
    {
        Write([1, 2], (7, [3]), (8, []));
        Write([4], (9, [5, 6]));
        StateJournal.SegmentsOf(_folder.Path).Count.ShouldBe(2);
        using StateJournal journal = StateJournal.Open(_folder.Path, "mine", out StateSegment? newest);
        newest!.Number.ShouldBe(2);
        newest.State.ToArray().ShouldBe([4]);
        newest.Records.ShouldHaveSingleItem().Type.ShouldBe((byte)9);
        StateSegment first = StateJournal.Read(StateJournal.SegmentsOf(_folder.Path)[0]);
        first.Records.Select(static one => one.Type).ShouldBe([7, 8]);
        first.HasTornTail.ShouldBeFalse();
    }

    [Fact]
    public void EveryCutOfTheTail_LosesWholeRecordsAlone()
    {
        Write([1], (7, [3, 3, 3]), (8, [4]));
        string segment = StateJournal.SegmentsOf(_folder.Path)[0];
        byte[] whole = File.ReadAllBytes(segment);
        int before = 2;
        for (int length = whole.Length - 1; length > 0; length--)
        {
            File.WriteAllBytes(segment, whole[..length]);
            int records;
            try
            {
                records = StateJournal.Read(segment).Records.Count;
            }
            catch (JournalException)
            {
                // The state itself was cut, which no crash does: it was on the disk before the file had its name.
                break;
            }

            records.ShouldBeLessThanOrEqualTo(before);
            before = records;
        }

        before.ShouldBe(0);
    }

    [Fact]
    public void DamagedByte_IsNamed_AndAnotherOwnerRefused()
    {
        Write([1, 2, 3], (7, [4, 5, 6]), (7, [7]));
        string segment = StateJournal.SegmentsOf(_folder.Path)[0];
        Should.Throw<JournalException>(() => StateJournal.Read(segment, "another")).Message.ShouldContain("the journal is of mine");
        byte[] bytes = File.ReadAllBytes(segment);
        bytes[^30] ^= 1;
        File.WriteAllBytes(segment, bytes);
        Should.Throw<JournalException>(() => StateJournal.Open(_folder.Path, "mine", out _));
    }

    [Fact]
    public void SecondWriter_IsRefused()
    {
        using StateJournal journal = StateJournal.Open(_folder.Path, "mine", out StateSegment? newest);
        newest.ShouldBeNull();
        Should.Throw<IOException>(() => StateJournal.Open(_folder.Path, "mine", out _));
    }

    public void Dispose() => _folder.Dispose();

    private void Write(byte[] state, params (byte Type, byte[] Payload)[] records)
    {
        using StateJournal journal = StateJournal.Open(_folder.Path, "mine", out _);
        journal.Begin(state);
        foreach ((byte type, byte[] payload) in records)
        {
            journal.Append(type, payload);
        }
    }
}
