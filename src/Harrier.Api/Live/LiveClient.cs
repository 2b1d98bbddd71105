using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;

namespace Harrier.Api.Live;

/// <summary>What a client may ask over its socket, and who answers.</summary>
/// <param name="Greeting">Sent first; null for nothing.</param>
/// <param name="Answer">Answers a message: an encoded object.</param>
internal sealed record LiveProtocol(ReadOnlyMemory<byte>? Greeting, Func<JsonElement, Task<ReadOnlyMemory<byte>>> Answer);

/// <summary>
/// One connected client. It reads from its stream's ring at its own pace; the publisher never waits for it. One that falls so far behind that messages are lost to it, or that does not take a message in
/// time, is let go.
/// </summary>
internal sealed class LiveClient : IDisposable
{
    private const int LargestMessage = 1 << 16;
    private const int LargestBatch = 1 << 15;
    private const int MostAnswersWaiting = 16;
    private const int MostMessagesPerSecond = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly WebSocket _socket;
    private readonly FrameStream _frames;
    private readonly LiveStream _stream;
    private readonly LiveProtocol _protocol;
    private readonly TimeProvider _time;
    private readonly LiveAccess _access;
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly Channel<ReadOnlyMemory<byte>> _answers = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(MostAnswersWaiting) { SingleReader = true });
    private readonly CancellationTokenSource _ends;
    private readonly byte[] _batch = new byte[LargestBatch];
    private int _isAwake = 1;
    private int _mustLook;
    private long _position;
    private long _lookedAt = TimeProvider.System.GetTimestamp();

    public LiveClient((WebSocket Socket, FrameStream Frames) connection, LiveStream stream, LiveProtocol protocol, (TimeProvider Time, LiveAccess Access) surroundings, CancellationToken gone)
    {
        (_socket, _frames) = connection;
        (_stream, _protocol) = (stream, protocol);
        (_time, _access) = surroundings;
        _ends = CancellationTokenSource.CreateLinkedTokenSource(gone);
    }

    /// <summary>There may be something to send.</summary>
    public void Wake()
    {
        // Most are awake where much is told: for them it costs a look.
        if (Volatile.Read(ref _isAwake) == 0 && Interlocked.Exchange(ref _isAwake, 1) == 0)
        {
            _wake.Writer.TryWrite(true);
        }
    }

    /// <summary>What it may do may have changed: it looks at once.</summary>
    public void Recheck()
    {
        Volatile.Write(ref _mustLook, 1);
        Wake();
    }

    /// <summary>Serves it until one side ends.</summary>
    /// <param name="after">Number of the last message it has seen; null for what is new from here on, after how things stand.</param>
    public async Task RunAsync(long? after)
    {
        Task hearing = HearAsync();
        try
        {
            await GreetAsync(after).ConfigureAwait(false);
            await SpeakAsync().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException or TimeoutException)
        {
            // It went away, or did not take a message in time.
        }
        finally
        {
            _stream.Remove(this);
            if (_socket.State == WebSocketState.CloseSent)
            {
                // It was told why, and gets a moment to read it before the connection is gone.
                await hearing.WaitAsync(Courtesy, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await _ends.CancelAsync().ConfigureAwait(false);
            await hearing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await FarewellAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ends.Dispose();

    private async Task GreetAsync(long? after)
    {
        // It listens before it is greeted: who was greeted misses nothing from then on.
        _stream.Add(this);
        (IReadOnlyList<LiveMessage> standing, _position) = _stream.Snapshot();
        if (_protocol.Greeting is { } greeting)
        {
            await SendAsync(greeting).ConfigureAwait(false);
        }

        if (after is { } seen)
        {
            await ResumeAsync(seen).ConfigureAwait(false);
            return;
        }

        foreach (LiveMessage message in standing)
        {
            await SendAsync(message.Utf8).ConfigureAwait(false);
        }
    }

    private async Task ResumeAsync(long seen)
    {
        List<LiveMessage> missed = [];
        if (seen <= _position && seen >= _stream.First - 1 && _stream.TryTake(seen, missed))
        {
            _position = seen;
            return;
        }

        await SendAsync(LiveJson.Encode(json =>
        {
            json.WriteString("type", "GAP");
            json.WriteStartObject("data");
            json.WriteNumber("after", seen);
            json.WriteNumber("before", _position + 1);
            json.WriteEndObject();
        })).ConfigureAwait(false);
    }

    private async Task SpeakAsync()
    {
        List<LiveMessage> next = [];
        while (true)
        {
            while (_answers.Reader.TryRead(out ReadOnlyMemory<byte> answer))
            {
                await SendAsync(answer).ConfigureAwait(false);
            }

            if (!IsStillAllowed())
            {
                await CloseAsync(WebSocketCloseStatus.PolicyViolation, "what let you in has ended").ConfigureAwait(false);
                return;
            }

            next.Clear();
            if (!_stream.TryTake(_position, next))
            {
                await CloseAsync((WebSocketCloseStatus)1013, $"too slow: resume with after={_position}").ConfigureAwait(false);
                return;
            }

            await SendAsync(next).ConfigureAwait(false);
            if (next.Count == 0 && !Sleeps())
            {
                continue;
            }

            if (next.Count == 0)
            {
                await _wake.Reader.ReadAsync(_ends.Token).ConfigureAwait(false);
            }
        }
    }

    private async Task HearAsync()
    {
        byte[] buffer = new byte[LargestMessage];
        (long second, int heard) = (0, 0);
        try
        {
            while (true)
            {
                int length = await ReceiveAsync(buffer).ConfigureAwait(false);
                long now = _time.GetUtcNow().ToUnixTimeSeconds();
                (second, heard) = now == second ? (second, heard + 1) : (now, 1);
                if (length < 0 || heard > MostMessagesPerSecond)
                {
                    break;
                }

                await _answers.Writer.WriteAsync(await AnswerAsync(buffer.AsMemory(0, length)).ConfigureAwait(false), _ends.Token).ConfigureAwait(false);
                Wake();
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException)
        {
            // It went away.
        }

        await _ends.CancelAsync().ConfigureAwait(false);
    }

    // The length of the next message; below 0 for the end, and for one that is too long or no text.
    private async Task<int> ReceiveAsync(byte[] buffer)
    {
        int length = 0;
        while (length < buffer.Length)
        {
            ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(length), _ends.Token).ConfigureAwait(false);
            if (part.MessageType != WebSocketMessageType.Text)
            {
                return -1;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return length;
            }
        }

        return -1;
    }

    private async Task<ReadOnlyMemory<byte>> AnswerAsync(ReadOnlyMemory<byte> message)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(message);
            return await _protocol.Answer(document.RootElement).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            return LiveProtocols.Error("Invalid JSON");
        }
    }

    // Whoever tells something between the last look and the sleep finds it awake: then it looks once more.
    private bool Sleeps()
    {
        Interlocked.Exchange(ref _isAwake, 0);
        return (_stream.Last == _position && _answers.Reader.Count == 0) || Interlocked.Exchange(ref _isAwake, 1) == 1;
    }

    // Frames that wait go onto the connection together: a write costs as much as copying many of them.
    private async ValueTask SendAsync(List<LiveMessage> messages)
    {
        for (int i = 0; i < messages.Count;)
        {
            int filled = 0;
            int first = i;
            for (; i < messages.Count && (filled == 0 || filled + messages[i].Frame.Length <= _batch.Length); i++)
            {
                if (messages[i].Frame.Length <= _batch.Length)
                {
                    messages[i].Frame.Span.CopyTo(_batch.AsSpan(filled));
                }

                filled += messages[i].Frame.Length;
            }

            ReadOnlyMemory<byte> frames = i - first == 1 ? messages[first].Frame : _batch.AsMemory(0, filled);
            ValueTask sent = _frames.WriteAsync(frames, _ends.Token);
            await (sent.IsCompletedSuccessfully ? sent : new ValueTask(sent.AsTask().WaitAsync(Patience, TimeProvider.System, _ends.Token))).ConfigureAwait(false);
            _position = messages[i - 1].Number;
        }
    }

    // Nearly always the bytes go into the socket's buffer at once; only where they do not is a clock needed.
    private ValueTask SendAsync(ReadOnlyMemory<byte> message)
    {
        ValueTask sent = _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, _ends.Token);
        return sent.IsCompletedSuccessfully ? sent : new ValueTask(sent.AsTask().WaitAsync(Patience, TimeProvider.System, _ends.Token));
    }

    private async Task CloseAsync(WebSocketCloseStatus status, string why)
    {
        using CancellationTokenSource late = new(Patience, TimeProvider.System);
        await _socket.CloseOutputAsync(status, why, late.Token).ConfigureAwait(false);
    }

    private async Task FarewellAsync()
    {
        try
        {
            if (_socket.State == WebSocketState.CloseReceived)
            {
                await CloseAsync(WebSocketCloseStatus.NormalClosure, "").ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or IOException)
        {
            // It did not wait for the answer.
        }

        _socket.Abort();
    }

    private bool IsStillAllowed()
    {
        if (Interlocked.Exchange(ref _mustLook, 0) == 1 || TimeProvider.System.GetElapsedTime(_lookedAt) >= LookEvery)
        {
            _lookedAt = TimeProvider.System.GetTimestamp();
            return _access.Role is not null;
        }

        return true;
    }
}
