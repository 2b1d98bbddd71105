using Harrier.Domain;

namespace Harrier.Features.OrderFlow;

/// <summary>Compares each confirmed pivot with the one of its kind before it.</summary>
/// <param name="width">Bars on each side of a pivot that stay strictly inside it.</param>
/// <param name="maxDistance">Bars between two pivots that are still compared.</param>
internal sealed class DivergenceDetector(int width, int maxDistance) : IStateful
{
    private const int NoPivot = -1;

    private Pivot _high = new(0, 0, 0, NoPivot);
    private Pivot _low = new(0, 0, 0, NoPivot);
    private double _volume;

    public EventLog<DeltaDivergence> Found { get; } = new(16);

    /// <summary>Looks at the bar that the newest bar may confirm as a pivot.</summary>
    public void Update(FlowHistory flow)
    {
        Found.StartBar();
        _volume += flow.Bars[flow.Bars.Last].Volume;
        int at = flow.Bars.Last - width;
        if (at - width < flow.Bars.First)
        {
            return;
        }

        ref readonly ClosedBar bar = ref flow.Bars[at];
        double volume = _volume - flow.Bars.Volume(at + 1, flow.Bars.Last);
        if (bar.High > flow.Bars.HighestHigh(at - width, at - 1) && bar.High > flow.Bars.HighestHigh(at + 1, flow.Bars.Last))
        {
            _high = Compare(flow, in _high, new Pivot(bar.High, flow.Cumulative(at), volume, at), FlowSide.Bearish);
        }

        if (bar.Low < flow.Bars.LowestLow(at - width, at - 1) && bar.Low < flow.Bars.LowestLow(at + 1, flow.Bars.Last))
        {
            _low = Compare(flow, in _low, new Pivot(bar.Low, flow.Cumulative(at), volume, at), FlowSide.Bullish);
        }
    }

    public void Save(ref StateWriter writer)
    {
        writer.WriteRaw(in _high);
        writer.WriteRaw(in _low);
        writer.Write(_volume);
        writer.Write(Found);
    }

    public void Restore(ref StateReader reader)
    {
        _high = reader.ReadRaw<Pivot>();
        _low = reader.ReadRaw<Pivot>();
        _volume = reader.ReadDouble();
        reader.Read(Found);
    }

    private Pivot Compare(FlowHistory flow, in Pivot last, Pivot pivot, FlowSide side)
    {
        double further = -(int)side * (pivot.Price - last.Price);
        double followed = -(int)side * (pivot.Delta - last.Delta);
        if (last.Index != NoPivot && pivot.Index - last.Index <= maxDistance && further > 0 && followed < 0)
        {
            double between = pivot.Volume - last.Volume;
            double strength = between > 0 ? Math.Abs(pivot.Delta - last.Delta) / between : 0;
            Found.Add(new DeltaDivergence(strength, flow.Bars[flow.Bars.Last].CloseTime, (int)last.Index, (int)pivot.Index, flow.Bars.Last, side));
        }

        return pivot;
    }

    // Volume: all that was traded up to the pivot.
    private readonly record struct Pivot(double Price, double Delta, double Volume, long Index);
}
