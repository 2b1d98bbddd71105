using Harrier.Exchanges.Books;

namespace Harrier.Exchanges.Wire;

/// <summary>A growing array of level changes, reused from message to message.</summary>
public sealed class LevelBuffer
{
    private LevelChange[] _changes = new LevelChange[64];
    private int _count;

    /// <summary>The changes read so far.</summary>
    public ReadOnlySpan<LevelChange> Changes => _changes.AsSpan(0, _count);

    /// <summary>Forgets all changes and makes room.</summary>
    /// <param name="capacity">Most changes that the next message can hold.</param>
    public void Begin(int capacity)
    {
        _count = 0;
        if (_changes.Length < capacity)
        {
            _changes = new LevelChange[Math.Max(capacity, _changes.Length * 2)];
        }
    }

    /// <summary>Room for changes: write them here, then <see cref="Take"/> them.</summary>
    public Span<LevelChange> Free => _changes.AsSpan(_count);

    /// <summary>Takes changes that were written to <see cref="Free"/>.</summary>
    /// <param name="count">How many.</param>
    public void Take(int count) => _count += count;

    /// <summary>Adds a change.</summary>
    public void Add(in LevelChange change)
    {
        if (_count == _changes.Length)
        {
            Array.Resize(ref _changes, _count * 2);
        }

        _changes[_count++] = change;
    }
}
