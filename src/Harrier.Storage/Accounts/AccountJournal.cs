using System.Buffers;
using System.Globalization;
using Harrier.Domain;
using Harrier.Engine.Reconciliation;
using Harrier.Storage.Journal;

namespace Harrier.Storage.Accounts;

/// <summary>
/// The facts of one account in segment files of one folder, appended by one process at a time. What a crash cut off at the very end is dropped
/// when the journal is opened again; any other damage is named and nothing is opened.
/// </summary>
public sealed class AccountJournal : IAccountJournal, IDisposable
{
    private const int Magic = 0x4A414852;
    private const int SchemaVersion = 1;
    private const string Pattern = "*.account";
    private const int ScopeLength = 16;

    private readonly string _folder;
    private readonly string _account;
    private readonly long _segmentBytes;
    private readonly ArrayBufferWriter<byte> _payload = new(512);
    private readonly RecordFile _file;
    private readonly FileStream _lock;
    private int _segment;
    private readonly bool _outlivesPower;
    private bool _isDirty;

    private AccountJournal(string folder, string account, (long SegmentBytes, bool OutlivesPower) how)
    {
        (_folder, _account) = (folder, account);
        (_segmentBytes, _outlivesPower) = how;
        _file = new RecordFile($"the account journal in {folder}");

        // Sharing of the segments themselves is not enforced between processes everywhere; that of a file nobody else may open is.
        _lock = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    /// <summary>The folder of an account in a home.</summary>
    /// <param name="home">The folder of all state.</param>
    /// <param name="venue">The venue's full name.</param>
    /// <param name="scope">Sets the account apart without showing its key: a digest.</param>
    public static string FolderOf(string home, VenueId venue, string scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return Path.Combine(home, "accounts", $"{venue}-{scope[..Math.Min(ScopeLength, scope.Length)]}");
    }

    /// <summary>Opens a journal, or starts one, and gives every fact that is in it.</summary>
    /// <param name="folder">Where it is; created when missing.</param>
    /// <param name="take">Takes each fact, oldest first.</param>
    /// <param name="segmentBytes">Size after which a new file begins, 4096 or more.</param>
    /// <param name="outlivesPower">False where the operating system may keep what <see cref="Sync"/> was asked to bring to the disk: then a loss of power can take it, the end of the process cannot.</param>
    /// <exception cref="JournalException">It is damaged, or of another account.</exception>
    /// <exception cref="IOException">Another process has it open, or it cannot be written.</exception>
    public static AccountJournal Open(string folder, Action<AccountFact> take, long segmentBytes = 64L << 20, bool outlivesPower = true)
    {
        ArgumentNullException.ThrowIfNull(take);
        ArgumentOutOfRangeException.ThrowIfLessThan(segmentBytes, 4096);
        Directory.CreateDirectory(folder);
        AccountJournal journal = new(folder, Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), (segmentBytes, outlivesPower));
        try
        {
            journal.Continue(take);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Reads every fact of a journal without opening it for writing.</summary>
    /// <param name="folder">Where it is; a missing one has no facts.</param>
    /// <param name="take">Takes each fact, oldest first.</param>
    /// <exception cref="JournalException">It is damaged, or of another account.</exception>
    public static void Read(string folder, Action<AccountFact> take)
    {
        ArgumentNullException.ThrowIfNull(take);
        RecordReader reader = new();
        string[] segments = Segments(folder);
        for (int i = 0; i < segments.Length; i++)
        {
            using FileStream file = new(segments[i], FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            ReadSegment(reader, (segments[i], Bytes(file), i == segments.Length - 1), Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), take);
        }
    }

    /// <inheritdoc/>
    public void Append(AccountFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        if (_file.Position >= _segmentBytes)
        {
            _file.Dispose();
            Begin();
        }

        _payload.ResetWrittenCount();
        StateWriter writer = new(_payload);
        AccountRecordType type = AccountFactFormat.Write(ref writer, fact);
        _file.Write((byte)type, _payload.WrittenSpan);

        // Out of the process, so that its end does not take it along.
        _file.Flush(toDisk: false);
        _isDirty = true;
    }

    /// <inheritdoc/>
    public void Sync()
    {
        if (_isDirty && _outlivesPower)
        {
            _file.Flush(toDisk: true);
            _isDirty = false;
        }
    }

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

    private static string[] Segments(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, Pattern).Order(StringComparer.Ordinal)] : [];

    private static byte[] Bytes(FileStream file)
    {
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <returns>Where the last whole record ends.</returns>
    private static int ReadSegment(RecordReader reader, (string Name, byte[] Bytes, bool IsLast) segment, string account, Action<AccountFact> take)
    {
        int position = 0;
        bool isHeader = true;
        while (position < segment.Bytes.Length)
        {
            int offset = position;
            if (reader.Read(segment.Bytes, segment.Name, ref position, out ReadOnlyMemory<byte> payload) is not { } type)
            {
                return segment.IsLast ? offset : throw new JournalException(segment.Name, offset, "a record is cut off, and a later segment exists");
            }

            if (isHeader)
            {
                CheckHeader(type, payload.Span, segment.Name, account);
                isHeader = false;
                continue;
            }

            take(AccountFactFormat.Read((AccountRecordType)type, payload.Span)
                ?? throw new JournalException(segment.Name, offset, $"a record of the unknown type {type}"));
        }

        return position;
    }

    private static void CheckHeader(byte type, ReadOnlySpan<byte> payload, string segment, string account)
    {
        StateReader reader = new(payload);
        if (type != (byte)AccountRecordType.Header || reader.ReadInt32() != Magic)
        {
            throw new JournalException(segment, 0, "this is not an account journal");
        }

        int schema = reader.ReadInt32();
        if (schema != SchemaVersion)
        {
            throw new JournalException(segment, 0, $"the segment has schema {schema}, this build reads schema {SchemaVersion}");
        }

        string name = reader.ReadString();
        if (name != account)
        {
            throw new JournalException(segment, 0, $"the journal is of the account {name}");
        }
    }

    private void Continue(Action<AccountFact> take)
    {
        RecordReader reader = new();
        string[] segments = Segments(_folder);
        for (int i = 0; i < segments.Length; i++)
        {
            if (i < segments.Length - 1)
            {
                using FileStream earlier = File.OpenRead(segments[i]);
                _ = ReadSegment(reader, (segments[i], Bytes(earlier), IsLast: false), _account, take);
                continue;
            }

            FileStream last = _file.Open(new FileStream(segments[i], FileMode.Open, FileAccess.ReadWrite, FileShare.Read));
            int end = ReadSegment(reader, (segments[i], Bytes(last), IsLast: true), _account, take);
            last.SetLength(end);
            last.Position = end;
        }

        _file.ContinueFrom(reader.Chain);
        _segment = segments.Length;
        if (segments.Length == 0)
        {
            Begin();
        }
        else if (_file.Position == 0)
        {
            WriteHeader();
        }
    }

    private void Begin()
    {
        _segment++;
        string path = Path.Combine(_folder, _segment.ToString("D8", CultureInfo.InvariantCulture) + Pattern[1..]);
        _file.Open(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 14));
        WriteHeader();
    }

    private void WriteHeader()
    {
        _payload.ResetWrittenCount();
        StateWriter writer = new(_payload);
        writer.Write(Magic);
        writer.Write(SchemaVersion);
        writer.Write(_account);
        _file.Write((byte)AccountRecordType.Header, _payload.WrittenSpan);
        _file.Flush(toDisk: true);
    }
}
