using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;

namespace Harrier.Exchanges.Wire;

/// <summary>Counts what the venue sends that nobody here knows: new fields, new words, unreadable messages. The first of each is remembered by name.</summary>
public sealed class WireCensus
{
    private const int LongestWord = 64;
    private const int MostNames = 1000;
    private static readonly ConcurrentDictionary<Type, FrozenSet<string>> Ignored = new();
    private readonly ConcurrentDictionary<string, long> _counts = new();
    private long _total;

    /// <summary>How often something unknown was met.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>How often each was met, by message and field, or by field and word.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>The fields that a message leaves out on purpose.</summary>
    public static IReadOnlySet<string> IgnoredBy(Type type) => IgnoredNames(type);

    /// <summary>Takes note of fields that are neither read nor left out on purpose.</summary>
    public void Note(WireMessage? message)
    {
        if (message?.Undeclared is not { } fields)
        {
            return;
        }

        FrozenSet<string> ignored = IgnoredNames(message.GetType());
        foreach (string name in fields.Keys)
        {
            if (!ignored.Contains(name))
            {
                Count(message.GetType().Name + "." + name);
            }
        }
    }

    /// <summary>Takes note of a word that nobody knows.</summary>
    /// <param name="field">Where it stood.</param>
    /// <param name="word">The word.</param>
    public void NoteWord(string field, string? word) => Count(field + "=" + (word is { Length: > LongestWord } ? word[..LongestWord] : word));

    private static FrozenSet<string> IgnoredNames(Type type) =>
        Ignored.GetOrAdd(type, t => FrozenSet.ToFrozenSet(t.GetCustomAttribute<IgnoresAttribute>()?.Fields ?? []));

    private void Count(string name)
    {
        Interlocked.Increment(ref _total);

        // A venue gone mad must not fill the memory with names.
        if (_counts.Count < MostNames || _counts.ContainsKey(name))
        {
            _counts.AddOrUpdate(name, 1, static (_, n) => n + 1);
        }
    }
}
