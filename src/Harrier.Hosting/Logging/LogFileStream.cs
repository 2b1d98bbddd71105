namespace Harrier.Hosting.Logging;

/// <summary>A file of the log that may fail without anybody else failing: what a full or lost disk does not take is gone, counted, and the next entry is tried again.</summary>
/// <param name="file">The file; disposed of with this.</param>
/// <param name="failed">Told of each write that failed.</param>
internal sealed class LogFileStream(Stream file, Action failed) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => file.CanSeek;

    public override bool CanWrite => true;

    public override long Length => file.Length;

    public override long Position
    {
        get => file.Position;
        set => file.Position = value;
    }

    public override void Flush() => Try(file.Flush);

    public override void Write(byte[] buffer, int offset, int count) => Try(() => file.Write(buffer, offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            file.Write(buffer);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            failed();
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Try(file.Dispose);
        }

        base.Dispose(disposing);
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            failed();
        }
    }
}
