using System.Text.Json;

namespace Harrier.Api.Live;

/// <summary>
/// The latest messages of one kind, in a ring that all clients share: publishing costs the same for one client as for a thousand, and a client that reads slowly costs nothing. Numbers begin with the
/// time of the start, so that those of an earlier process are known to be old.
/// </summary>
internal sealed class LiveStream
{
    /// <summary>Messages that are kept.</summary>
    public const int Length = 4096;

    private const int NumbersPerMillisecond = 1000;

    private readonly LiveMessage?[] _ring = new LiveMessage?[Length];
    private readonly Dictionary<string, LiveMessage> _latest = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private LiveClient[] _clients = [];
    private long _last;

    /// <param name="name">Its name.</param>
    /// <param name="started">When the process started.</param>
    public LiveStream(string name, DateTimeOffset started)
    {
        Name = name;
        First = (started.ToUnixTimeMilliseconds() * NumbersPerMillisecond) + 1;
        _last = First - 1;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Number of its first message.</summary>
    public long First { get; }

    /// <summary>Number of the newest message; one less than <see cref="First"/> before it.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Clients that listen.</summary>
    public int Clients => Volatile.Read(ref _clients).Length;

    /// <summary>Publishes a message: an object with its number as <c>seq</c>.</summary>
    /// <param name="key">What it is about; null where each message counts.</param>
    /// <param name="write">Writes its members.</param>
    public void Publish(string? key, Action<Utf8JsonWriter> write)
    {
        lock (_gate)
        {
            long number = _last + 1;
            LiveMessage message = new(number, key, LiveJson.Encode(json =>
            {
                write(json);
                json.WriteNumber("seq", number);
            }));
            _ring[number % Length] = message;
            if (key is not null)
            {
                _latest[key] = message;
            }

            Volatile.Write(ref _last, number);
            foreach (LiveClient client in _clients)
            {
                client.Wake();
            }
        }
    }

    /// <summary>Takes the messages after one.</summary>
    /// <param name="after">Number of the last one that is not wanted.</param>
    /// <param name="into">Takes them, oldest first. Of several with the same key only the newest is taken.</param>
    /// <returns>False when some of them are not kept any more; nothing is taken then.</returns>
    public bool TryTake(long after, List<LiveMessage> into)
    {
        long last = Last;
        for (long number = after + 1; number <= last; number++)
        {
            if (Volatile.Read(ref _ring[number % Length]) is not { } message || message.Number != number)
            {
                into.Clear();
                return false;
            }

            into.Add(message);
        }

        if (into.Count > 1 && into[0].Key is not null)
        {
            Coalesce(into);
        }

        return true;
    }

    /// <summary>The newest message about each key, and the number up to which that is all.</summary>
    public (IReadOnlyList<LiveMessage> Messages, long Number) Snapshot()
    {
        lock (_gate)
        {
            return ([.. _latest.Values.OrderBy(static message => message.Number)], _last);
        }
    }

    /// <summary>Wakes a client with each message from here on.</summary>
    public void Add(LiveClient client)
    {
        lock (_gate)
        {
            _clients = [.. _clients, client];
        }
    }

    /// <summary>Forgets a client.</summary>
    public void Remove(LiveClient client)
    {
        lock (_gate)
        {
            _clients = [.. _clients.Where(one => one != client)];
        }
    }

    /// <summary>Has every client look whether it may still listen.</summary>
    public void WakeAll()
    {
        foreach (LiveClient client in Volatile.Read(ref _clients))
        {
            client.Wake();
        }
    }

    /// <summary>Has every client look at once.</summary>
    public void RecheckAll()
    {
        foreach (LiveClient client in Volatile.Read(ref _clients))
        {
            client.Recheck();
        }
    }

    private static void Coalesce(List<LiveMessage> messages)
    {
        HashSet<string> newer = new(StringComparer.Ordinal);
        for (int i = messages.Count - 1; i >= 0; i--)
        {
            if (messages[i].Key is { } key && !newer.Add(key))
            {
                messages.RemoveAt(i);
            }
        }
    }
}
