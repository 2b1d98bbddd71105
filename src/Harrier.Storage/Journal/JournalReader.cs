using Harrier.Domain;

namespace Harrier.Storage.Journal;

/// <summary>One record as read.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Payload">Its bytes.</param>
/// <param name="Segment">The file it is in.</param>
/// <param name="Offset">Where in the file it begins, in bytes.</param>
public readonly record struct JournalRecord(JournalRecordType Type, ReadOnlyMemory<byte> Payload, string Segment, long Offset);

/// <summary>
/// Reads a journal back, checking every record. A record cut off at the very end is what a crash leaves: reading stops before it. Anything
/// else that does not fit is damage and is named.
/// </summary>
public sealed class JournalReader
{
    private readonly RecordReader _reader = new();
    private readonly string[] _segments;

    /// <summary>Opens the journal in a folder.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="JournalException">Its first header is damaged.</exception>
    public JournalReader(string folder)
    {
        _segments = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.journal").Order(StringComparer.Ordinal)] : [];
        if (_segments.Length == 0)
        {
            throw new FileNotFoundException($"{folder} holds no journal");
        }

        using SegmentWindow first = new(_segments[0], reuses: true);
        JournalRecord header = first.Reach() && ReadOne(first, _segments[0]) is { } read ? read : throw new JournalException(_segments[0], 0, "the header is cut off");
        Identity = ReadHeader(header);
    }

    /// <summary>What the first segment says about the engine.</summary>
    public JournalIdentity Identity { get; }

    /// <summary>True when the last record was cut off by a crash; known after reading to the end.</summary>
    public bool HasTornTail { get; private set; }

    /// <summary>All records but the headers, in order.</summary>
    /// <exception cref="JournalException">A record is damaged, out of its chain, or cut off before the end of the journal.</exception>
    public IEnumerable<JournalRecord> Records() => Read(reuses: false);

    /// <summary>The same, each record's bytes only until the next is asked for: the quick way through millions of them.</summary>
    /// <exception cref="JournalException">A record is damaged, out of its chain, or cut off before the end of the journal.</exception>
    public IEnumerable<JournalRecord> PassingRecords() => Read(reuses: true);

    private IEnumerable<JournalRecord> Read(bool reuses)
    {
        _reader.Restart();
        for (int i = 0; i < _segments.Length; i++)
        {
            using SegmentWindow window = new(_segments[i], reuses);
            bool isHeader = true;
            while (window.Reach())
            {
                if (ReadOne(window, _segments[i]) is not { } read)
                {
                    HasTornTail = i == _segments.Length - 1 ? true : throw new JournalException(_segments[i], window.Offset, "a record is cut off, and a later segment exists");
                    yield break;
                }

                if (isHeader)
                {
                    ReadHeader(read);
                    isHeader = false;
                    continue;
                }

                yield return read;
            }
        }
    }

    private JournalRecord? ReadOne(SegmentWindow window, string segment)
    {
        long offset = window.Offset;
        if (_reader.Read(window.Bytes, (segment, offset), out ReadOnlyMemory<byte> payload) is not { } type)
        {
            return null;
        }

        window.Pass(JournalFormat.RecordHeaderBytes + payload.Length);
        return new JournalRecord((JournalRecordType)type, payload, segment, offset);
    }

    private static JournalIdentity ReadHeader(JournalRecord record)
    {
        StateReader reader = new(record.Payload.Span);
        if (record.Type != 0 || reader.ReadInt32() != JournalFormat.Magic)
        {
            throw new JournalException(record.Segment, 0, "this is not a journal segment");
        }

        int schema = reader.ReadInt32();
        if (schema is < JournalFormat.OldestSchema or > JournalFormat.SchemaVersion)
        {
            throw new JournalException(record.Segment, 0, $"the segment has schema {schema}, this build reads schemas {JournalFormat.OldestSchema} to {JournalFormat.SchemaVersion}");
        }

        string build = reader.ReadString();
        string config = reader.ReadString();
        uint run = unchecked((uint)reader.ReadInt32());
        InstrumentDefinition[] instruments = new InstrumentDefinition[reader.ReadCount()];
        for (int i = 0; i < instruments.Length; i++)
        {
            instruments[i] = JournalFormat.ReadInstrument(ref reader);
        }

        return new JournalIdentity(build, config, instruments) { Run = run };
    }
}
