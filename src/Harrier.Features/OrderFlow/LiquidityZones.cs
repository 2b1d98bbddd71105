using Harrier.Domain;

namespace Harrier.Features.OrderFlow;

/// <summary>Finds highs and lows that no bar within a width on both sides passes. One that the price passes later leaves the list.</summary>
/// <param name="width">Bars on each side.</param>
internal sealed class LiquidityZones(int width) : IStateful
{
    private const int Capacity = 32;

    private readonly LiquidityZone[] _open = new LiquidityZone[Capacity];
    private int _count;

    public ReadOnlySpan<LiquidityZone> Open => _open.AsSpan(0, _count);

    public EventLog<LiquidityZone> Found { get; } = new(16);

    public void Update(FlowHistory flow)
    {
        Found.StartBar();
        Sweep(flow.Bars[flow.Bars.Last]);
        int at = flow.Bars.Last - width;
        if (at - width < flow.Bars.First)
        {
            return;
        }

        ref readonly ClosedBar bar = ref flow.Bars[at];
        Timestamp knownAt = flow.Bars[flow.Bars.Last].CloseTime;
        double volume = flow.Bars.Volume(at - width, flow.Bars.Last);
        if (bar.High >= flow.Bars.HighestHigh(at - width, flow.Bars.Last))
        {
            Add(new LiquidityZone(bar.High, volume, knownAt, at, FlowSide.Bearish));
        }

        if (bar.Low <= flow.Bars.LowestLow(at - width, flow.Bars.Last))
        {
            Add(new LiquidityZone(bar.Low, volume, knownAt, at, FlowSide.Bullish));
        }
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(_count);
        foreach (ref readonly LiquidityZone zone in Open)
        {
            writer.WriteRaw(in zone);
        }

        writer.Write(Found);
    }

    public void Restore(ref StateReader reader)
    {
        int count = reader.ReadInt32();
        if (count is < 0 or > Capacity)
        {
            throw new InvalidDataException($"a saved list of {count} zones does not fit {Capacity} places");
        }

        _count = count;
        for (int i = 0; i < count; i++)
        {
            _open[i] = reader.ReadRaw<LiquidityZone>();
        }

        reader.Read(Found);
    }

    private void Add(in LiquidityZone zone)
    {
        if (_count == Capacity)
        {
            _open.AsSpan(1).CopyTo(_open);
            _count--;
        }

        _open[_count++] = zone;
        Found.Add(in zone);
    }

    private void Sweep(in ClosedBar bar)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            LiquidityZone zone = _open[i];
            if (zone.Side == FlowSide.Bearish ? bar.High <= zone.Price : bar.Low >= zone.Price)
            {
                _open[kept++] = zone;
            }
        }

        _count = kept;
    }
}
