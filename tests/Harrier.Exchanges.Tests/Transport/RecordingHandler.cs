using System.Collections.Concurrent;
using System.Text;
using Harrier.Domain;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Tests.Transport;

/// <summary>Notes what a connection tells its handler.</summary>
internal sealed class RecordingHandler : IConnectionHandler
{
    public ConcurrentQueue<string> Frames { get; } = [];

    public ConcurrentQueue<DisconnectReason> Disconnects { get; } = [];

    public ConcurrentQueue<ISocketSender> Senders { get; } = [];

    public Func<ISocketSender, ValueTask> Opening { get; set; } = static _ => ValueTask.CompletedTask;

    public bool CatchesUp { get; set; } = true;

    public ValueTask OnConnectedAsync(ISocketSender sender)
    {
        Senders.Enqueue(sender);
        return Opening(sender);
    }

    public void OnFrame(ReadOnlySpan<byte> utf8, Timestamp received)
    {
        string text = Encoding.UTF8.GetString(utf8);
        if (text == "poison")
        {
            throw new FormatException("poison");
        }

        Frames.Enqueue(text);
    }

    public bool IsCaughtUp(ISocketSender newer) => CatchesUp;

    public void OnDisconnected(DisconnectReason reason) => Disconnects.Enqueue(reason);
}
