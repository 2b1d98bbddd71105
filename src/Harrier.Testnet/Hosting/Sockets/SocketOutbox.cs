using System.Buffers.Binary;

namespace Harrier.Testnet.Hosting.Sockets;

/// <summary>
/// The one way out of a socket: frames of all writers go into one bounded buffer, and a single pump writes whatever has gathered in one piece.
/// Adding never waits, so that a slow reader cannot hold up the exchange; a reader who falls behind by more than the bound is cut.
/// </summary>
/// <param name="maxBytes">Unsent bytes after which the reader counts as too slow.</param>
/// <param name="time">Clock for held back output.</param>
internal sealed class SocketOutbox(int maxBytes, TimeProvider time) : IDisposable
{
    private const int LongestHeader = 10;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _signal = new(0, 1);
    private byte[] _filling = new byte[4096];
    private byte[] _writing = new byte[4096];
    private int _length;
    private bool _isSignaled;
    private bool _isClosed;
    private long _heldUntil;

    /// <summary>The reader was too slow: the output ended before its end.</summary>
    public bool IsOverrun { get; private set; }

    /// <summary>Bytes of the frame around a text of so many bytes.</summary>
    public static int HeaderLength(int payload) => payload < 126 ? 2 : payload <= ushort.MaxValue ? 4 : LongestHeader;

    /// <summary>Writes the header of an unmasked, final text frame.</summary>
    /// <returns>Bytes written.</returns>
    public static int WriteHeader(Span<byte> target, int payload)
    {
        target[0] = 0x81;
        switch (HeaderLength(payload))
        {
            case 2:
                target[1] = (byte)payload;
                return 2;
            case 4:
                target[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(target[2..], (ushort)payload);
                return 4;
            default:
                target[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(target[2..], (ulong)payload);
                return LongestHeader;
        }
    }

    /// <summary>Adds bytes that are frames already.</summary>
    /// <returns>Whether the output is still open.</returns>
    public bool Append(ReadOnlySpan<byte> frames)
    {
        lock (_gate)
        {
            Span<byte> room = Reserve(frames.Length);
            if (_isClosed)
            {
                return false;
            }

            frames.CopyTo(room);
            return true;
        }
    }

    /// <summary>Adds a text as one frame.</summary>
    /// <returns>Whether the output is still open.</returns>
    public bool AppendText(ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            Span<byte> room = Reserve(HeaderLength(payload.Length) + payload.Length);
            if (_isClosed)
            {
                return false;
            }

            payload.CopyTo(room[WriteHeader(room, payload.Length)..]);
            return true;
        }
    }

    /// <summary>Keeps everything not yet written, and all that follows, for at least this long.</summary>
    public void HoldBack(TimeSpan span)
    {
        lock (_gate)
        {
            _heldUntil = Math.Max(_heldUntil, time.GetTimestamp() + (long)(span.TotalSeconds * time.TimestampFrequency));
        }
    }

    /// <summary>Takes no more; the pump ends after what it has.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                _isClosed = true;
                Signal();
            }
        }
    }

    /// <summary>Writes until closed, overrun, or the transport fails.</summary>
    public async Task PumpAsync(Stream transport, CancellationToken stop)
    {
        while (await TakeAsync(stop) is { } batch)
        {
            await transport.WriteAsync(batch, stop);
            await transport.FlushAsync(stop);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();

    private async ValueTask<ReadOnlyMemory<byte>?> TakeAsync(CancellationToken stop)
    {
        while (true)
        {
            await _signal.WaitAsync(stop);
            TimeSpan hold = Hold();
            if (hold > TimeSpan.Zero)
            {
                await Task.Delay(hold, time, stop);
            }

            lock (_gate)
            {
                _isSignaled = false;
                if (IsOverrun || (_isClosed && _length == 0))
                {
                    return null;
                }

                if (_length > 0)
                {
                    (_filling, _writing) = (_writing, _filling);
                    ReadOnlyMemory<byte> batch = _writing.AsMemory(0, _length);
                    _length = 0;
                    if (_isClosed)
                    {
                        Signal();
                    }

                    return batch;
                }
            }
        }
    }

    private TimeSpan Hold()
    {
        lock (_gate)
        {
            long wait = _heldUntil - time.GetTimestamp();
            return wait <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)wait / time.TimestampFrequency);
        }
    }

    private Span<byte> Reserve(int bytes)
    {
        if (_isClosed)
        {
            return [];
        }

        if (_length + bytes > maxBytes)
        {
            IsOverrun = true;
            _isClosed = true;
            Signal();
            return [];
        }

        if (_length + bytes > _filling.Length)
        {
            Array.Resize(ref _filling, Math.Max(_length + bytes, _filling.Length * 2));
        }

        Span<byte> room = _filling.AsSpan(_length, bytes);
        _length += bytes;
        Signal();
        return room;
    }

    private void Signal()
    {
        if (!_isSignaled)
        {
            _isSignaled = true;
            _ = _signal.Release();
        }
    }
}
