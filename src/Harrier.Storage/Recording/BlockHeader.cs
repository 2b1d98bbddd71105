using System.Buffers.Binary;
using Harrier.Domain;
using Harrier.Storage.Journal;

namespace Harrier.Storage.Recording;

/// <summary>A part of a block: its size, and its size in the file.</summary>
internal readonly record struct BlockPart(int Size, int Packed);

/// <summary>
/// The first bytes of a block: mark, codec, number of records, sizes of its three parts, bytes of its texts, first and last time, checksum of the parts, and
/// its own checksum, so that a damaged block can be passed over and a damaged header be told from a damaged part. Little-endian.
/// </summary>
internal readonly record struct BlockHeader
{
    /// <summary>Bytes in the file.</summary>
    public const int Bytes = 68;

    /// <summary><c>HBLK</c>.</summary>
    public const uint Mark = 0x4B4C4248;

    /// <summary>Largest part of a block; more is damage.</summary>
    public const int MostPart = 1 << 28;

    private const ushort Codec = 1;

    public required int Records { get; init; }

    public required BlockPart Meta { get; init; }

    public required BlockPart Skeleton { get; init; }

    public required BlockPart Numbers { get; init; }

    /// <summary>Bytes of all texts together.</summary>
    public required long TextBytes { get; init; }

    /// <summary>The earliest time in the block.</summary>
    public required Timestamp First { get; init; }

    /// <summary>The latest.</summary>
    public required Timestamp Last { get; init; }

    /// <summary>CRC-32C of the packed parts.</summary>
    public required uint Checksum { get; init; }

    /// <summary>Bytes that follow the header.</summary>
    public int PackedBytes => Meta.Packed + Skeleton.Packed + Numbers.Packed;

    public void Write(Span<byte> into)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(into, Mark);
        BinaryPrimitives.WriteUInt16LittleEndian(into[4..], Codec);
        BinaryPrimitives.WriteUInt16LittleEndian(into[6..], 0);
        BinaryPrimitives.WriteInt32LittleEndian(into[8..], Records);
        Write(into[12..], Meta);
        Write(into[20..], Skeleton);
        Write(into[28..], Numbers);
        BinaryPrimitives.WriteInt64LittleEndian(into[36..], TextBytes);
        BinaryPrimitives.WriteInt64LittleEndian(into[44..], First.Nanos);
        BinaryPrimitives.WriteInt64LittleEndian(into[52..], Last.Nanos);
        BinaryPrimitives.WriteUInt32LittleEndian(into[60..], Checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(into[64..], JournalFormat.Crc(0, into[..64]));
    }

    /// <summary>Reads a header.</summary>
    /// <returns>Null when these bytes are none, or a damaged one.</returns>
    public static BlockHeader? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Bytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Mark
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[64..]) != JournalFormat.Crc(0, bytes[..64])
            || BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]) != Codec)
        {
            return null;
        }

        BlockHeader header = new()
        {
            Records = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            Meta = ReadPart(bytes[12..]),
            Skeleton = ReadPart(bytes[20..]),
            Numbers = ReadPart(bytes[28..]),
            TextBytes = BinaryPrimitives.ReadInt64LittleEndian(bytes[36..]),
            First = new Timestamp(BinaryPrimitives.ReadInt64LittleEndian(bytes[44..])),
            Last = new Timestamp(BinaryPrimitives.ReadInt64LittleEndian(bytes[52..])),
            Checksum = BinaryPrimitives.ReadUInt32LittleEndian(bytes[60..]),
        };
        return header.Records >= 0 && header.TextBytes is >= 0 and <= MostPart && IsPossible(header.Meta) && IsPossible(header.Skeleton) && IsPossible(header.Numbers) ? header : null;
    }

    private static void Write(Span<byte> into, BlockPart part)
    {
        BinaryPrimitives.WriteInt32LittleEndian(into, part.Size);
        BinaryPrimitives.WriteInt32LittleEndian(into[4..], part.Packed);
    }

    private static BlockPart ReadPart(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]));

    private static bool IsPossible(BlockPart part) => part is { Size: >= 0 and <= MostPart, Packed: >= 0 and <= MostPart };
}
