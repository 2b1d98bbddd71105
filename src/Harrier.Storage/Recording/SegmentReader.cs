using System.Buffers.Binary;
using Harrier.Domain;

namespace Harrier.Storage.Recording;

/// <summary>
/// Reads one segment, block by block. A torn end, as a killed recorder leaves it, is cut off and reported; a damaged block is passed over, reported with its
/// place, and stands as a hole among the records.
/// </summary>
internal sealed class SegmentReader
{
    private const int ScanBytes = 1 << 16;

    private readonly string _path;
    private readonly BlockContent _content = new();

    /// <summary>Reads the header.</summary>
    /// <exception cref="RecordingException">The file is no segment that this build reads.</exception>
    /// <exception cref="EndOfStreamException">The file ends within its header: the recorder was killed as it began.</exception>
    public SegmentReader(string path)
    {
        _path = path;
        using FileStream file = Open();
        Header = ReadHeader(file);
    }

    /// <summary>What the segment says about itself.</summary>
    public RecordingHeader Header { get; }

    /// <summary>Its records that are wanted.</summary>
    /// <param name="options">Which.</param>
    /// <param name="faults">Takes what cannot be read.</param>
    public IEnumerable<RecordedFrame> Records(RecordingReadOptions options, ICollection<RecordingFault> faults)
    {
        using FileStream file = Open();
        _ = ReadHeader(file);
        BlockPlace[]? index = ReadIndex(file, out long end);
        long offset = index is null || options.From is null ? file.Position : FirstWanted(index, options, end);
        while (offset < end)
        {
            if (ReadBlockHeader(file, offset) is not { } header)
            {
                long next = NextBlock(file, offset + 1, end);
                faults.Add(new RecordingFault(_path, offset, next < end
                    ? $"{next - offset} bytes are damaged; records are missing"
                    : $"the last {end - offset} bytes are cut off: the recorder was stopped while it wrote them"));
                if (next < end)
                {
                    yield return Hole(default, $"{next - offset} bytes of {Path.GetFileName(_path)} are damaged");
                }

                offset = next;
                continue;
            }

            long following = offset + BlockHeader.Bytes + header.PackedBytes;
            if (following > end)
            {
                faults.Add(new RecordingFault(_path, offset, $"the last {end - offset} bytes are cut off: the recorder was stopped while it wrote them"));
                yield break;
            }

            if (options.Overlaps(header.First, header.Last))
            {
                foreach (RecordedFrame record in ReadBlock(file, offset, header, faults))
                {
                    if (options.Wants(in record))
                    {
                        yield return record;
                    }
                }
            }

            offset = following;
        }
    }

    private List<RecordedFrame> ReadBlock(FileStream file, long offset, in BlockHeader header, ICollection<RecordingFault> faults)
    {
        byte[] packed = new byte[header.PackedBytes];
        file.Position = offset + BlockHeader.Bytes;
        file.ReadExactly(packed);
        try
        {
            return _content.Read(in header, packed);
        }
        catch (InvalidDataException fault)
        {
            faults.Add(new RecordingFault(_path, offset, $"{fault.Message}; {header.Records} records from {header.First} to {header.Last} are missing"));
            return [Hole((header.First, header.Last), $"a block of {Path.GetFileName(_path)} is damaged", header)];
        }
    }

    private static RecordedFrame Hole((Timestamp First, Timestamp Last) span, string reason, BlockHeader? block = null) => new(
        span.Last, RecordKind.Hole, RecordSource.Recorder, RecordEvents.Hole(block?.Records ?? 0, block?.TextBytes ?? 0, span, reason));

    private static long FirstWanted(BlockPlace[] index, RecordingReadOptions options, long end)
    {
        foreach (BlockPlace place in index)
        {
            if (options.Overlaps(place.First, place.Last))
            {
                return place.Offset;
            }
        }

        return end;
    }

    private static BlockHeader? ReadBlockHeader(FileStream file, long offset)
    {
        Span<byte> bytes = stackalloc byte[BlockHeader.Bytes];
        file.Position = offset;
        int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return BlockHeader.Read(bytes[..count]);
    }

    /// <summary>Where the next block begins whose header is whole; the end when there is none.</summary>
    private static long NextBlock(FileStream file, long from, long end)
    {
        byte[] bytes = new byte[ScanBytes];
        for (long start = from; start < end; start += ScanBytes - BlockHeader.Bytes)
        {
            file.Position = start;
            int count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            for (int i = 0; i + BlockHeader.Bytes <= count; i++)
            {
                if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(i)) == BlockHeader.Mark && BlockHeader.Read(bytes.AsSpan(i)) is not null)
                {
                    return start + i;
                }
            }
        }

        return end;
    }

    private static BlockPlace[]? ReadIndex(FileStream file, out long end)
    {
        long begin = file.Position;
        end = file.Length;
        if (end - begin < SegmentFormat.TailBytes)
        {
            return null;
        }

        byte[] tail = new byte[SegmentFormat.TailBytes];
        file.Position = end - tail.Length;
        file.ReadExactly(tail);
        file.Position = begin;
        if (SegmentFormat.IndexLength(tail) is not { } length || length < 0 || length > end - tail.Length - begin)
        {
            return null;
        }

        byte[] bytes = new byte[length];
        file.Position = end - tail.Length - length;
        file.ReadExactly(bytes);
        file.Position = begin;
        BlockPlace[]? index = SegmentFormat.ReadIndex(bytes);

        // A damaged index is no damage to the records: the blocks are found one after the other, and the index is no block.
        end -= tail.Length + length;
        return index;
    }

    private RecordingHeader ReadHeader(FileStream file)
    {
        try
        {
            byte[] head = new byte[SegmentFormat.HeadBytes];
            file.ReadExactly(head);
            byte[] header = new byte[SegmentFormat.HeaderLength(head)];
            head.CopyTo(header, 0);
            file.ReadExactly(header.AsSpan(head.Length));
            return SegmentFormat.ReadHeader(header);
        }
        catch (InvalidDataException fault)
        {
            throw new RecordingException(_path, fault.Message);
        }
    }

    private FileStream Open() => new(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
}
