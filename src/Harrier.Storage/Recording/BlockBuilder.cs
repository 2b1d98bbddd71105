using System.IO.Compression;
using System.Text;
using Harrier.Domain;
using Harrier.Storage.Journal;

namespace Harrier.Storage.Recording;

/// <summary>Gathers records and makes a block of them, which is read without any other.</summary>
internal sealed class BlockBuilder
{
    // The texts repeat themselves and are worth a search; the numbers do not.
    private const int TextQuality = 5;
    private const int NumberQuality = 1;
    private const int Window = 22;
    private const int KindBits = 3;
    private const long NanosPerTick = 100;

    private readonly FieldEncoder _encoder = new();
    private readonly ByteList _meta = new();
    private readonly ByteList _records = new();
    private readonly Dictionary<RecordSource, int> _sources = new(ReferenceEqualityComparer.Instance);
    private byte[] _packed = [];
    private Timestamp _before;

    /// <summary>Records so far.</summary>
    public int Records { get; private set; }

    /// <summary>Bytes of their texts.</summary>
    public long TextBytes { get; private set; }

    /// <summary>The earliest time in it.</summary>
    public Timestamp First { get; private set; }

    /// <summary>The latest.</summary>
    public Timestamp Last { get; private set; }

    /// <summary>Adds a record.</summary>
    public void Add(RecordKind kind, RecordSource source, Timestamp time, ReadOnlySpan<byte> text)
    {
        if (!_sources.TryGetValue(source, out int number))
        {
            number = _sources.Count;
            _sources.Add(source, number);
        }

        if (Records == 0)
        {
            (_before, First, Last) = (time, time, time);
            _records.AddNumber((ulong)time.Nanos);
        }

        _records.AddNumber(((ulong)number << KindBits) | (byte)kind);
        AddTime(time);
        _encoder.Add(text);
        First = time < First ? time : First;
        Last = time > Last ? time : Last;
        Records++;
        TextBytes += text.Length;
    }

    /// <summary>The block with its header. The bytes are valid until the next call.</summary>
    public ReadOnlySpan<byte> Build(out BlockHeader header)
    {
        _meta.Clear();
        _meta.AddNumber((ulong)_sources.Count);
        foreach (RecordSource source in _sources.Keys)
        {
            byte[] name = Encoding.UTF8.GetBytes(source.Text);
            _meta.AddNumber((ulong)name.Length);
            _meta.Add(name);
        }

        _meta.Add(_records.Span);
        int most = BlockHeader.Bytes + MostPacked(_meta) + MostPacked(_encoder.Skeleton) + MostPacked(_encoder.Numbers);
        if (_packed.Length < most)
        {
            _packed = new byte[most + (most / 4)];
        }

        int end = BlockHeader.Bytes;
        BlockPart meta = Pack(_meta, NumberQuality, ref end);
        BlockPart skeleton = Pack(_encoder.Skeleton, TextQuality, ref end);
        BlockPart numbers = Pack(_encoder.Numbers, NumberQuality, ref end);
        header = new BlockHeader
        {
            Records = Records,
            Meta = meta,
            Skeleton = skeleton,
            Numbers = numbers,
            TextBytes = TextBytes,
            First = First,
            Last = Last,
            Checksum = JournalFormat.Crc(0, _packed.AsSpan(BlockHeader.Bytes, end - BlockHeader.Bytes)),
        };
        header.Write(_packed);
        return _packed.AsSpan(0, end);
    }

    /// <summary>Begins the next block.</summary>
    public void Clear()
    {
        _encoder.Reset();
        _records.Clear();
        _sources.Clear();
        Records = 0;
        TextBytes = 0;
    }

    /// <summary>The time after one that was read, and moves behind it.</summary>
    internal static Timestamp NextTime(Timestamp before, ReadOnlySpan<byte> meta, ref int position)
    {
        ulong tagged = ByteList.ReadNumber(meta, ref position);
        if (tagged == ulong.MaxValue)
        {
            return new Timestamp((long)ByteList.ReadNumber(meta, ref position));
        }

        ulong folded = tagged >> 1;
        long steps = (long)(folded >> 1) ^ -(long)(folded & 1);
        return new Timestamp(before.Nanos + ((tagged & 1) == 0 ? steps * NanosPerTick : steps));
    }

    internal static (int Source, RecordKind Kind) SourceAndKind(ulong number) => ((int)(number >> KindBits), (RecordKind)(number & ((1 << KindBits) - 1)));

    // Clocks tick every 100 ns here; captures of others may be finer. What is too far away for a difference is written whole.
    private void AddTime(Timestamp time)
    {
        long difference = unchecked(time.Nanos - _before.Nanos);
        if (difference is > 1L << 60 or < -(1L << 60) || time.Nanos >= 0 != _before.Nanos >= 0)
        {
            _records.AddNumber(ulong.MaxValue);
            _records.AddNumber((ulong)time.Nanos);
        }
        else
        {
            bool isTicks = difference % NanosPerTick == 0;
            long steps = isTicks ? difference / NanosPerTick : difference;
            ulong folded = (ulong)((steps << 1) ^ (steps >> 63));
            _records.AddNumber((folded << 1) | (isTicks ? 0u : 1u));
        }

        _before = time;
    }

    private static int MostPacked(ByteList part) => BrotliEncoder.GetMaxCompressedLength(part.Count);

    private BlockPart Pack(ByteList part, int quality, ref int end)
    {
        if (!BrotliEncoder.TryCompress(part.Span, _packed.AsSpan(end), out int written, quality, Window))
        {
            throw new InvalidOperationException("a block did not fit where it must fit");
        }

        end += written;
        return new BlockPart(part.Count, written);
    }
}
