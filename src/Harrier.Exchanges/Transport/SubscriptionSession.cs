using System.Buffers;
using Harrier.Domain;

namespace Harrier.Exchanges.Transport;

/// <summary>The requests of one session: those to be sent, in their order, and those not answered yet.</summary>
internal sealed class SubscriptionSession(ISocketSender sender, ISubscriptionDialect dialect, Timestamp opened)
{
    private readonly Lock _gate = new();
    private readonly List<Batch> _waiting = [];
    private readonly Dictionary<long, Sent> _unanswered = [];
    private bool _isFlushing;

    public ISocketSender Sender { get; } = sender;

    public Timestamp Opened { get; } = opened;

    /// <summary>True when everything was sent and answered.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return !_isFlushing && _waiting.Count == 0 && _unanswered.Count == 0;
            }
        }
    }

    /// <summary>Puts topics at the end. They join the last message that waits, unless it is closed or full or of the other kind.</summary>
    public void Enqueue(IReadOnlyList<string> topics, bool isSubscribe, bool isClosed = false)
    {
        lock (_gate)
        {
            foreach (string topic in topics)
            {
                Batch? last = _waiting.Count > 0 ? _waiting[^1] : null;
                if (last is null || last.IsClosed || last.IsSubscribe != isSubscribe || last.Topics.Count >= dialect.TopicsPerMessage)
                {
                    last = new Batch(isSubscribe, []);
                    _waiting.Add(last);
                }

                last.Topics.Add(topic);
            }

            if (isClosed && _waiting.Count > 0)
            {
                _waiting[^1].IsClosed = true;
            }
        }
    }

    /// <summary>Sends what waits, in turn; what is added meanwhile goes out as well. Returns at once when that is under way already.</summary>
    public async ValueTask FlushAsync(Func<long> nextRequest, TimeProvider time)
    {
        lock (_gate)
        {
            if (_isFlushing)
            {
                return;
            }

            _isFlushing = true;
        }

        // A failed send ends the session, and with it this list: nothing is left to be sent again.
        ArrayBufferWriter<byte> message = new();
        while (Take(message, nextRequest, time))
        {
            await Sender.SendAsync(message.WrittenMemory).ConfigureAwait(false);
            message.ResetWrittenCount();
        }
    }

    public void Accept(long request)
    {
        lock (_gate)
        {
            _unanswered.Remove(request);
        }
    }

    /// <summary>The topics of a refused request to subscribe; null when there is none. Without a number it is the oldest.</summary>
    public IReadOnlyList<string>? TakeRefused(long request)
    {
        lock (_gate)
        {
            long number = request != 0 || _unanswered.Count == 0 ? request : _unanswered.Keys.Min();
            return _unanswered.Remove(number, out Sent sent) && sent.Batch.IsSubscribe ? sent.Batch.Topics : null;
        }
    }

    public TimeSpan OldestUnanswered(TimeProvider time)
    {
        lock (_gate)
        {
            TimeSpan oldest = TimeSpan.Zero;
            foreach (Sent sent in _unanswered.Values)
            {
                TimeSpan age = time.GetElapsedTime(sent.At);
                oldest = age > oldest ? age : oldest;
            }

            return oldest;
        }
    }

    private bool Take(ArrayBufferWriter<byte> message, Func<long> nextRequest, TimeProvider time)
    {
        lock (_gate)
        {
            _isFlushing = _waiting.Count > 0;
            if (!_isFlushing)
            {
                return false;
            }

            Batch next = _waiting[0];
            _waiting.RemoveAt(0);
            long request = nextRequest();
            _unanswered[request] = new Sent(next, time.GetTimestamp());
            dialect.Write(message, request, next.Topics, next.IsSubscribe);
            return true;
        }
    }

    private sealed record Batch(bool IsSubscribe, List<string> Topics)
    {
        public bool IsClosed { get; set; }
    }

    private readonly record struct Sent(Batch Batch, long At);
}
