using System.Globalization;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;

namespace Harrier.Hosting.Notifications;

/// <summary>
/// Tells people and programs outside what happens in a run. It listens to the run's events on the tasks of their accounts and returns at once: each channel has a bounded
/// queue and a task of its own, and no fault of a channel reaches the run. That a channel fails is an event too, which the other channels tell.
/// </summary>
public sealed class Notifier : IAsyncDisposable
{
    /// <summary>What stands as account in the events that are about notifications.</summary>
    public const string Name = "notifications";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly RunDesk _desk;
    private readonly TimeProvider _time;
    private readonly Action<AccountEvent> _tell;
    private readonly string _run;
    private readonly INotificationChannel[] _channels;
    private readonly CancellationTokenSource _ends = new();
    private readonly CancellationTokenSource _giveUp = new();
    private readonly List<Task> _listening = [];
    private readonly Task[] _sending;
    private long _last;

    /// <summary>Begins to tell.</summary>
    /// <param name="desk">The run.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="tell">Told what the notifier itself has to say; called from several threads.</param>
    public Notifier(RunDesk desk, IReadOnlyList<(ChannelOptions Options, INotificationChannel Channel)> channels, TimeProvider time, Action<AccountEvent> tell)
    {
        ArgumentNullException.ThrowIfNull(desk);
        ArgumentNullException.ThrowIfNull(channels);
        ArgumentNullException.ThrowIfNull(time);
        (_desk, _time, _tell) = (desk, time, tell);
        _run = Timestamp.From(time.GetUtcNow()).Nanos.ToString("x", CultureInfo.InvariantCulture);
        _channels = [.. channels.Select(static one => one.Channel)];
        Senders = [.. channels.Select(one => new ChannelSender(one.Options, one.Channel, time, text => Tell(text, one.Options.Name)))];
        _sending = [.. Senders.Select(sender => Task.Run(() => sender.RunAsync(_giveUp.Token)))];
        if (_channels.Length > 0)
        {
            desk.Events.Happened += OnHappened;
        }
    }

    /// <summary>The senders of all channels.</summary>
    public IReadOnlyList<ChannelSender> Senders { get; }

    /// <summary>Tells a summary every day.</summary>
    public void Summarize(DailySummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        _listening.Add(Task.Run(() => SummarizeAsync(summary)));
    }

    /// <summary>Lets something listen for orders from outside as long as the run lasts.</summary>
    public void Listen(Func<CancellationToken, Task> listener) => _listening.Add(Task.Run(() => listener(_ends.Token)));

    /// <summary>Tells something that concerns notifications: to whoever watches, and to the channels.</summary>
    /// <param name="text">The line.</param>
    /// <param name="notFor">A channel that it is about; null for none.</param>
    public void Tell(string text, string? notFor = null)
    {
        AccountNote note = new(Timestamp.From(_time.GetUtcNow()), Name, text);
        Add(EventNotifications.Of(note, json: null)! with { NotFor = notFor });
        _tell(note);
    }

    /// <summary>Tells what waits, for a while, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _desk.Events.Happened -= OnHappened;
        await _ends.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_listening).ConfigureAwait(false);
        foreach (ChannelSender sender in Senders)
        {
            sender.Complete();
        }

        _giveUp.CancelAfter(Patience);
        await Task.WhenAll(_sending).ConfigureAwait(false);
        foreach (INotificationChannel channel in _channels)
        {
            channel.Dispose();
        }

        _ends.Dispose();
        _giveUp.Dispose();
    }

    private void OnHappened(AccountEvent happened, LoggedEvent logged)
    {
        if (happened.Account != Name && EventNotifications.Of(happened, logged.Json) is { } notification)
        {
            Add(notification);
        }
    }

    private void Add(Notification notification)
    {
        Notification numbered = notification with { Id = string.Create(CultureInfo.InvariantCulture, $"{_run}-{Interlocked.Increment(ref _last)}") };
        foreach (ChannelSender sender in Senders)
        {
            sender.Add(numbered);
        }
    }

    private async Task SummarizeAsync(DailySummary summary)
    {
        try
        {
            while (true)
            {
                DateTimeOffset due = summary.NextAfter(_time.GetUtcNow());
                await Task.Delay(due - _time.GetUtcNow(), _time, _ends.Token).ConfigureAwait(false);
                Add(summary.Of(due - Day, due));
            }
        }
        catch (OperationCanceledException)
        {
            // The run ends.
        }
    }
}
