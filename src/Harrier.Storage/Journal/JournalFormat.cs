using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Harrier.Domain;

namespace Harrier.Storage.Journal;

/// <summary>What a record of a journal segment is.</summary>
public enum JournalRecordType : byte
{
    /// <summary>An input: a bar.</summary>
    Bar = 1,

    /// <summary>An input: a market event.</summary>
    Market = 2,

    /// <summary>An input: a venue's report.</summary>
    Execution = 3,

    /// <summary>An input: money in or out.</summary>
    Account = 4,

    /// <summary>An input: a feed fault.</summary>
    FeedFault = 5,

    /// <summary>An input: an operator's command.</summary>
    Operator = 6,

    /// <summary>An input: a heartbeat.</summary>
    Heartbeat = 7,

    /// <summary>An input: a step of a conversion.</summary>
    Conversion = 8,

    /// <summary>A decision: an order was sent.</summary>
    Submitted = 65,

    /// <summary>A decision: a cancellation was sent.</summary>
    Cancel = 66,

    /// <summary>A decision: the risk gate refused.</summary>
    Denied = 67,

    /// <summary>A decision: a strategy failed.</summary>
    Failure = 68,
}

/// <summary>
/// The layout of a segment file: a header (magic, schema version, build, configuration hash, digest that ended the segment before,
/// instrument table with revisions), then records of {length, type, version, CRC-32C, hash of the record before, payload}, little-endian.
/// The hash is XXH128, and in records of version 1 the first 16 bytes of SHA-256: it finds damage, loss and disorder, and it is paid with each input, twice at a restart.
/// The header counts as record 0 of the chain.
/// </summary>
internal static class JournalFormat
{
    public const int Magic = 0x314A5248;
    public const int SchemaVersion = 6;

    /// <summary>The oldest schema whose records are read as those of <see cref="SchemaVersion"/>: schema 6 added orders by hand, and changed nothing else.</summary>
    public const int OldestSchema = 5;
    public const byte RecordVersion = 2;

    /// <summary>Records whose hash for the next one is of SHA-256; they are read, and no longer written.</summary>
    public const byte OldestRecordVersion = 1;
    public const int ChainBytes = 16;

    /// <summary>Length, type, version, CRC, chain.</summary>
    public const int RecordHeaderBytes = 4 + 1 + 1 + 4 + ChainBytes;

    /// <summary>Longest payload; a larger length in a file is damage.</summary>
    public const int MaxPayload = 1 << 20;

    /// <summary>CRC-32C (Castagnoli) of some bytes, continuing from a value.</summary>
    public static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return crc;
    }

    /// <summary>The hash of a record, which the next one holds.</summary>
    /// <param name="record">The whole record; its version says how it is hashed.</param>
    /// <param name="chain">Takes <see cref="ChainBytes"/> bytes.</param>
    public static void Digest(ReadOnlySpan<byte> record, Span<byte> chain)
    {
        if (record[5] != OldestRecordVersion)
        {
            XxHash128.Hash(record, chain);
            return;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(record, hash);
        hash[..ChainBytes].CopyTo(chain);
    }

    public static void WriteInstrument(ref StateWriter writer, InstrumentDefinition definition)
    {
        writer.Write(definition.Venue.Name);
        writer.Write(definition.Symbol);
        writer.Write((byte)definition.Kind);
        writer.Write(definition.Base.Code);
        writer.Write(definition.Quote.Code);
        writer.Write(definition.TickSize);
        writer.Write(definition.LotSize);
        writer.Write(definition.MinQuantity);
        writer.Write(definition.MaxQuantity);
        writer.Write(definition.MinNotional);
        writer.Write(definition.MaintenanceMarginRate);
        writer.Write(definition.Revision);
    }

    public static InstrumentDefinition ReadInstrument(ref StateReader reader) => new()
    {
        Venue = new VenueId(reader.ReadString()),
        Symbol = reader.ReadString(),
        Kind = (InstrumentKind)reader.ReadByte(),
        Base = new Asset(reader.ReadString()),
        Quote = new Asset(reader.ReadString()),
        TickSize = reader.ReadDecimal(),
        LotSize = reader.ReadDecimal(),
        MinQuantity = reader.ReadDecimal(),
        MaxQuantity = reader.ReadDecimal(),
        MinNotional = reader.ReadDecimal(),
        MaintenanceMarginRate = reader.ReadDecimal(),
        Revision = reader.ReadInt32(),
    };
}
