using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>
/// Brings the rows of all files of one symbol into one strictly ascending order: files written newest first are turned round, rows out of
/// order are sorted, repeated open times are dropped. Input that is in order already is not copied.
/// </summary>
internal sealed class BarOrder
{
    private readonly BarTable _table;
    private readonly IReadOnlyList<BarFileTarget> _files;
    private readonly List<BarFinding> _findings;
    private int[]? _origins;

    private BarOrder(BarTable table, IReadOnlyList<BarFileTarget> files, List<BarFinding> findings)
    {
        _table = table;
        _files = files;
        _findings = findings;
        Bars = table.Array;
        Count = table.Count;
    }

    /// <summary>The bars in order.</summary>
    public Bar[] Bars { get; private set; }

    /// <summary>Number of bars.</summary>
    public int Count { get; private set; }

    /// <summary>The distance between more than half of the neighboring open times in nanoseconds; 0 when none is known to be so frequent.</summary>
    public long MajorityDistance => _table.IsAscending ? _table.MajorityDistance : 0;

    /// <summary>Orders everything that a table holds and reports what had to be done.</summary>
    /// <param name="table">The rows; turned round in place where a file is newest first.</param>
    /// <param name="files">The files in the order in which they were read.</param>
    /// <param name="findings">Where findings are added.</param>
    public static BarOrder Of(BarTable table, IReadOnlyList<BarFileTarget> files, List<BarFinding> findings)
    {
        BarOrder order = new(table, files, findings);
        if (table.IsAscending)
        {
            return order;
        }

        order.OrientFiles();
        if (!IsAscending(table.Bars))
        {
            order.Sort();
            order.DropDuplicates();
        }

        return order;
    }

    /// <summary>Where in the input a bar stands.</summary>
    public BarRowPlace PlaceOf(int index)
    {
        int row = _origins?[index] ?? index;
        BarFileTarget file = _files[FileOf(row)];
        return new BarRowPlace(file.File, _table.Numbers[row], file.IsText);
    }

    private void OrientFiles()
    {
        List<BarFindingRow> late = [];
        long lateCount = 0;
        for (int i = 0; i < _files.Count; i++)
        {
            int start = _files[i].FirstBar;
            int end = i + 1 < _files.Count ? _files[i + 1].FirstBar : _table.Count;
            if (IsNewestFirst(_table.Bars[start..end]))
            {
                _table.Bars[start..end].Reverse();
                _table.Numbers[start..end].Reverse();
                _findings.Add(new BarFinding(BarFindingKind.NewestFirst, end - start, $"{_files[i].File} is written newest first; turned round", []));
            }

            lateCount += CountLate(start, end, late);
        }

        if (lateCount > 0)
        {
            _findings.Add(new BarFinding(BarFindingKind.OutOfOrder, lateCount, FormattableString.Invariant($"{lateCount} rows are older than a row before them; sorted"), late));
        }
    }

    private long CountLate(int start, int end, List<BarFindingRow> late)
    {
        long newest = long.MinValue;
        long count = 0;
        for (int i = start; i < end; i++)
        {
            long time = Bars[i].OpenTime.Nanos;
            if (time < newest)
            {
                count++;
                Remember(late, i, $"follows {new Timestamp(newest)}");
            }

            newest = Math.Max(newest, time);
        }

        return count;
    }

    private void Sort()
    {
        long[] times = new long[Count];
        int[] origins = new int[Count];
        for (int i = 0; i < Count; i++)
        {
            times[i] = Bars[i].OpenTime.Nanos;
            origins[i] = i;
        }

        Array.Sort(times, origins);
        for (int start = 0; start < Count;)
        {
            int end = start + 1;
            while (end < Count && times[end] == times[start])
            {
                end++;
            }

            // Equal times stay in the order of files and lines: the first one written counts.
            origins.AsSpan(start, end - start).Sort((left, right) => Sequence(left).CompareTo(Sequence(right)));
            start = end;
        }

        Bar[] sorted = GC.AllocateUninitializedArray<Bar>(Count);
        for (int i = 0; i < Count; i++)
        {
            sorted[i] = Bars[origins[i]];
        }

        Bars = sorted;
        _origins = origins;
    }

    private void DropDuplicates()
    {
        List<BarFindingRow> equal = [];
        List<BarFindingRow> different = [];
        long equalCount = 0;
        long differentCount = 0;
        int kept = 0;
        for (int i = 1; i < Count; i++)
        {
            if (Bars[i].OpenTime != Bars[kept].OpenTime)
            {
                kept++;
                Bars[kept] = Bars[i];
                _origins![kept] = _origins[i];
            }
            else if (IsEqual(in Bars[kept], in Bars[i]))
            {
                equalCount++;
                Remember(equal, i, $"repeats {PlaceOf(kept)}");
            }
            else
            {
                differentCount++;
                Remember(different, i, $"contradicts {PlaceOf(kept)}, which was kept");
            }
        }

        Count = kept + 1;
        AddFinding(BarFindingKind.EqualDuplicate, equalCount, "rows repeat a bar; dropped", equal);
        AddFinding(BarFindingKind.ConflictingDuplicate, differentCount, "rows contradict another with the same open time; the first one was kept", different);
    }

    private void AddFinding(BarFindingKind kind, long count, string detail, List<BarFindingRow> first)
    {
        if (count > 0)
        {
            _findings.Add(new BarFinding(kind, count, FormattableString.Invariant($"{count} {detail}"), first));
        }
    }

    private void Remember(List<BarFindingRow> rows, int index, string detail)
    {
        if (rows.Count < BarFaults.Shown)
        {
            rows.Add(new BarFindingRow(PlaceOf(index), Bars[index].OpenTime, detail));
        }
    }

    private long Sequence(int row) => ((long)FileOf(row) << 32) | (uint)_table.Numbers[row];

    private int FileOf(int row)
    {
        int file = _files.Count - 1;
        while (_files[file].FirstBar > row)
        {
            file--;
        }

        return file;
    }

    private static bool IsEqual(in Bar left, in Bar right) =>
        left.Open == right.Open && left.High == right.High && left.Low == right.Low && left.Close == right.Close && left.Volume.Equals(right.Volume);

    private static bool IsAscending(ReadOnlySpan<Bar> bars)
    {
        for (int i = 1; i < bars.Length; i++)
        {
            if (bars[i].OpenTime <= bars[i - 1].OpenTime)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNewestFirst(ReadOnlySpan<Bar> bars)
    {
        int falling = 0;
        int rising = 0;
        for (int i = 1; i < bars.Length; i++)
        {
            falling += bars[i].OpenTime < bars[i - 1].OpenTime ? 1 : 0;
            rising += bars[i].OpenTime > bars[i - 1].OpenTime ? 1 : 0;
        }

        return falling > rising;
    }
}
