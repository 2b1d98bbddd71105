using System.Text;
using Harrier.Domain;
using Microsoft.Extensions.Logging;

namespace Harrier.Exchanges.Transport;

/// <summary>
/// The topics of one connection. Each may have several callbacks, of which one that fails does not hurt the others; all are subscribed again
/// on each new session; each is watched by the rate at which it is expected.
/// </summary>
public sealed class StreamSubscriptions : IConnectionHandler
{
    private readonly ISubscriptionDialect _dialect;
    private readonly StreamSubscriptionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly List<SubscriptionSession> _sessions = [];
    private TopicTable _table = TopicTable.Empty;
    private long _requests;
    private long _unknownFrames;
    private bool _wasLost = true;

    /// <summary>Makes it without topics.</summary>
    public StreamSubscriptions(ISubscriptionDialect dialect, StreamSubscriptionOptions options, TimeProvider time, ILogger logger)
    {
        _dialect = dialect;
        _options = options;
        _time = time;
        _logger = logger;
    }

    /// <summary>Callbacks per topic.</summary>
    public IReadOnlyDictionary<string, int> ActiveSubscriptions =>
        _table.Entries.ToDictionary(entry => entry.Topic.Name, entry => entry.Callbacks.Length, StringComparer.Ordinal);

    /// <summary>Every topic at this moment.</summary>
    public IReadOnlyList<TopicStatus> Topics => [.. _table.Entries.Select(entry => entry.Status)];

    /// <summary>Frames that were neither data of a topic nor an answer.</summary>
    public long UnknownFrames => Volatile.Read(ref _unknownFrames);

    /// <summary>Adds a callback to a topic and asks the venue for it when it is the first.</summary>
    /// <returns>Removes the callback when disposed; with the last one the topic ends.</returns>
    public IDisposable Subscribe(Topic topic, TopicCallback callback) => Subscribe([(topic, callback)]);

    /// <summary>As <see cref="Subscribe(Topic, TopicCallback)"/> for many topics, in as few messages as the venue allows.</summary>
    public IDisposable Subscribe(IReadOnlyList<(Topic Topic, TopicCallback Callback)> wanted)
    {
        lock (_gate)
        {
            List<TopicEntry> added = [];
            foreach ((Topic topic, TopicCallback callback) in wanted)
            {
                TopicEntry? entry = _table.Find(topic.Name) ?? added.Find(other => other.Topic.Name == topic.Name);
                if (entry is null)
                {
                    entry = new TopicEntry(topic, Encoding.UTF8.GetBytes(topic.Name));
                    entry.Expect(Now());
                    added.Add(entry);
                }

                entry.Add(callback);
            }

            if (added.Count > 0)
            {
                _table = _table.With(added);
                Request([.. added.Select(entry => entry.Topic.Name)], isSubscribe: true);
            }
        }

        return new Subscription(this, wanted);
    }

