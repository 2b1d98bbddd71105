using Harrier.Domain;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market.Files;

/// <summary>Joins new rows with those that are there, each key once, and counts what happened.</summary>
/// <typeparam name="TRow">What a row is.</typeparam>
/// <param name="format">What tells rows apart.</param>
/// <param name="replaceConflicts">Whether a new row replaces an old one with other values.</param>
internal sealed class RowMerger<TRow>(RowFormat<TRow> format, bool replaceConflicts)
    where TRow : struct
{
    private const int Shown = 10;
    private readonly List<Timestamp> _conflicts = [];

    /// <summary>Rows that were new.</summary>
    public long Added { get; private set; }

    /// <summary>Rows that were there with the same values.</summary>
    public long Duplicates { get; private set; }

    /// <summary>Rows whose key was there with other values.</summary>
    public long Conflicts { get; private set; }

    /// <summary>Times of the first of these.</summary>
    public IReadOnlyList<Timestamp> FirstConflicts => _conflicts;

    /// <summary>The rows in order. Of rows with one key the order stays, and the first one counts as the one that was there.</summary>
    public List<TRow> Sort(IReadOnlyList<TRow> rows)
    {
        List<TRow> sorted = [.. rows];
        for (int i = 1; i < sorted.Count; i++)
        {
            TRow left = sorted[i - 1];
            TRow right = sorted[i];
            if (format.Compare(in left, in right) > 0)
            {
                int[] order = [.. Enumerable.Range(0, sorted.Count)];
                order.AsSpan().Sort((a, b) => CompareStable(rows, a, b));
                return [.. order.Select(index => rows[index])];
            }
        }

        return sorted;
    }

    /// <summary>Joins two lists that are in order.</summary>
    /// <param name="old">Rows that are there.</param>
    /// <param name="added">New rows; may hold a key several times.</param>
    /// <param name="isChanged">True when the result differs from the old rows.</param>
    public List<TRow> Merge(List<TRow> old, ReadOnlySpan<TRow> added, out bool isChanged)
    {
        List<TRow> merged = new(old.Count + added.Length);
        int next = 0;
        isChanged = false;
        foreach (ref readonly TRow row in added)
        {
            while (next < old.Count && IsNotAfter(old[next], in row))
            {
                merged.Add(old[next++]);
            }

            isChanged |= Add(merged, in row);
        }

        merged.AddRange(old.Skip(next));
        return merged;
    }

    private bool IsNotAfter(TRow left, in TRow right) => format.Compare(in left, in right) <= 0;

    private bool Add(List<TRow> merged, in TRow row)
    {
        TRow last = merged.Count > 0 ? merged[^1] : default;
        if (merged.Count == 0 || format.Compare(in last, in row) != 0)
        {
            merged.Add(row);
            Added++;
            return true;
        }

        if (format.AreEqual(in last, in row))
        {
            Duplicates++;
            return false;
        }

        Conflicts++;
        if (_conflicts.Count < Shown)
        {
            _conflicts.Add(format.TimeOf(in row));
        }

        merged[^1] = replaceConflicts ? row : last;
        return replaceConflicts;
    }

    private int CompareStable(IReadOnlyList<TRow> rows, int left, int right)
    {
        TRow a = rows[left];
        TRow b = rows[right];
        int order = format.Compare(in a, in b);
        return order != 0 ? order : left.CompareTo(right);
    }
}
