using System.Collections.Immutable;
using System.Text;

namespace Harrier.Testnet.Hosting.Sockets;

/// <summary>
/// One stream and its readers. A payload is framed once, or twice where some readers want it wrapped with the stream's name, however many read it.
/// </summary>
/// <param name="name">Name of the stream.</param>
internal sealed class StreamTopic(string name)
{
    private readonly byte[] _prefix = Encoding.UTF8.GetBytes($$"""{"stream":"{{name}}","data":""");
    private byte[] _frame = new byte[1024];
    private ImmutableArray<StreamClient> _clients = [];

    /// <summary>Name of the stream.</summary>
    public string Name { get; } = name;

    /// <summary>Whether anybody reads it; a payload need not be written otherwise.</summary>
    public bool HasReaders => !_clients.IsEmpty;

    /// <summary>Adds a reader; called under the hub's lock.</summary>
    public void Add(StreamClient client) => _clients = _clients.Add(client);

    /// <summary>Removes a reader; called under the hub's lock.</summary>
    public void Remove(StreamClient client) => _clients = _clients.Remove(client);

    /// <summary>Pushes a payload to all readers. Only one thread may publish at a time: callers hold the exchange's gate.</summary>
    /// <param name="payload">What is pushed.</param>
    /// <param name="subject">What it is called when faults are matched; null for the stream's name.</param>
    public void Publish(ReadOnlySpan<byte> payload, string? subject = null)
    {
        ImmutableArray<StreamClient> clients = _clients;
        PublishTo(clients, payload, subject ?? Name, isCombined: false);
        PublishTo(clients, payload, subject ?? Name, isCombined: true);
    }

    private void PublishTo(ImmutableArray<StreamClient> clients, ReadOnlySpan<byte> payload, string subject, bool isCombined)
    {
        int length = 0;
        foreach (StreamClient client in clients)
        {
            if (client.IsCombined == isCombined)
            {
                length = length == 0 ? Frame(payload, isCombined) : length;
                client.Push(subject, _frame.AsSpan(0, length));
            }
        }
    }

    private int Frame(ReadOnlySpan<byte> payload, bool isCombined)
    {
        ReadOnlySpan<byte> prefix = isCombined ? _prefix : [];
        ReadOnlySpan<byte> suffix = isCombined ? "}"u8 : [];
        int text = prefix.Length + payload.Length + suffix.Length;
        int total = SocketOutbox.HeaderLength(text) + text;
        if (_frame.Length < total)
        {
            _frame = new byte[total * 2];
        }

        Span<byte> rest = _frame.AsSpan(SocketOutbox.WriteHeader(_frame, text));
        prefix.CopyTo(rest);
        payload.CopyTo(rest[prefix.Length..]);
        suffix.CopyTo(rest[(prefix.Length + payload.Length)..]);
        return total;
    }
}
