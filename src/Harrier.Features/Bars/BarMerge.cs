using System.Runtime.InteropServices;
using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>Several histories as one, ordered by close time, then by their place in the list: all bars that close at one instant come together.</summary>
public sealed class BarMerge : IDisposable
{
    private readonly BarCursor[] _cursors;
    private readonly long[] _closes;
    private readonly List<int> _group;

    /// <summary>A merge before its first instant.</summary>
    public BarMerge(IReadOnlyList<BarHistory> histories)
    {
        _cursors = [.. histories.Select(history => new BarCursor(history))];
        _closes = [.. _cursors.Select(CloseOf)];
        _group = new List<int>(_cursors.Length);
        FindGroup();
    }

    /// <summary>Places in the list of the histories that have a bar closing at <see cref="Close"/>, ascending; empty at the end.</summary>
    public ReadOnlySpan<int> Group => CollectionsMarshal.AsSpan(_group);

    /// <summary>The instant at which the bars of the group close; the largest instant at the end.</summary>
    public Timestamp Close { get; private set; }

    /// <summary>True behind the last bar.</summary>
    public bool IsAtEnd => _group.Count == 0;

    /// <summary>The next bar of a history, whether it belongs to the group or not.</summary>
    /// <param name="place">Place in the list.</param>
    public BarCursor this[int place] => _cursors[place];

    /// <summary>Moves behind the bars of the group.</summary>
    public void Advance()
    {
        foreach (int place in _group)
        {
            _cursors[place].Advance(1);
            _closes[place] = CloseOf(_cursors[place]);
        }

        FindGroup();
    }

    /// <summary>Moves one history on by a number of the bars it has at hand: cheaper than going on one by one where there is only one history.</summary>
    /// <param name="place">Place in the list.</param>
    /// <param name="bars">Number of bars.</param>
    public void Advance(int place, int bars)
    {
        _cursors[place].Advance(bars);
        _closes[place] = CloseOf(_cursors[place]);
        FindGroup();
    }

    /// <summary>Gives back what the histories hold for this reader.</summary>
    public void Dispose()
    {
        foreach (BarCursor cursor in _cursors)
        {
            cursor.Dispose();
        }
    }

    private static long CloseOf(BarCursor cursor) => cursor.IsAtEnd ? long.MaxValue : cursor.Current.CloseTime.Nanos;

    private void FindGroup()
    {
        _group.Clear();
        long closest = long.MaxValue;
        for (int i = 0; i < _closes.Length; i++)
        {
            if (_closes[i] < closest)
            {
                closest = _closes[i];
                _group.Clear();
            }

            if (_closes[i] == closest && closest < long.MaxValue)
            {
                _group.Add(i);
            }
        }

        Close = new Timestamp(closest);
    }
}
