using System.Buffers;
using System.Globalization;
using Harrier.Domain;
using Harrier.Storage.Market.Files;

namespace Harrier.Storage.Journal;

/// <summary>A record of a <see cref="StateJournal"/>.</summary>
/// <param name="Type">What it is, 1 to 199, by whoever wrote it.</param>
/// <param name="Payload">Its bytes.</param>
public readonly record struct StateRecord(byte Type, ReadOnlyMemory<byte> Payload);

/// <summary>A segment of a <see cref="StateJournal"/>: the state that it began with, and what came after.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="State">The state.</param>
/// <param name="Records">What came after, in order.</param>
/// <param name="HasTornTail">True when a crash cut off the last record.</param>
public sealed record StateSegment(int Number, ReadOnlyMemory<byte> State, IReadOnlyList<StateRecord> Records, bool HasTornTail);

/// <summary>
/// A journal in segments that stand alone: each begins with a saved state, so that a start reads the newest one and no more, and each can be proved by itself. A segment
/// is there with its state on disk or not at all. One process at a time writes.
/// </summary>
public sealed class StateJournal : IDisposable
{
    private const int Magic = 0x4C4A5348;
    private const int SchemaVersion = 1;
    private const byte HeaderType = 200;
    private const byte StateType = 201;
    private const string Ending = ".inputs";

    private readonly string _folder;
    private readonly string _owner;
    private readonly RecordFile _file;
    private readonly FileStream _lock;
    private int _number;

    private StateJournal(string folder, string owner)
    {
        (_folder, _owner) = (folder, owner);
        _file = new RecordFile($"the journal in {folder}");
        _lock = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>Bytes in the segment that is written.</summary>
    public long Length => _file.IsOpen ? _file.Position : 0;

    /// <summary>Takes a journal; nothing can be appended before <see cref="Begin"/>.</summary>
    /// <param name="folder">Where it is; created when missing.</param>
    /// <param name="owner">Whose it is; a journal of another is refused.</param>
    /// <param name="newest">The newest segment; null for a new journal.</param>
    /// <exception cref="JournalException">It is damaged, or of another owner.</exception>
    /// <exception cref="IOException">Another process has it, or it cannot be read.</exception>
    public static StateJournal Open(string folder, string owner, out StateSegment? newest)
    {
        DurableFile.CreateFolder(Path.GetFullPath(folder));
        StateJournal journal = new(folder, owner);
        try
        {
            newest = SegmentsOf(folder) is [.., var last] ? Read(last, owner) : null;
            journal._number = newest?.Number ?? 0;
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>The files of a journal, oldest first.</summary>
    public static IReadOnlyList<string> SegmentsOf(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*" + Ending).Order(StringComparer.Ordinal)] : [];

    /// <summary>Whether a folder holds such a journal.</summary>
    public static bool IsOne(string folder) => SegmentsOf(folder).Count > 0;

    /// <summary>Reads a segment, checking every record.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="owner">Whose it must be; null for anybody's.</param>
    /// <exception cref="JournalException">It is damaged, or of another owner.</exception>
    public static StateSegment Read(string path, string? owner = null)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        RecordReader reader = new();
        int position = 0;
        int number = ReadHeader(Required(reader, (bytes, path), HeaderType, ref position), path, owner);
        ReadOnlyMemory<byte> state = Required(reader, (bytes, path), StateType, ref position);
        List<StateRecord> records = [];
        while (position < bytes.Length)
        {
            if (reader.Read(bytes, path, ref position, out ReadOnlyMemory<byte> payload) is not { } type)
            {
                return new StateSegment(number, state, records, HasTornTail: true);
            }

            records.Add(new StateRecord(type, payload));
        }

        return new StateSegment(number, state, records, HasTornTail: false);
    }

    /// <summary>Begins the next segment with a state, which is on disk afterwards; the one before is complete.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Begin(ReadOnlySpan<byte> state)
    {
        _file.Dispose();
        int number = _number + 1;
        string path = Path.Combine(Path.GetFullPath(_folder), number.ToString("D8", CultureInfo.InvariantCulture) + Ending);
        string unfinished = DurableFile.TemporaryOf(path);
        ArrayBufferWriter<byte> header = new(64);
        StateWriter writer = new(header);
        writer.Write(Magic);
        writer.Write(SchemaVersion);
        writer.Write(_owner);
        writer.Write(number);
        _file.ContinueFrom(stackalloc byte[JournalFormat.ChainBytes]);
        _file.Open(new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, 1 << 14));
        _file.Write(HeaderType, header.WrittenSpan);
        _file.Write(StateType, state);
        _file.Flush(toDisk: true);
        DurableFile.Publish(unfinished, path);
        _number = number;
    }

    /// <summary>Appends a record and hands it to the operating system, so that an end of the process does not take it along.</summary>
    /// <param name="type">What it is, 1 to 199.</param>
    /// <param name="payload">Its bytes.</param>
    /// <exception cref="IOException">It could not be written, now or before.</exception>
    public void Append(byte type, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfZero(type);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(type, HeaderType);
        _file.Write(type, payload);
        _file.Flush(toDisk: false);
    }

    /// <summary>Brings what was appended to the disk.</summary>
    /// <exception cref="IOException">It could not be written, now or before.</exception>
    public void Sync() => _file.Flush(toDisk: true);

    /// <summary>Flushes to disk and closes.</summary>
    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        finally
        {
            _lock.Dispose();
        }
    }

    private static ReadOnlyMemory<byte> Required(RecordReader reader, (byte[] Bytes, string Path) file, byte wanted, ref int position) =>
        reader.Read(file.Bytes, file.Path, ref position, out ReadOnlyMemory<byte> payload) == wanted
            ? payload
            : throw new JournalException(file.Path, 0, "this is not a segment that begins with a state");

    private static int ReadHeader(ReadOnlyMemory<byte> header, string path, string? owner)
    {
        StateReader reader = new(header.Span);
        if (reader.ReadInt32() != Magic)
        {
            throw new JournalException(path, 0, "this is not a segment that begins with a state");
        }

        int schema = reader.ReadInt32();
        if (schema != SchemaVersion)
        {
            throw new JournalException(path, 0, $"the segment has schema {schema}, this build reads schema {SchemaVersion}");
        }

        string name = reader.ReadString();
        return owner is null || name == owner
            ? reader.ReadInt32()
            : throw new JournalException(path, 0, $"the journal is of {name}");
    }
}
