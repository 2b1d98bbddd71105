using Harrier.Domain;
using Harrier.Features.Bars;

namespace Harrier.Features.OrderFlow;

/// <summary>The last bars with their deltas, for the detectors that share them.</summary>
/// <param name="capacity">How many are kept.</param>
internal sealed class FlowHistory(int capacity) : IStateful
{
    private readonly SeriesRing<double> _deltas = new(capacity);
    private readonly SeriesRing<double> _sums = new(capacity);

    public RecentBars Bars { get; } = new(capacity);

    public void Add(in ClosedBar bar, BarDeltas deltas)
    {
        Bars.Add(in bar);
        _deltas.Add(deltas.Last.Delta);
        _sums.Add(deltas.Cumulative);
    }

    /// <summary>Delta of a bar.</summary>
    public double Delta(int index) => _deltas[index];

    /// <summary>Sum of all deltas up to a bar.</summary>
    public double Cumulative(int index) => _sums[index];

    /// <summary>Population deviation of the deltas of the <paramref name="count"/> bars before a bar.</summary>
    public double DeltaDeviationBefore(int index, int count)
    {
        double mean = 0;
        for (int i = index - count; i < index; i++)
        {
            mean += _deltas[i] / count;
        }

        double squares = 0;
        for (int i = index - count; i < index; i++)
        {
            squares += (_deltas[i] - mean) * (_deltas[i] - mean);
        }

        return Math.Sqrt(squares / count);
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(Bars);
        writer.Write(_deltas);
        writer.Write(_sums);
    }

    public void Restore(ref StateReader reader)
    {
        reader.Read(Bars);
        reader.Read(_deltas);
        reader.Read(_sums);
    }
}
