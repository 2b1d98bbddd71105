using Microsoft.AspNetCore.Http.Features;

namespace Harrier.Api.Live;

/// <summary>
/// The connection of a WebSocket, on which whole frames are written by two: by the framework, which answers pings and closes, and by us, many frames in one write. One write after the other; the framework writes a frame
/// with each.
/// </summary>
/// <param name="connection">The connection.</param>
internal sealed class FrameStream(Stream connection) : Stream
{
    private readonly SemaphoreSlim _oneWriter = new(1, 1);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _oneWriter.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await connection.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _oneWriter.Release();
        }
    }

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => connection.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => connection.ReadAsync(buffer, offset, count, cancellationToken);

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => connection.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            connection.Dispose();
            _oneWriter.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>Hands out the connection of an upgrade with frames of two writers on it.</summary>
/// <param name="upgrade">The upgrade of the server.</param>
internal sealed class FramedUpgrade(IHttpUpgradeFeature upgrade) : IHttpUpgradeFeature
{
    /// <summary>The connection; null before the upgrade.</summary>
    public FrameStream? Frames { get; private set; }

    /// <inheritdoc/>
    public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

    /// <inheritdoc/>
    public async Task<Stream> UpgradeAsync() => Frames = new FrameStream(await upgrade.UpgradeAsync().ConfigureAwait(false));
}
