using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Harrier.Testnet.Keeping;

/// <summary>
/// A file of frames: length, checksum, content. A frame counts once it is whole, so that whatever a kill leaves is what was there before or after a frame. What is appended is
/// with the operating system when the call returns; only <see cref="Publish"/> takes it to the disk.
/// </summary>
internal sealed class KeptFile : IDisposable
{
    private const int HeadLength = sizeof(int) + sizeof(ulong);
    private const int LargestFrame = 1 << 28;

    private readonly SafeFileHandle _handle;
    private byte[] _frame = new byte[1024];
    private string _path;

    private KeptFile(string path)
    {
        _path = path;
        _handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read | FileShare.Delete);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    /// <summary>Bytes of whole frames.</summary>
    public long Length { get; private set; }

    /// <summary>Begins a file, in place of one that is there.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static KeptFile Create(string path) => new(path);

    /// <summary>The contents of the whole frames of a file; a last one that was cut off is left out.</summary>
    /// <exception cref="InvalidDataException">Something before the end is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(string path)
    {
        ReadOnlyMemory<byte> bytes = File.ReadAllBytes(path);
        List<ReadOnlyMemory<byte>> frames = [];
        int at = 0;
        while (bytes.Length - at >= HeadLength)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[at..]);
            if (length is <= 0 or > LargestFrame)
            {
                throw new InvalidDataException($"{path}: damaged at byte {at}");
            }

            if (bytes.Length - at - HeadLength < length)
            {
                break;
            }

            ReadOnlyMemory<byte> content = bytes.Slice(at + HeadLength, length);
            if (BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span[(at + sizeof(int))..]) != Checksum(content.Span))
            {
                throw new InvalidDataException($"{path}: damaged at byte {at}");
            }

            frames.Add(content);
            at += HeadLength + length;
        }

        return frames;
    }

    /// <summary>Appends a frame.</summary>
    /// <exception cref="IOException">It could not be written whole; then it does not count, and the next one takes its place.</exception>
    public void Append(ReadOnlySpan<byte> content)
    {
        int length = HeadLength + content.Length;
        if (_frame.Length < length)
        {
            _frame = new byte[Math.Max(length, _frame.Length * 2)];
        }

        BinaryPrimitives.WriteInt32LittleEndian(_frame, content.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(_frame.AsSpan(sizeof(int)), Checksum(content));
        content.CopyTo(_frame.AsSpan(HeadLength));
        RandomAccess.Write(_handle, _frame.AsSpan(0, length), Length);
        Length += length;
    }

    /// <summary>Takes what was written to the disk, and the file to its place: there is the one before or this one, whole.</summary>
    /// <exception cref="IOException">That failed; the one before is still there.</exception>
    public void Publish(string path)
    {
        RandomAccess.FlushToDisk(_handle);
        File.Move(_path, path, overwrite: true);
        _path = path;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static ulong Checksum(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(content, hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
