using System.Buffers.Binary;
using Harrier.Domain;
using Harrier.Storage.Journal;

namespace Harrier.Storage.Recording;

/// <summary>Where a block lies in its segment.</summary>
internal readonly record struct BlockPlace(long Offset, Timestamp First, Timestamp Last, int Records);

/// <summary>
/// The layout of a segment: a header {mark, version, length, JSON, CRC-32C}, blocks, and, when it was closed and not killed, an index of the blocks
/// {mark, count, places, CRC-32C, length, end mark}. Little-endian.
/// </summary>
internal static class SegmentFormat
{
    /// <summary>Ends the name of a segment.</summary>
    public const string Extension = ".hrec";

    /// <summary>Bytes of the header before its text.</summary>
    public const int HeadBytes = 12;

    /// <summary>Bytes at the end of a segment that was closed: length of the index and end mark.</summary>
    public const int TailBytes = 8;

    /// <summary><c>HREC</c>.</summary>
    public const uint Mark = 0x43455248;

    /// <summary><c>HIDX</c>.</summary>
    public const uint IndexMark = 0x58444948;

    private const uint EndMark = 0x444E4548;
    private const ushort Version = 1;
    private const int MostHeader = 1 << 20;
    private const int PlaceBytes = 28;

    public static byte[] WriteHeader(RecordingHeader header)
    {
        byte[] json = header.ToJson();
        byte[] bytes = new byte[HeadBytes + json.Length + sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Mark);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(4), Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), json.Length);
        json.CopyTo(bytes, HeadBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(HeadBytes + json.Length), JournalFormat.Crc(0, bytes.AsSpan(0, HeadBytes + json.Length)));
        return bytes;
    }

    /// <summary>Length of the whole header.</summary>
    /// <exception cref="InvalidDataException">The bytes begin no segment that this build reads.</exception>
    public static int HeaderLength(ReadOnlySpan<byte> head)
    {
        if (head.Length < HeadBytes || BinaryPrimitives.ReadUInt32LittleEndian(head) != Mark)
        {
            throw new InvalidDataException("it does not begin as a segment does");
        }

        int version = BinaryPrimitives.ReadUInt16LittleEndian(head[4..]);
        if (version != Version)
        {
            throw new InvalidDataException($"it has version {version}, this build reads version {Version}");
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(head[8..]);
        return length is >= 0 and <= MostHeader ? HeadBytes + length + sizeof(uint) : throw new InvalidDataException("the length of its header is not possible");
    }

    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public static RecordingHeader ReadHeader(ReadOnlyMemory<byte> header)
    {
        ReadOnlySpan<byte> bytes = header.Span;
        return JournalFormat.Crc(0, bytes[..^4]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..])
            ? RecordingHeader.FromJson(header[HeadBytes..^4])
            : throw new InvalidDataException("the checksum of its header does not fit its bytes");
    }

    public static byte[] WriteIndex(IReadOnlyList<BlockPlace> places)
    {
        int length = 8 + (places.Count * PlaceBytes) + sizeof(uint);
        byte[] bytes = new byte[length + TailBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, IndexMark);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), places.Count);
        Span<byte> rest = bytes.AsSpan(8);
        foreach (BlockPlace place in places)
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, place.Offset);
            BinaryPrimitives.WriteInt64LittleEndian(rest[8..], place.First.Nanos);
            BinaryPrimitives.WriteInt64LittleEndian(rest[16..], place.Last.Nanos);
            BinaryPrimitives.WriteInt32LittleEndian(rest[24..], place.Records);
            rest = rest[PlaceBytes..];
        }

        BinaryPrimitives.WriteUInt32LittleEndian(rest, JournalFormat.Crc(0, bytes.AsSpan(0, length - 4)));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(length), length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(length + 4), EndMark);
        return bytes;
    }

    /// <summary>Length of the index before these last bytes of a file; null when it was not closed.</summary>
    public static int? IndexLength(ReadOnlySpan<byte> tail) =>
        BinaryPrimitives.ReadUInt32LittleEndian(tail[4..]) == EndMark ? BinaryPrimitives.ReadInt32LittleEndian(tail) : null;

    /// <summary>The index; null when it is damaged.</summary>
    public static BlockPlace[]? ReadIndex(ReadOnlySpan<byte> index)
    {
        if (index.Length < 12 || BinaryPrimitives.ReadUInt32LittleEndian(index) != IndexMark
            || JournalFormat.Crc(0, index[..^4]) != BinaryPrimitives.ReadUInt32LittleEndian(index[^4..]))
        {
            return null;
        }

        int count = BinaryPrimitives.ReadInt32LittleEndian(index[4..]);
        if (count < 0 || index.Length != 12L + ((long)count * PlaceBytes))
        {
            return null;
        }

        BlockPlace[] places = new BlockPlace[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> place = index[(8 + (i * PlaceBytes))..];
            places[i] = new BlockPlace(
                BinaryPrimitives.ReadInt64LittleEndian(place),
                new Timestamp(BinaryPrimitives.ReadInt64LittleEndian(place[8..])),
                new Timestamp(BinaryPrimitives.ReadInt64LittleEndian(place[16..])),
                BinaryPrimitives.ReadInt32LittleEndian(place[24..]));
        }

        return places;
    }
}
