using Harrier.Domain;

namespace Harrier.Features;

/// <summary>
/// The last events that a feature saw, oldest first. An event enters it at the bar at which it becomes known, never before, and is not changed
/// afterwards. The type has no padding, whose bytes would be saved too.
/// </summary>
public sealed class EventLog<T> : IStateful
    where T : unmanaged
{
    private readonly T[] _events;
    private int _count;
    private int _new;

    internal EventLog(int capacity)
    {
        _events = new T[capacity];
    }

    /// <summary>The last events, oldest first.</summary>
    public ReadOnlySpan<T> Recent => _events.AsSpan(0, _count);

    /// <summary>Those that became known at the newest bar.</summary>
    public ReadOnlySpan<T> New => _events.AsSpan(_count - _new, _new);

    /// <summary>Events ever seen.</summary>
    public int Total { get; private set; }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_count);
        writer.Write(_new);
        writer.Write(Total);
        foreach (ref readonly T one in Recent)
        {
            writer.WriteRaw(in one);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        int count = reader.ReadInt32();
        int fresh = reader.ReadInt32();
        if (count < 0 || count > _events.Length || fresh < 0 || fresh > count)
        {
            throw new InvalidDataException($"a saved log of {count} events, {fresh} of them new, does not fit {_events.Length} places");
        }

        _count = count;
        _new = fresh;
        Total = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            _events[i] = reader.ReadRaw<T>();
        }
    }

    internal void StartBar() => _new = 0;

    internal void Add(in T one)
    {
        if (_count == _events.Length)
        {
            _events.AsSpan(1).CopyTo(_events);
            _count--;
            _new = Math.Min(_new, _count);
        }

        _events[_count++] = one;
        _new++;
        Total++;
    }
}
