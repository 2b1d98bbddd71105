using System.Collections.Concurrent;

namespace Harrier.Api.People;

/// <summary>How often somebody may guess: five failures in a minute of one name, or twenty of one address, and the door stays shut until the oldest is a minute old.</summary>
/// <param name="time">The wall clock.</param>
internal sealed class LoginLimit(TimeProvider time)
{
    private const int FailuresOfName = 5;
    private const int FailuresOfAddress = 20;
    private const int MostKept = 10_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Queue<DateTimeOffset>> _failures = new(StringComparer.Ordinal);

    /// <summary>Whether a password may be looked at at all.</summary>
    public bool MayTry(string name, string address) => Count("name " + name) < FailuresOfName && Count("address " + address) < FailuresOfAddress;

    /// <summary>It was wrong.</summary>
    public void Failed(string name, string address)
    {
        if (_failures.Count > MostKept)
        {
            _failures.Clear();
        }

        foreach (string key in (string[])["name " + name, "address " + address])
        {
            Queue<DateTimeOffset> failures = _failures.GetOrAdd(key, static _ => new Queue<DateTimeOffset>());
            lock (failures)
            {
                failures.Enqueue(time.GetUtcNow());
            }
        }
    }

    /// <summary>It was right.</summary>
    public void Succeeded(string name) => _failures.TryRemove("name " + name, out _);

    private int Count(string key)
    {
        if (!_failures.TryGetValue(key, out Queue<DateTimeOffset>? failures))
        {
            return 0;
        }

        lock (failures)
        {
            while (failures.TryPeek(out DateTimeOffset oldest) && time.GetUtcNow() - oldest >= Window)
            {
                failures.Dequeue();
            }

            return failures.Count;
        }
    }
}
