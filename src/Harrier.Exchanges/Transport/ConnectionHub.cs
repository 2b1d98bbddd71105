using System.Collections.Concurrent;

namespace Harrier.Exchanges.Transport;

/// <summary>All connections of a process, by id, for status and health.</summary>
public sealed class ConnectionHub
{
    private readonly ConcurrentDictionary<string, WebSocketConnection> _connections = new(StringComparer.Ordinal);

    /// <summary>Shows a connection under an id.</summary>
    /// <exception cref="ArgumentException">Another connection has this id.</exception>
    public void Add(string id, WebSocketConnection connection)
    {
        if (!_connections.TryAdd(id, connection))
        {
            throw new ArgumentException($"there is a connection '{id}' already", nameof(id));
        }
    }

    /// <summary>Shows it no more; nothing happens when there is none.</summary>
    public void Remove(string id) => _connections.TryRemove(id, out _);

    /// <summary>The status of every connection, by id.</summary>
    public IReadOnlyDictionary<string, ConnectionStatus> GetAllStatuses() =>
        _connections.ToDictionary(entry => entry.Key, entry => entry.Value.Status, StringComparer.Ordinal);
}
