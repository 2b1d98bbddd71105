using System.Globalization;
using System.Threading.Channels;
using Harrier.Exchanges.Transport;

namespace Harrier.Hosting.Notifications;

/// <summary>
/// Brings notifications to one channel on a task of its own. Whoever adds one never waits: the queue is bounded, and where the channel is too slow the oldest are left
/// out and counted. What waits goes together in one message, as often as the channel may be used; what fails is tried again, later and later.
/// </summary>
public sealed class ChannelSender
{
    private const int MostAttempts = 8;
    private const int TellAfter = 3;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly INotificationChannel _channel;
    private readonly TimeProvider _time;
    private readonly Action<string> _tell;
    private readonly Channel<Notification> _queue;
    private readonly RepeatFilter _repeats;
    private readonly Queue<DateTimeOffset> _sent = new();
    private readonly BackOff _backOff;
    private Task<bool>? _more;
    private long _dropped;
    private long _droppedTold;
    private bool _isFailing;
    private long _lostBefore;

    /// <summary>Makes one; <see cref="RunAsync"/> sends.</summary>
    /// <param name="options">What is told, and how often.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="tell">Told once, in words, that the channel fails or works again.</param>
    public ChannelSender(ChannelOptions options, INotificationChannel channel, TimeProvider time, Action<string> tell)
    {
        ArgumentNullException.ThrowIfNull(options);
        (Options, _channel, _time, _tell) = (options, channel, time, tell);
        _repeats = new RepeatFilter(options.Quiet);
        _backOff = new BackOff { Jitter = new Random(options.Name.Sum(static letter => letter)).NextDouble };
        _queue = Channel.CreateBounded<Notification>(
            new BoundedChannelOptions(options.Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Increment(ref _dropped));
    }

    /// <summary>What is told, and how often.</summary>
    public ChannelOptions Options { get; }

    /// <summary>Messages that were delivered.</summary>
    public long Sent { get; private set; }

    /// <summary>Notifications that were left out because too many waited.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Notifications that the channel did not take.</summary>
    public long Lost { get; private set; }

    /// <summary>Takes a notification if it is for this channel; never waits. Any thread.</summary>
    public void Add(Notification notification)
    {
        ArgumentNullException.ThrowIfNull(notification);
        if (Options.Kinds.Contains(notification.Kind) && notification.NotFor != Options.Name)
        {
            _queue.Writer.TryWrite(notification);
        }
    }

    /// <summary>Nothing more comes: what waits is sent, then <see cref="RunAsync"/> ends.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Sends until <see cref="Complete"/> or until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (await WaitAsync(stop).ConfigureAwait(false))
            {
                await PaceAsync(stop).ConfigureAwait(false);
                if (Take() is { } message)
                {
                    await DeliverAsync(message, stop).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The run ends, and the channel took too long.
        }
    }

    // Until something waits, or a count is due; false when nothing will come any more.
    private async Task<bool> WaitAsync(CancellationToken stop)
    {
        _more ??= _queue.Reader.WaitToReadAsync(stop).AsTask();
        if (!_more.IsCompleted && _repeats.NextDue is { } due)
        {
            TimeSpan left = due - _time.GetUtcNow();
            using CancellationTokenSource came = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Task wait = Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, came.Token);
            if (await Task.WhenAny(_more, wait).ConfigureAwait(false) == wait)
            {
                await wait.ConfigureAwait(false);
                return true;
            }

            await came.CancelAsync().ConfigureAwait(false);
        }

        bool isThere = await _more.ConfigureAwait(false);
        _more = null;
        return isThere || _repeats.NextDue is not null;
    }

    private async Task PaceAsync(CancellationToken stop)
    {
        if (_sent.Count == 0)
        {
            return;
        }

        DateTimeOffset now = _time.GetUtcNow();
        DateTimeOffset next = _sent.Last() + _channel.Spacing;
        if (_sent.Count >= Options.PerMinute && _sent.Peek() + Minute > next)
        {
            next = _sent.Peek() + Minute;
        }

        if (next > now)
        {
            await Task.Delay(next - now, _time, stop).ConfigureAwait(false);
        }
    }

    private ChannelMessage? Take()
    {
        DateTimeOffset now = _time.GetUtcNow();
        bool isOver = _queue.Reader.Completion.IsCompleted;
        List<Notification> told = [.. _repeats.Take(now, isOver)];
        while (told.Count < _channel.MostTogether && _queue.Reader.TryRead(out Notification? next))
        {
            if (!_repeats.IsRepeat(next, now))
            {
                told.Add(next);
            }
        }

        long left = Dropped - _droppedTold;
        if (told.Count == 0)
        {
            return null;
        }

        _droppedTold += left;
        string? also = left == 0 ? null : Options.Language.Of(new LocalText("left_out", ("count", left.ToString(CultureInfo.InvariantCulture))));
        return new ChannelMessage(told, [.. told.Select(Options.Language.Of)], also);
    }

    private async Task DeliverAsync(ChannelMessage message, CancellationToken stop)
    {
        for (int failures = 0; ;)
        {
            Delivery outcome = await SendAsync(message, stop).ConfigureAwait(false);
            if (outcome.IsDone)
            {
                Succeeded();
                return;
            }

            failures++;
            if (outcome.IsFinal || failures == MostAttempts)
            {
                Lost += message.Notifications.Count;
                TellFailure(outcome);
                return;
            }

            if (failures == TellAfter)
            {
                TellFailure(outcome);
            }

            TimeSpan wait = outcome.RetryAfter ?? _backOff.Next(failures - 1);
            await Task.Delay(wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait, _time, stop).ConfigureAwait(false);
        }
    }

    private async Task<Delivery> SendAsync(ChannelMessage message, CancellationToken stop)
    {
        _sent.Enqueue(_time.GetUtcNow());
        if (_sent.Count > Options.PerMinute)
        {
            _sent.Dequeue();
        }

        try
        {
            return await _channel.SendAsync(message, stop).ConfigureAwait(false);
        }
        catch (Exception fault) when (!stop.IsCancellationRequested && fault is not OutOfMemoryException)
        {
            // What its message quotes is not known; its kind is enough to look further.
            return Delivery.Failed(fault.GetType().Name);
        }
    }

    private void Succeeded()
    {
        Sent++;
        if (_isFailing)
        {
            _isFailing = false;
            _tell(string.Create(CultureInfo.InvariantCulture, $"channel {Options.Name} arrives again; {Lost - _lostBefore} notifications were lost"));
        }

        _lostBefore = Lost;
    }

    // Once, however long it lasts.
    private void TellFailure(Delivery outcome)
    {
        if (!_isFailing)
        {
            _isFailing = true;
            _tell($"channel {Options.Name} does not arrive: {outcome.Reason}");
        }
    }
}
