using System.Collections.Concurrent;
using Harrier.Hosting.Notifications;

namespace Harrier.Tests.Hosting.Notifications;

/// <summary>A channel whose answers are written down beforehand; after them it takes everything.</summary>
internal sealed class ScriptedChannel(params Delivery[] answers) : INotificationChannel
{
    private readonly Queue<Delivery> _answers = new(answers);

    public ConcurrentQueue<ChannelMessage> Sent { get; } = new();

    /// <summary>What a call waits for; nothing where it is null.</summary>
    public Task? Gate { get; init; }

    public int MostTogether { get; init; } = 20;

    public TimeSpan Spacing { get; init; }

    public async Task<Delivery> SendAsync(ChannelMessage message, CancellationToken stop)
    {
        Sent.Enqueue(message);
        if (Gate is not null)
        {
            await Gate.WaitAsync(stop);
        }

        return _answers.TryDequeue(out Delivery? answer) ? answer : Delivery.Done;
    }

    public void Dispose()
    {
    }
}
