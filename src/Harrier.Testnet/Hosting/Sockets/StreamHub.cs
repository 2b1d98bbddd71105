using System.Collections.Concurrent;

namespace Harrier.Testnet.Hosting.Sockets;

/// <summary>The streams of a front end by name, and who reads which. Any name may be subscribed to: an unknown one is silent, as with real venues.</summary>
internal sealed class StreamHub
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, StreamTopic> _topics = new(StringComparer.Ordinal);
    private readonly HashSet<StreamClient> _clients = [];

    /// <summary>All connected clients.</summary>
    public IReadOnlyList<StreamClient> Clients
    {
        get
        {
            lock (_gate)
            {
                return [.. _clients];
            }
        }
    }

    /// <summary>The stream of a name, created when first asked for.</summary>
    public StreamTopic Topic(string name) => _topics.GetOrAdd(name, static n => new StreamTopic(n));

    /// <summary>The stream of a name, if anybody ever asked for it.</summary>
    public StreamTopic? Find(string name) => _topics.GetValueOrDefault(name);

    /// <summary>Names of the streams with a suffix that have readers.</summary>
    public IEnumerable<StreamTopic> WithReaders(Func<string, bool> isWanted) => _topics.Values.Where(t => t.HasReaders && isWanted(t.Name));

    /// <summary>Notes a client.</summary>
    public void Join(StreamClient client)
    {
        lock (_gate)
        {
            _ = _clients.Add(client);
        }
    }

    /// <summary>Removes a client and its subscriptions.</summary>
    public void Leave(StreamClient client)
    {
        lock (_gate)
        {
            _ = _clients.Remove(client);
            foreach (string name in client.Topics)
            {
                Topic(name).Remove(client);
            }

            client.Topics.Clear();
        }
    }

    /// <summary>Subscribes; a second time changes nothing.</summary>
    /// <returns>Whether the client's number of streams stays within the limit; nothing is subscribed otherwise.</returns>
    public bool Subscribe(StreamClient client, IReadOnlyCollection<string> names, int limit)
    {
        lock (_gate)
        {
            List<string> fresh = [.. names.Distinct(StringComparer.Ordinal).Where(n => !client.Topics.Contains(n, StringComparer.Ordinal))];
            if (client.Topics.Count + fresh.Count > limit)
            {
                return false;
            }

            foreach (string name in fresh)
            {
                client.Topics.Add(name);
                Topic(name).Add(client);
            }

            return true;
        }
    }

    /// <summary>Ends subscriptions; those that do not exist are ignored.</summary>
    public void Unsubscribe(StreamClient client, IEnumerable<string> names)
    {
        lock (_gate)
        {
            foreach (string name in names)
            {
                if (client.Topics.Remove(name))
                {
                    Topic(name).Remove(client);
                }
            }
        }
    }

    /// <summary>The client's subscriptions in the order in which they were made.</summary>
    public IReadOnlyList<string> SubscriptionsOf(StreamClient client)
    {
        lock (_gate)
        {
            return [.. client.Topics];
        }
    }
}
