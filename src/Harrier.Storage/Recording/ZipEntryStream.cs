using System.IO.Compression;

namespace Harrier.Storage.Recording;

/// <summary>Reads the entries of a zip file one after the other, as one text.</summary>
internal sealed class ZipEntryStream : Stream
{
    private readonly ZipArchive _archive;
    private int _entry = -1;
    private Stream _current = Null;

    /// <summary>Takes the file and owns it.</summary>
    /// <exception cref="InvalidDataException">It is no zip file.</exception>
    public ZipEntryStream(Stream file) => _archive = new ZipArchive(file, ZipArchiveMode.Read);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            int count = _current.Read(buffer);
            if (count > 0 || buffer.Length == 0)
            {
                return count;
            }

            _current.Dispose();
            _current = Null;
            if (++_entry >= _archive.Entries.Count)
            {
                return 0;
            }

            _current = _archive.Entries[_entry].Open();
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _current.Dispose();
            _archive.Dispose();
        }

        base.Dispose(disposing);
    }
}
