using System.Threading.Channels;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Tests.Transport;

/// <summary>A socket whose server is the test.</summary>
internal sealed class FakeSocket(Uri address) : ISocket
{
    private readonly Channel<Action<IFrameSink>> _incoming = Channel.CreateUnbounded<Action<IFrameSink>>();
    private readonly List<(FrameKind Kind, byte[] Payload)> _sent = [];
    private int _posted;
    private int _delivered;

    public Uri Address { get; } = address;

    public bool IsDisposed { get; private set; }

    /// <summary>Answers pings with pongs by itself.</summary>
    public bool AnswersPings { get; set; } = true;

    /// <summary>True when the reader has taken all that the server sent.</summary>
    public bool HasDelivered => Volatile.Read(ref _delivered) == Volatile.Read(ref _posted);

    public IReadOnlyList<(FrameKind Kind, byte[] Payload)> Sent
    {
        get
        {
            lock (_sent)
            {
                return [.. _sent];
            }
        }
    }

    public IEnumerable<string> SentTexts => Sent.Where(one => one.Kind == FrameKind.Text).Select(one => System.Text.Encoding.UTF8.GetString(one.Payload));

    public void Push(string text) => Post(sink => sink.OnMessage(System.Text.Encoding.UTF8.GetBytes(text)));

    public void Ping(byte[] payload) => Post(sink => sink.OnPing(payload));

    public void Close(int code, string reason)
    {
        Post(sink => sink.OnClose(code, reason));
        Cut();
    }

    /// <summary>Ends the stream without a close frame.</summary>
    public void Cut() => _incoming.Writer.TryComplete();

    public void Break(Exception fault) => _incoming.Writer.TryComplete(fault);

    public async ValueTask<bool> ReceiveAsync(IFrameSink sink, CancellationToken cancel)
    {
        if (!await _incoming.Reader.WaitToReadAsync(cancel))
        {
            return false;
        }

        sink.BeginRead();
        try
        {
            while (_incoming.Reader.TryRead(out Action<IFrameSink>? action))
            {
                action(sink);
                Interlocked.Increment(ref _delivered);
            }
        }
        finally
        {
            sink.EndRead();
        }

        return true;
    }

    public ValueTask SendAsync(FrameKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancel)
    {
        byte[] copy = payload.ToArray();
        lock (_sent)
        {
            _sent.Add((kind, copy));
        }

        if (kind == FrameKind.Ping && AnswersPings)
        {
            Post(sink => sink.OnPong(copy));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private void Post(Action<IFrameSink> action)
    {
        Interlocked.Increment(ref _posted);
        _incoming.Writer.TryWrite(action);
    }
}

/// <summary>Opens <see cref="FakeSocket"/>s, or refuses to.</summary>
internal sealed class FakeSocketFactory : ISocketFactory
{
    private readonly List<FakeSocket> _sockets = [];
    private int _attempts;

    public bool Refuses { get; set; }

    public bool AnswersPings { get; set; } = true;

    public int Attempts => Volatile.Read(ref _attempts);

    public IReadOnlyList<FakeSocket> Sockets
    {
        get
        {
            lock (_sockets)
            {
                return [.. _sockets];
            }
        }
    }

    public FakeSocket Last => Sockets[^1];

    public ValueTask<ISocket> ConnectAsync(Uri address, int maxMessageBytes, CancellationToken cancel)
    {
        Interlocked.Increment(ref _attempts);
        if (Refuses)
        {
            throw new IOException("refused by the test");
        }

        FakeSocket socket = new(address) { AnswersPings = AnswersPings };
        lock (_sockets)
        {
            _sockets.Add(socket);
        }

        return ValueTask.FromResult<ISocket>(socket);
    }
}
