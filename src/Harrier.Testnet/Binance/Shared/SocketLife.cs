using Harrier.Testnet.Hosting.Sockets;

namespace Harrier.Testnet.Binance.Shared;

/// <summary>A socket's allotted time: a notice, then the end.</summary>
internal static class SocketLife
{
    /// <summary>Waits, gives notice, waits, closes; ends early when the socket does.</summary>
    /// <param name="close">Closes the socket.</param>
    /// <param name="rules">How long it lives.</param>
    /// <param name="giveNotice">Sends the notice.</param>
    /// <param name="time">Clock.</param>
    /// <param name="ended">Canceled when the socket ended by itself.</param>
    public static async Task WatchAsync(Func<Task> close, SocketRules rules, Action giveNotice, TimeProvider time, CancellationToken ended)
    {
        TimeSpan notice = TimeSpan.FromTicks(Math.Min(rules.ShutdownNotice.Ticks, rules.Life.Ticks / 2));
        try
        {
            await Task.Delay(rules.Life - notice, time, ended);
            giveNotice();
            await Task.Delay(notice, time, ended);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await close();
    }
}

/// <summary>Counts messages within each second.</summary>
/// <param name="limit">Messages allowed.</param>
/// <param name="time">Clock.</param>
internal sealed class MessageRate(int limit, TimeProvider time)
{
    private readonly Queue<long> _times = new();

    /// <summary>Counts one.</summary>
    /// <returns>Whether it is within the limit.</returns>
    public bool TryCount()
    {
        long now = time.GetTimestamp();
        while (_times.TryPeek(out long oldest) && now - oldest >= time.TimestampFrequency)
        {
            _ = _times.Dequeue();
        }

        _times.Enqueue(now);
        return _times.Count <= limit;
    }
}
