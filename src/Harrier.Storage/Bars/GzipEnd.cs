using System.Buffers.Binary;
using System.IO.Compression;

namespace Harrier.Storage.Bars;

/// <summary>
/// Tells a whole gzip file from one that was cut off. <see cref="GZipStream"/> takes some cuts for the end of the data, which would make
/// the last rows vanish without a word; the trailer (RFC 1952: CRC-32 and length of the last member) says how much there should have been.
/// </summary>
public static class GzipEnd
{
    private const int TrailerBytes = 8;
    private static readonly uint[] Table = CreateTable();

    /// <summary>Compares what was inflated with the trailer.</summary>
    /// <param name="file">The compressed file; its position is moved.</param>
    /// <param name="inflated">Bytes that came out of it.</param>
    /// <exception cref="InvalidDataException">The end of the file is missing.</exception>
    public static void Verify(FileStream file, long inflated)
    {
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        if (file.Length < TrailerBytes)
        {
            throw new InvalidDataException("the end of the gzip data is missing");
        }

        file.Position = file.Length - TrailerBytes;
        file.ReadExactly(trailer);
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        uint lastMember = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        if (lastMember == (uint)inflated)
        {
            return;
        }

        // Files may be several gzip members one after another; then the trailer speaks of the last one alone.
        if (lastMember > inflated || ChecksumOfLast(file, inflated - lastMember) != checksum)
        {
            throw new InvalidDataException("the end of the gzip data is missing");
        }
    }

    private static uint ChecksumOfLast(FileStream file, long skip)
    {
        file.Position = 0;
        using GZipStream again = new(file, CompressionMode.Decompress, leaveOpen: true);
        byte[] block = new byte[1 << 16];
        uint checksum = uint.MaxValue;
        int read;
        while ((read = again.Read(block)) > 0)
        {
            int start = (int)Math.Min(skip, read);
            skip -= start;
            foreach (byte value in block.AsSpan(start, read - start))
            {
                checksum = Table[(checksum ^ value) & 0xFF] ^ (checksum >> 8);
            }
        }

        return ~checksum;
    }

    private static uint[] CreateTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }
}