    /// <summary>Subscribes a topic again on every open session, where venues answer that with a snapshot. A topic that nobody wants is passed over.</summary>
    public void Renew(string topic)
    {
        lock (_gate)
        {
            if (_table.Find(topic) is not null)
            {
                Request([topic], isSubscribe: false);
                Request([topic], isSubscribe: true);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask OnConnectedAsync(ISocketSender sender)
    {
        SubscriptionSession session = new(sender, _dialect, Now());
        bool wasLost;
        lock (_gate)
        {
            wasLost = _wasLost;
            _wasLost = false;
            _sessions.Add(session);
            foreach (TopicEntry entry in _table.Entries)
            {
                entry.Expect(session.Opened);
            }

            session.Enqueue([.. _table.Entries.Select(entry => entry.Topic.Name)], isSubscribe: true);
        }

        await session.FlushAsync(NextRequest, _time).ConfigureAwait(false);

        // Not before: a snapshot older than the subscription would have a hole behind it.
        if (wasLost)
        {
            _options.OnOpened();
        }
    }

    /// <inheritdoc/>
    public void OnFrame(ReadOnlySpan<byte> utf8, Timestamp received) => throw new NotSupportedException("the session of a frame must be known");

    /// <inheritdoc/>
    public void OnFrame(ISocketSender from, ReadOnlySpan<byte> utf8, Timestamp received)
    {
        FrameRoute route = _dialect.Route(utf8);
        if (route.Kind == FrameRouteKind.Data && _table.Find(route.Topic) is { } entry)
        {
            entry.Received(from.Session, received);
            Deliver(entry, route.Payload, received);
            return;
        }

        switch (route.Kind)
        {
            case FrameRouteKind.Accepted:
                Find(from)?.Accept(route.Request);
                break;
            case FrameRouteKind.Refused:
                Refuse(from, route.Request, utf8);
                break;
            case FrameRouteKind.Shutdown:
                from.RequestReplacement();
                break;
            default:
                _unknownFrames++;
                break;
        }
    }

    /// <inheritdoc/>
    public bool IsCaughtUp(ISocketSender newer)
    {
        if (Find(newer) is not { IsIdle: true } session)
        {
            return false;
        }

        foreach (TopicEntry entry in _table.Entries)
        {
            if (entry.LastMessage is { } last && last > session.Opened && entry.LastSession < newer.Session)
            {
                return false;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void OnTick(ISocketSender sender, Timestamp now)
    {
        _options.OnTick(now);
        if (Find(sender) is not { } session)
        {
            return;
        }

        if (session.OldestUnanswered(_time) > _options.AnswerTimeout)
        {
            sender.End(new DisconnectReason(DisconnectKind.Silent, DisconnectReason.Abnormal, "a subscription request was not answered"));
            return;
        }

        foreach (TopicEntry entry in _table.Entries)
        {
            if (entry.TooLongSilent(now, _options) is { } silence)
            {
                Revive(sender, entry, silence, now);
            }
        }
    }

    /// <inheritdoc/>
    public void OnDisconnected(DisconnectReason reason)
    {
        lock (_gate)
        {
            _sessions.Clear();
            _wasLost = true;
        }

        _options.OnLost(reason);
    }

    private void Deliver(TopicEntry entry, ReadOnlySpan<byte> payload, Timestamp received)
    {
        foreach (TopicCallback callback in entry.Callbacks)
        {
            try
            {
                callback(payload, received);
            }
            catch (Exception fault)
            {
                entry.CallbackErrors++;
                TransportLog.CallbackFailed(_logger, fault, entry.Topic.Name);
            }
        }
    }

    // One bad name can make a venue refuse a whole message: halves are tried until the bad one stands alone.
    private void Refuse(ISocketSender from, long request, ReadOnlySpan<byte> answer)
    {
        TransportLog.SubscriptionRefused(_logger, Encoding.UTF8.GetString(answer[..Math.Min(answer.Length, 300)]));
        if (Find(from) is not { } session || session.TakeRefused(request) is not { } topics)
        {
            return;
        }

        if (topics.Count == 1)
        {
            if (_table.Find(topics[0]) is { } entry)
            {
                entry.IsRefused = true;
                _options.OnFault(new TopicFault(entry.Topic, TopicFaultKind.Refused, TimeSpan.Zero, Now()));
            }

            return;
        }

        session.Enqueue([.. topics.Take(topics.Count / 2)], isSubscribe: true, isClosed: true);
        session.Enqueue([.. topics.Skip(topics.Count / 2)], isSubscribe: true, isClosed: true);
        Flush(session);
    }

    private void Revive(ISocketSender sender, TopicEntry entry, TimeSpan silence, Timestamp now)
    {
        entry.Expect(now);
        bool isFirst = entry.Messages == 0;
        if (!entry.IsReported && isFirst)
        {
            TransportLog.NoFirstMessage(_logger, entry.Topic.Name, silence);
        }
        else if (!isFirst)
        {
            TransportLog.TopicStale(_logger, entry.Topic.Name, silence);
        }

        // A name that never gave a message is asked for once more and reported once; asking again and again would use up the message limit.
        bool isKnown = entry.IsReported;
        entry.IsReported = true;
        if (isFirst && isKnown)
        {
            return;
        }

        _options.OnFault(new TopicFault(entry.Topic, isFirst ? TopicFaultKind.NoFirstMessage : TopicFaultKind.Stale, silence, now));
        if (!isFirst && ++entry.Revivals == 2)
        {
            // Asking again did not help: perhaps another connection does. A topic that ended for good is asked for ever more seldom.
            sender.RequestReplacement();
            return;
        }

        Renew(entry.Topic.Name);
    }

    private void Unsubscribe(IReadOnlyList<(Topic Topic, TopicCallback Callback)> wanted)
    {
        lock (_gate)
        {
            List<string> ended = [];
            foreach ((Topic topic, TopicCallback callback) in wanted)
            {
                if (_table.Find(topic.Name) is { } entry)
                {
                    entry.Remove(callback);
                    if (entry.Callbacks.Length == 0)
                    {
                        _table = _table.Without(entry);
                        ended.Add(topic.Name);
                    }
                }
            }

            if (ended.Count > 0)
            {
                Request(ended, isSubscribe: false);
            }
        }
    }

    private void Request(IReadOnlyList<string> topics, bool isSubscribe)
    {
        foreach (SubscriptionSession session in _sessions)
        {
            session.Enqueue(topics, isSubscribe);
            Flush(session);
        }
    }

    private void Flush(SubscriptionSession session) => _ = Task.Run(async () =>
    {
        try
        {
            await session.FlushAsync(NextRequest, _time).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            session.Sender.End(new DisconnectReason(DisconnectKind.Cut, DisconnectReason.Abnormal, fault.Message));
        }
    });

    private SubscriptionSession? Find(ISocketSender sender)
    {
        lock (_gate)
        {
            _sessions.RemoveAll(session => session.Sender.Ended.IsCancellationRequested);
            return _sessions.Find(session => session.Sender == sender);
        }
    }

    private long NextRequest() => Interlocked.Increment(ref _requests);

    private Timestamp Now() => Timestamp.From(_time.GetUtcNow());

    private sealed class Subscription(StreamSubscriptions owner, IReadOnlyList<(Topic Topic, TopicCallback Callback)> wanted) : IDisposable
    {
        private int _isDisposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            {
                owner.Unsubscribe(wanted);
            }
        }
    }
}
