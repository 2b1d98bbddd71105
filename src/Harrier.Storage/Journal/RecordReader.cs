using System.Buffers.Binary;

namespace Harrier.Storage.Journal;

/// <summary>Reads the records of files written by a <see cref="RecordFile"/>, one file after the other, and checks each.</summary>
internal sealed class RecordReader
{
    private readonly byte[] _chain = new byte[JournalFormat.ChainBytes];

    /// <summary>The hash of the last record read.</summary>
    public ReadOnlySpan<byte> Chain => _chain;

    /// <summary>Reads a record.</summary>
    /// <param name="bytes">A whole file.</param>
    /// <param name="segment">Its name.</param>
    /// <param name="position">Where the record begins; moved behind it.</param>
    /// <param name="payload">Where its content is.</param>
    /// <returns>Its type; null when the file ends within it.</returns>
    /// <exception cref="JournalException">The record is damaged or out of its chain.</exception>
    public byte? Read(byte[] bytes, string segment, ref int position, out ReadOnlyMemory<byte> payload)
    {
        payload = default;
        ReadOnlySpan<byte> rest = bytes.AsSpan(position);
        if (rest.Length < JournalFormat.RecordHeaderBytes)
        {
            return null;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (length is < 0 or > JournalFormat.MaxPayload)
        {
            throw new JournalException(segment, position, $"a record of {length} bytes is not possible");
        }

        int size = JournalFormat.RecordHeaderBytes + length;
        if (rest.Length < size)
        {
            return null;
        }

        ReadOnlySpan<byte> record = rest[..size];
        uint crc = JournalFormat.Crc(JournalFormat.Crc(0, record[..6]), record[10..]);
        if (crc != BinaryPrimitives.ReadUInt32LittleEndian(record[6..]))
        {
            throw new JournalException(segment, position, "the checksum of a record does not fit its bytes");
        }

        if (!record.Slice(10, JournalFormat.ChainBytes).SequenceEqual(_chain))
        {
            throw new JournalException(segment, position, "a record does not follow the one before: something was removed, inserted or reordered");
        }

        if (record[5] != JournalFormat.RecordVersion)
        {
            throw new JournalException(segment, position, $"a record has version {record[5]}, this build reads version {JournalFormat.RecordVersion}");
        }

        JournalFormat.Digest(record, _chain);
        payload = bytes.AsMemory(position + JournalFormat.RecordHeaderBytes, length);
        position += size;
        return record[4];
    }

    /// <summary>Begins at the first file again.</summary>
    public void Restart() => Array.Clear(_chain);
}
