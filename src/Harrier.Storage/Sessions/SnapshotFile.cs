using System.Buffers;
using System.Security.Cryptography;
using Harrier.Domain;
using Harrier.Storage.Market.Files;

namespace Harrier.Storage.Sessions;

/// <summary>A saved state in a file that is there whole or not at all.</summary>
public static class SnapshotFile
{
    private const int Magic = 0x504E5348;
    private const int Version = 1;

    /// <summary>Writes a state and brings it to disk.</summary>
    /// <param name="path">The file.</param>
    /// <param name="configHash">Hash of what the state belongs to; it can be restored into nothing else.</param>
    /// <param name="state">The state.</param>
    /// <exception cref="IOException">It could not be written; a file that was there stays.</exception>
    public static void Write(string path, string configHash, ReadOnlySpan<byte> state)
    {
        ArrayBufferWriter<byte> buffer = new(state.Length + 256);
        StateWriter writer = new(buffer);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(configHash);
        writer.Write(state.Length);
        buffer.Write(state);
        byte[] content = [.. buffer.WrittenSpan, .. SHA256.HashData(buffer.WrittenSpan)];
        DurableFile.Write(path, file => file.Write(content));
    }

    /// <summary>Reads a state back.</summary>
    /// <param name="path">The file.</param>
    /// <param name="configHash">Hash of what the state must belong to.</param>
    /// <exception cref="InvalidDataException">The file is damaged, of another version, or belongs to something else.</exception>
    public static byte[] Read(string path, string configHash)
    {
        byte[] content = File.ReadAllBytes(path);
        int length = content.Length - SHA256.HashSizeInBytes;
        if (length < 0 || !SHA256.HashData(content.AsSpan(0, length)).AsSpan().SequenceEqual(content.AsSpan(length)))
        {
            throw new InvalidDataException($"{path}: the checksum does not fit its bytes");
        }

        StateReader reader = new(content.AsSpan(0, length));
        if (reader.ReadInt32() != Magic || reader.ReadInt32() is not Version)
        {
            throw new InvalidDataException($"{path}: not a snapshot of version {Version}");
        }

        string owner = reader.ReadString();
        if (owner != configHash)
        {
            throw new InvalidDataException($"{path}: saved with other settings or instruments ({owner[..8]}, now {configHash[..8]}); a state can only be continued by what made it");
        }

        int size = reader.ReadInt32();
        return content.AsSpan(length - size, size).ToArray();
    }
}
