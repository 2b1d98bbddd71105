using System.Buffers.Binary;

namespace Harrier.Storage.Journal;

/// <summary>Reads the records of files written by a <see cref="RecordFile"/>, one file after the other, and checks each.</summary>
internal sealed class RecordReader
{
    private readonly byte[] _chain = new byte[JournalFormat.ChainBytes];

    /// <summary>The hash of the last record read.</summary>
    public ReadOnlySpan<byte> Chain => _chain;

    /// <summary>Reads a record of a file that is there as a whole.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="segment">Its name.</param>
    /// <param name="position">Where the record begins; moved behind it.</param>
    /// <param name="payload">Where its content is.</param>
    /// <returns>Its type; null when the file ends within it, as a crash leaves it.</returns>
    /// <exception cref="JournalException">The record is damaged, out of its chain, or its length alone is what makes the file look cut off.</exception>
    public byte? Read(byte[] bytes, string segment, ref int position, out ReadOnlyMemory<byte> payload)
    {
        byte? type = Read(bytes.AsMemory(position), (segment, position), out payload);
        position += type is null ? 0 : JournalFormat.RecordHeaderBytes + payload.Length;
        return type;
    }

    /// <summary>Reads a record.</summary>
    /// <param name="bytes">From where it begins at least the longest possible record, or all that the file has.</param>
    /// <param name="place">Where that is, for messages.</param>
    /// <param name="payload">Where its content is.</param>
    /// <returns>Its type; null when the file ends within it, as a crash leaves it.</returns>
    /// <exception cref="JournalException">The record is damaged, out of its chain, or its length alone is what makes the file look cut off.</exception>
    public byte? Read(ReadOnlyMemory<byte> bytes, (string Segment, long Offset) place, out ReadOnlyMemory<byte> payload)
    {
        payload = default;
        ReadOnlySpan<byte> rest = bytes.Span;
        if (rest.Length < JournalFormat.RecordHeaderBytes)
        {
            return null;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        if (length is < 0 or > JournalFormat.MaxPayload)
        {
            throw Damage($"a record of {length} bytes is not possible");
        }

        int size = JournalFormat.RecordHeaderBytes + length;
        if (rest.Length < size)
        {
            return HoldsWholeRecord(rest) ? throw Damage("the length of a record reaches beyond the file, and whole records follow") : null;
        }

        ReadOnlySpan<byte> record = rest[..size];
        if (!HasItsChecksum(record))
        {
            throw Damage("the checksum of a record does not fit its bytes");
        }

        if (!record.Slice(10, JournalFormat.ChainBytes).SequenceEqual(_chain))
        {
            throw Damage("a record does not follow the one before: something was removed, inserted or reordered");
        }

        if (record[5] is < JournalFormat.OldestRecordVersion or > JournalFormat.RecordVersion)
        {
            throw Damage($"a record has version {record[5]}, this build reads versions {JournalFormat.OldestRecordVersion} to {JournalFormat.RecordVersion}");
        }

        JournalFormat.Digest(record, _chain);
        payload = bytes.Slice(JournalFormat.RecordHeaderBytes, length);
        return record[4];

        JournalException Damage(string what) => new(place.Segment, place.Offset, what);
    }

    /// <summary>Begins at the first file again.</summary>
    public void Restart() => Array.Clear(_chain);

    private static bool HasItsChecksum(ReadOnlySpan<byte> record) =>
        JournalFormat.Crc(JournalFormat.Crc(0, record[..6]), record[10..]) == BinaryPrimitives.ReadUInt32LittleEndian(record[6..]);

    // A damaged length looks like the end that a crash leaves, and what is dropped there is lost. A crash leaves nothing whole behind it:
    // neither later records nor the record itself with the length it had.
    private static bool HoldsWholeRecord(ReadOnlySpan<byte> rest)
    {
        byte[] repaired = rest.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(repaired, rest.Length - JournalFormat.RecordHeaderBytes);
        if (HasItsChecksum(repaired))
        {
            return true;
        }

        for (int start = 1; start <= rest.Length - JournalFormat.RecordHeaderBytes; start++)
        {
            ReadOnlySpan<byte> candidate = rest[start..];
            int length = BinaryPrimitives.ReadInt32LittleEndian(candidate);
            bool isPossible = candidate[5] is >= JournalFormat.OldestRecordVersion and <= JournalFormat.RecordVersion && length >= 0 && length <= candidate.Length - JournalFormat.RecordHeaderBytes;
            if (isPossible && HasItsChecksum(candidate[..(JournalFormat.RecordHeaderBytes + length)]))
            {
                return true;
            }
        }

        return false;
    }
}
