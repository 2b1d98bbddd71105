using System.Buffers.Binary;
using Harrier.Domain;

namespace Harrier.Storage.Recording;

/// <summary>
/// Carries records from the threads that receive to the one that writes. Taking a record is one copy; nobody waits. What does not fit is counted, and a
/// hole is put where it would have been.
/// </summary>
/// <param name="capacity">Most bytes that may wait.</param>
internal sealed class FrameQueue(int capacity)
{
    private const int HeadBytes = sizeof(int) + sizeof(long) + sizeof(int) + 1;

    private readonly Lock _gate = new();
    private readonly List<RecordSource> _sources = [];
    private readonly Dictionary<RecordSource, int> _numbers = [];
    private byte[] _waiting = new byte[Math.Min(capacity, 1 << 20)];
    private byte[] _taken = [];
    private int _used;
    private Loss _loss;
    private RecordSource? _lastSource;
    private int _lastNumber;

    /// <summary>Records that did not fit so far.</summary>
    public long Lost { get; private set; }

    /// <summary>Records that came so far.</summary>
    public long Records { get; private set; }

    /// <summary>Bytes of their texts.</summary>
    public long Bytes { get; private set; }

    /// <summary>Records that are answers to requests.</summary>
    public long Snapshots { get; private set; }

    /// <summary>Adds a record.</summary>
    public void Add(RecordKind kind, RecordSource source, Timestamp time, ReadOnlySpan<byte> text)
    {
        lock (_gate)
        {
            Records++;
            Bytes += text.Length;
            Snapshots += kind == RecordKind.Snapshot ? 1 : 0;

            // While something is missing everything is, so that a hole has one place.
            if (_loss.Records > 0 || !HasRoom(HeadBytes + text.Length))
            {
                _loss = _loss.With(time, text.Length);
                Lost++;
                return;
            }

            Span<byte> room = _waiting.AsSpan(_used);
            BinaryPrimitives.WriteInt32LittleEndian(room, text.Length);
            BinaryPrimitives.WriteInt64LittleEndian(room[4..], time.Nanos);
            BinaryPrimitives.WriteInt32LittleEndian(room[12..], NumberOf(source));
            room[16] = (byte)kind;
            text.CopyTo(room[HeadBytes..]);
            _used += HeadBytes + text.Length;
        }
    }

    /// <summary>Takes everything that waits. One at a time; the records are valid until the next call.</summary>
    /// <param name="loss">What came after it and did not fit.</param>
    public Batch Take(out Loss loss)
    {
        lock (_gate)
        {
            (_waiting, _taken) = (_taken.Length == 0 ? new byte[_waiting.Length] : _taken, _waiting);
            int used = _used;
            _used = 0;
            loss = _loss;
            _loss = default;
            return new Batch(_taken, used, [.. _sources]);
        }
    }

    private bool HasRoom(int size)
    {
        long needed = (long)_used + size;
        if (needed > capacity)
        {
            return false;
        }

        if (needed > _waiting.Length)
        {
            Array.Resize(ref _waiting, (int)Math.Min(capacity, Math.Max(needed, _waiting.Length * 2L)));
        }

        return true;
    }

    private int NumberOf(RecordSource source)
    {
        if (ReferenceEquals(source, _lastSource))
        {
            return _lastNumber;
        }

        if (!_numbers.TryGetValue(source, out int number))
        {
            number = _sources.Count;
            _sources.Add(source);
            _numbers.Add(source, number);
        }

        (_lastSource, _lastNumber) = (source, number);
        return number;
    }

    /// <summary>What did not fit.</summary>
    internal readonly record struct Loss(long Records, long Bytes, Timestamp First, Timestamp Last)
    {
        public Loss With(Timestamp time, int bytes) => new(Records + 1, Bytes + bytes, Records == 0 ? time : First, time);
    }

    /// <summary>Records that were taken together.</summary>
    internal readonly record struct Batch(byte[] Buffer, int Used, RecordSource[] Sources)
    {
        /// <summary>Reads a record and moves behind it.</summary>
        /// <returns>False at the end.</returns>
        public bool TryRead(ref int position, out Entry entry)
        {
            if (position >= Used)
            {
                entry = default;
                return false;
            }

            ReadOnlySpan<byte> head = Buffer.AsSpan(position);
            int length = BinaryPrimitives.ReadInt32LittleEndian(head);
            entry = new Entry
            {
                Kind = (RecordKind)head[16],
                Source = Sources[BinaryPrimitives.ReadInt32LittleEndian(head[12..])],
                Time = new Timestamp(BinaryPrimitives.ReadInt64LittleEndian(head[4..])),
                Text = Buffer.AsSpan(position + HeadBytes, length),
            };
            position += HeadBytes + length;
            return true;
        }
    }

    /// <summary>A record that was taken.</summary>
    internal readonly ref struct Entry
    {
        public RecordKind Kind { get; init; }

        public RecordSource Source { get; init; }

        public Timestamp Time { get; init; }

        public ReadOnlySpan<byte> Text { get; init; }

        /// <summary>Bytes that it takes in the batch.</summary>
        public int Size => HeadBytes + Text.Length;
    }
}
