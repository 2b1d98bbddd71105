using Harrier.Hosting.Notifications;
using Harrier.Hosting.Notifications.Settings;

namespace Harrier.Cli.Running;

/// <summary>Who is told what happens in a run, as the configuration says it at present.</summary>
internal sealed class LiveNotifications : IAsyncDisposable
{
    private readonly Func<NotificationSettings?, Notifier> _start;
    private Notifier _current;

    /// <summary>Begins to tell.</summary>
    /// <param name="settings">The channels; null for none.</param>
    /// <param name="start">Makes what tells.</param>
    public LiveNotifications(NotificationSettings? settings, Func<NotificationSettings?, Notifier> start)
    {
        _start = start;
        _current = start(settings);
    }

    /// <summary>Tells what waits by the channels that there were, for a while, and begins with others. What happens in between is told by neither.</summary>
    /// <param name="settings">The channels from now on; null for none.</param>
    public async Task ReplaceAsync(NotificationSettings? settings)
    {
        await _current.DisposeAsync().ConfigureAwait(false);
        _current = _start(settings);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _current.DisposeAsync();
}
