using System.IO.Compression;
using System.Text;
using Harrier.Domain;
using Harrier.Storage.Journal;

namespace Harrier.Storage.Recording;

/// <summary>Takes a block apart into its records.</summary>
internal sealed class BlockContent
{
    // No block holds more names than records, and no name is longer than a line.
    private const int LongestName = 4096;

    private readonly FieldDecoder _decoder = new();

    /// <summary>The records of a block in the order in which they came.</summary>
    /// <param name="header">Its header.</param>
    /// <param name="packed">What follows the header.</param>
    /// <exception cref="InvalidDataException">The checksum does not fit, or the block cannot be read.</exception>
    public List<RecordedFrame> Read(in BlockHeader header, ReadOnlySpan<byte> packed)
    {
        if (JournalFormat.Crc(0, packed) != header.Checksum)
        {
            throw new InvalidDataException("the checksum of the block does not fit its bytes");
        }

        byte[] meta = Unpack(packed[..header.Meta.Packed], header.Meta.Size);
        byte[] skeleton = Unpack(packed.Slice(header.Meta.Packed, header.Skeleton.Packed), header.Skeleton.Size);
        byte[] numbers = Unpack(packed[(header.Meta.Packed + header.Skeleton.Packed)..], header.Numbers.Size);
        _decoder.Start(skeleton, numbers);
        int position = 0;
        RecordSource[] sources = Sources(meta, ref position);

        // One array for all texts of the block, which lives as long as any of them is used.
        byte[] texts = GC.AllocateUninitializedArray<byte>((int)header.TextBytes);
        List<RecordedFrame> records = new(Math.Min(header.Records, 1 << 20));
        int end = 0;
        Timestamp time = header.Records > 0 ? new Timestamp((long)ByteList.ReadNumber(meta, ref position)) : default;
        for (int i = 0; i < header.Records; i++)
        {
            (int source, RecordKind kind) = BlockBuilder.SourceAndKind(ByteList.ReadNumber(meta, ref position));
            time = BlockBuilder.NextTime(time, meta, ref position);
            int length = _decoder.Next(texts.AsSpan(end));
            records.Add(source < sources.Length
                ? new RecordedFrame(time, kind, sources[source], texts.AsMemory(end, length))
                : throw new InvalidDataException("a record of the block names no source"));
            end += length;
        }

        return records;
    }

    private static RecordSource[] Sources(ReadOnlySpan<byte> meta, ref int position)
    {
        List<RecordSource> sources = [];
        for (ulong count = ByteList.ReadNumber(meta, ref position); count > 0; count--)
        {
            ulong length = ByteList.ReadNumber(meta, ref position);
            if (length > LongestName || (int)length > meta.Length - position)
            {
                throw new InvalidDataException("the sources of the block cannot be read");
            }

            sources.Add(RecordSource.Parse(Encoding.UTF8.GetString(meta.Slice(position, (int)length))));
            position += (int)length;
        }

        return [.. sources];
    }

    private static byte[] Unpack(ReadOnlySpan<byte> packed, int size)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(size);
        return BrotliDecoder.TryDecompress(packed, bytes, out int written) && written == size
            ? bytes
            : throw new InvalidDataException("a part of the block cannot be unpacked");
    }
}
