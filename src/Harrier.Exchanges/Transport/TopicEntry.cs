using Harrier.Domain;

namespace Harrier.Exchanges.Transport;

/// <summary>A topic with its callbacks and its watch. Callbacks are replaced as a whole, so that a message never meets half a change.</summary>
internal sealed class TopicEntry(Topic topic, byte[] key)
{
    private const double Smoothing = 0.05;
    private const int MostDoublings = 6;

    private TopicCallback[] _callbacks = [];
    private Timestamp _silentSince;
    private Timestamp? _last;
    private double _gapSeconds;

    public Topic Topic { get; } = topic;

    public byte[] Key { get; } = key;

    public TopicCallback[] Callbacks => Volatile.Read(ref _callbacks);

    public long Messages { get; private set; }

    public long CallbackErrors { get; set; }

    /// <summary>The newest session that delivered it.</summary>
    public int LastSession { get; private set; }

    public Timestamp? LastMessage => _last;

    public bool IsReported { get; set; }

    public bool IsRefused { get; set; }

    /// <summary>How often it was asked for again since it last gave a message.</summary>
    public int Revivals { get; set; }

    public TopicStatus Status => new(Topic.Name, Callbacks.Length, Messages, CallbackErrors, _last)
    {
        UsualGap = TimeSpan.FromSeconds(_gapSeconds),
        IsStale = IsReported || IsRefused,
    };

    public void Add(TopicCallback callback) => Volatile.Write(ref _callbacks, [.. _callbacks, callback]);

    public void Remove(TopicCallback callback)
    {
        List<TopicCallback> left = [.. _callbacks];
        left.Remove(callback);
        Volatile.Write(ref _callbacks, [.. left]);
    }

    /// <summary>It was asked for, or asked for again: what it keeps silent counts from now.</summary>
    public void Expect(Timestamp now)
    {
        _silentSince = now;
        IsRefused = false;
    }

    public void Received(int session, Timestamp now)
    {
        if (_last is { } last)
        {
            double gap = (now - last).TotalSeconds;
            _gapSeconds = _gapSeconds == 0 ? gap : _gapSeconds + (Smoothing * (gap - _gapSeconds));
        }

        Messages++;
        _last = now;
        _silentSince = now;
        LastSession = Math.Max(LastSession, session);
        IsReported = false;
        Revivals = 0;
    }

    /// <summary>How long it is silent, when that is too long; null when it is in order.</summary>
    public TimeSpan? TooLongSilent(Timestamp now, StreamSubscriptionOptions options)
    {
        if (Topic.ExpectedEvery is not { } expected || IsRefused)
        {
            return null;
        }

        TimeSpan silence = now - _silentSince;
        double usual = Math.Max(expected.TotalSeconds, _gapSeconds);
        double limit = Messages == 0
            ? options.FirstMessageTimeout.TotalSeconds
            : Math.Max(options.MinSilence.TotalSeconds, options.SilenceFactor * usual) * (1 << Math.Min(Revivals, MostDoublings));
        return silence.TotalSeconds >= limit ? silence : null;
    }
}
