using System.Globalization;
using Harrier.Domain;

namespace Harrier.Storage.Recording;

/// <summary>Writes segments, one after the other, each bounded in time and size.</summary>
/// <param name="folder">Where.</param>
/// <param name="header">What they say about themselves; each gets its own start.</param>
/// <param name="options">Limits.</param>
internal sealed class SegmentSink(string folder, RecordingHeader header, RecorderOptions options) : IRecordSink
{
    private readonly BlockBuilder _block = new();
    private SegmentWriter? _segment;
    private Timestamp? _blockSeen;
    private Timestamp _synced;
    private long _closedBytes;

    public int Files { get; private set; }

    public long Bytes => _closedBytes + (_segment?.Bytes ?? 0);

    public bool TryAdd(RecordKind kind, RecordSource source, Timestamp time, ReadOnlySpan<byte> text)
    {
        if (_block.TextBytes >= options.BlockBytes)
        {
            return false;
        }

        _block.Add(kind, source, time, text);
        return true;
    }

    public void Flush(Timestamp now, bool isForced)
    {
        // By the clock and not by the times of the records, which may be of another day.
        _blockSeen = _block.Records == 0 ? null : _blockSeen ?? now;
        bool isDue = isForced || _block.TextBytes >= options.BlockBytes || (_blockSeen is { } seen && now - seen >= options.FlushEvery);
        if (!isDue || _block.Records == 0)
        {
            return;
        }

        SegmentWriter segment = _segment ??= Open(now);
        try
        {
            segment.Write(_block);
            _block.Clear();
            _blockSeen = null;
            if (now - _synced >= options.SyncEvery)
            {
                segment.Sync();
                _synced = now;
            }

            if (segment.Bytes >= options.SegmentBytes || now - segment.Started >= options.SegmentTime)
            {
                CloseSegment();
            }
        }
        catch (IOException)
        {
            Abandon();
            throw;
        }
    }

    public void Close(Timestamp now)
    {
        Flush(now, isForced: true);
        if (_segment is not null)
        {
            CloseSegment();
        }
    }

    public void Dispose() => Abandon();

    private SegmentWriter Open(Timestamp now)
    {
        Directory.CreateDirectory(folder);
        string name = $"{header.Venue.Name}_{now.ToDateTimeOffset().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'.'fff'Z'", CultureInfo.InvariantCulture)}";
        string path = Path.Combine(folder, name + SegmentFormat.Extension);
        for (int i = 1; File.Exists(path); i++)
        {
            path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{i}{SegmentFormat.Extension}"));
        }

        SegmentWriter segment = new(path, header with { Start = now });
        Files++;
        _synced = now;
        return segment;
    }

    private void CloseSegment()
    {
        _segment!.Close();
        _closedBytes += _segment.Bytes;
        _segment.Dispose();
        _segment = null;
    }

    private void Abandon()
    {
        _closedBytes += _segment?.Bytes ?? 0;
        _segment?.Dispose();
        _segment = null;
    }
}
