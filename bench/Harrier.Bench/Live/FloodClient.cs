using System.Net.Sockets;
using System.Text;

namespace Harrier.Bench.Live;

/// <summary>
/// Asks the same question at a pace over a few connections, whether it is answered or not: what is due goes out together. Where more than a second's worth is not answered yet, the rest is left out and counted.
/// </summary>
internal sealed class FloodClient : IDisposable
{
    private const int Connections = 32;
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(1);
    private static readonly byte[] Good = "HTTP/1.1 200"u8.ToArray();
    private static readonly byte[] Limited = "HTTP/1.1 429"u8.ToArray();

    private readonly TimeProvider _time;
    private readonly byte[] _question;
    private readonly Socket[] _sockets;
    private long _good;
    private long _limited;
    private long _sent;
    private long _left;

    /// <summary>Connects.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="address">What is asked for.</param>
    /// <param name="token">By what it is asked.</param>
    public FloodClient(TimeProvider time, Uri address, string token)
    {
        _time = time;
        _question = Encoding.ASCII.GetBytes($"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\n\r\n");
        _sockets = [.. Enumerable.Range(0, Connections).Select(static _ => new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true })];
        foreach (Socket socket in _sockets)
        {
            socket.Connect(address.Host, address.Port);
            _ = Task.Run(() => ReadAsync(socket));
        }
    }

    /// <summary>What was answered so far, what was refused because it was too much, and what was not asked because too much was not answered.</summary>
    public (long Good, long Limited, long LeftOut) Counts => (Interlocked.Read(ref _good), Interlocked.Read(ref _limited), Interlocked.Read(ref _left));

    /// <summary>Asks for a while.</summary>
    /// <param name="rate">Questions a second.</param>
    /// <param name="length">How long.</param>
    public void Run(int rate, TimeSpan length)
    {
        long began = _time.GetTimestamp();
        long done = 0;
        for (int turn = 0; _time.GetElapsedTime(began) < length; turn++)
        {
            long due = (long)(_time.GetElapsedTime(began).TotalSeconds * rate) - done;
            done += due;
            long open = _sent - Interlocked.Read(ref _good) - Interlocked.Read(ref _limited);
            if (open > rate)
            {
                Interlocked.Add(ref _left, due);
            }
            else if (due > 0)
            {
                Send(_sockets[turn % _sockets.Length], (int)due);
            }

            Task.Delay(Nap, _time).GetAwaiter().GetResult();
        }
    }

    public void Dispose() => Array.ForEach(_sockets, static socket => socket.Dispose());

    private void Send(Socket socket, int count)
    {
        byte[] together = new byte[_question.Length * count];
        for (int i = 0; i < count; i++)
        {
            _question.CopyTo(together, i * _question.Length);
        }

        socket.Send(together);
        _sent += count;
    }

    private async Task ReadAsync(Socket socket)
    {
        byte[] buffer = new byte[1 << 16];
        int kept = 0;
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory(kept)) is > 0 and int read)
            {
                int filled = kept + read;
                Interlocked.Add(ref _good, CountOf(buffer.AsSpan(0, filled), Good));
                Interlocked.Add(ref _limited, CountOf(buffer.AsSpan(0, filled), Limited));

                // The beginning of an answer may lie across two reads.
                kept = Math.Min(Good.Length - 1, filled);
                buffer.AsSpan(filled - kept, kept).CopyTo(buffer);
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The measurement is over.
        }
    }

    private static int CountOf(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> head)
    {
        int count = 0;
        for (int at; (at = bytes.IndexOf(head)) >= 0; count++)
        {
            bytes = bytes[(at + head.Length)..];
        }

        return count;
    }
}
