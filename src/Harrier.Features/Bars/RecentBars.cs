using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>The last bars of a series, found by their place in the whole series, so that a place stays true while bars go by.</summary>
/// <param name="capacity">How many are kept, 1 or more.</param>
internal sealed class RecentBars(int capacity) : IStateful
{
    private readonly SeriesRing<ClosedBar> _bars = new(capacity);

    /// <summary>Bars ever added.</summary>
    public int Count => _bars.Count;

    /// <summary>Index of the oldest bar that is kept.</summary>
    public int First => _bars.First;

    /// <summary>Index of the newest bar; -1 before the first.</summary>
    public int Last => _bars.Count - 1;

    /// <summary>How many bars are kept.</summary>
    public int Length => Count - First;

    /// <summary>The bar at an index from <see cref="First"/> to <see cref="Last"/> of the whole series.</summary>
    public ref readonly ClosedBar this[int index] => ref _bars[index];

    public void Add(in ClosedBar bar) => _bars.Add(in bar);

    /// <summary>Mean volume of the <paramref name="count"/> bars before a bar.</summary>
    public double MeanVolumeBefore(int index, int count) => Volume(index - count, index - 1) / count;

    /// <summary>Volume of the bars from one index to another, both included.</summary>
    public double Volume(int from, int to)
    {
        double sum = 0;
        for (int i = from; i <= to; i++)
        {
            sum += this[i].Volume;
        }

        return sum;
    }

    /// <summary>Mean true range of the <paramref name="count"/> bars before a bar; the bar ahead of them must be kept too.</summary>
    public double MeanTrueRangeBefore(int index, int count)
    {
        double sum = 0;
        for (int i = index - count; i < index; i++)
        {
            sum += TrueRange(i);
        }

        return sum / count;
    }

    /// <summary>Lowest low of the bars from one index to another, both included; infinite when there is none.</summary>
    public double LowestLow(int from, int to)
    {
        double lowest = double.PositiveInfinity;
        for (int i = from; i <= to; i++)
        {
            lowest = Math.Min(lowest, this[i].Low);
        }

        return lowest;
    }

    /// <summary>Highest high of the bars from one index to another, both included; infinite below 0 when there is none.</summary>
    public double HighestHigh(int from, int to)
    {
        double highest = double.NegativeInfinity;
        for (int i = from; i <= to; i++)
        {
            highest = Math.Max(highest, this[i].High);
        }

        return highest;
    }

    public void Save(ref StateWriter writer) => _bars.Save(ref writer);

    public void Restore(ref StateReader reader) => _bars.Restore(ref reader);

    private double TrueRange(int index)
    {
        double before = this[index - 1].Close;
        ref readonly ClosedBar bar = ref this[index];
        return Math.Max(bar.High, before) - Math.Min(bar.Low, before);
    }
}
