using Harrier.Domain;

namespace Harrier.Storage.Recording;

/// <summary>Writes one segment. After a failure it takes nothing more; what it wrote before stays readable.</summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly FileStream _file;
    private readonly List<BlockPlace> _places = [];
    private long _good;

    /// <summary>Makes the file.</summary>
    /// <exception cref="IOException">It exists already, or cannot be written.</exception>
    public SegmentWriter(string path, RecordingHeader header)
    {
        Path = path;

        // Blocks are written whole: a buffer would only keep them longer from those who read along.
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        Started = header.Start;
        try
        {
            Write(SegmentFormat.WriteHeader(header));
        }
        catch (IOException)
        {
            // A full disk is tried again and again, and each try would leave an empty file.
            _file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>When it began.</summary>
    public Timestamp Started { get; }

    /// <summary>Bytes so far.</summary>
    public long Bytes => _good;

    /// <summary>Writes the records that a builder holds; they stay there.</summary>
    /// <exception cref="IOException">The disk refused; the block is not in the file.</exception>
    public void Write(BlockBuilder block)
    {
        long offset = _good;
        Write(block.Build(out BlockHeader header));
        _places.Add(new BlockPlace(offset, header.First, header.Last, header.Records));
    }

    /// <summary>Waits until the disk has it.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Sync() => _file.Flush(flushToDisk: true);

    /// <summary>Writes the index, waits until the disk has all of it, and closes.</summary>
    /// <exception cref="IOException">The disk refused; the file is readable up to here.</exception>
    public void Close()
    {
        Write(SegmentFormat.WriteIndex(_places));
        Sync();
        _file.Dispose();
    }

    /// <summary>Closes without an index, as after a failure.</summary>
    public void Dispose() => _file.Dispose();

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _file.Write(bytes);
            _good += bytes.Length;
        }
        catch (IOException)
        {
            CutOff();
            throw;
        }
    }

    // Half a block would only have to be cut off by every reader.
    private void CutOff()
    {
        try
        {
            _file.SetLength(_good);
        }
        catch (IOException)
        {
            // A disk that cannot be written may refuse this as well; readers cut it off.
        }
    }
}
