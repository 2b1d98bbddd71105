using System.Buffers.Binary;
using System.Security.Cryptography;
using Harrier.Domain;

namespace Harrier.Engine.Journal;

/// <summary>
/// A running SHA-256 chain over decisions: block n is hashed together with the digest of block n-1, so that the digest at
/// any moment depends on everything before it, and the chain can be saved and continued.
/// </summary>
public sealed class StateHash : IStateful
{
    private const int DigestSize = SHA256.HashSizeInBytes;
    private const int BlockSize = 4096;

    // The digest of all earlier blocks stands at the front of the block being filled.
    private readonly byte[] _block = new byte[DigestSize + BlockSize];
    private int _filled = DigestSize;

    /// <summary>Adds 8 bytes.</summary>
    public void Add(long value)
    {
        if (_filled + sizeof(long) > _block.Length)
        {
            Close(_block.AsSpan(0, DigestSize));
            _filled = DigestSize;
        }

        BinaryPrimitives.WriteInt64LittleEndian(_block.AsSpan(_filled), value);
        _filled += sizeof(long);
    }

    /// <summary>The digest of everything added so far, in lower-case hexadecimal; adding can go on.</summary>
    public string Current()
    {
        Span<byte> digest = stackalloc byte[DigestSize];
        Close(digest);
        return Convert.ToHexStringLower(digest);
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_filled);
        foreach (byte value in _block.AsSpan(0, _filled))
        {
            writer.Write(value);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        int filled = reader.ReadCount();
        if (filled < DigestSize || filled > _block.Length)
        {
            throw new InvalidDataException($"a saved hash chain holds {DigestSize} to {_block.Length} bytes, got {filled}");
        }

        for (int i = 0; i < filled; i++)
        {
            _block[i] = reader.ReadByte();
        }

        _filled = filled;
    }

    private void Close(Span<byte> digest) => SHA256.HashData(_block.AsSpan(0, _filled), digest);
}
