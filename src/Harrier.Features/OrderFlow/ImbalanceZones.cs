using Harrier.Domain;

namespace Harrier.Features.OrderFlow;

/// <summary>Finds imbalance zones and follows how bars after them fill them. A zone that is filled leaves the list.</summary>
internal sealed class ImbalanceZones(FlowSettings settings) : IStateful
{
    private const int Capacity = 32;

    private readonly ImbalanceZone[] _open = new ImbalanceZone[Capacity];
    private int _count;

    public ReadOnlySpan<ImbalanceZone> Open => _open.AsSpan(0, _count);

    public EventLog<ImbalanceZone> Found { get; } = new(16);

    public void Update(FlowHistory flow)
    {
        Found.StartBar();
        Fill(flow.Bars[flow.Bars.Last]);
        int wide = flow.Bars.Last - 1;
        if (wide - settings.Window - 1 >= flow.Bars.First && IsWide(flow, wide))
        {
            ref readonly ClosedBar before = ref flow.Bars[wide - 1];
            ref readonly ClosedBar after = ref flow.Bars[wide + 1];
            Add(before.High, after.Low, FlowSide.Bullish, wide, after.CloseTime);
            Add(after.High, before.Low, FlowSide.Bearish, wide, after.CloseTime);
        }
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(_count);
        foreach (ref readonly ImbalanceZone zone in Open)
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
            _open[i] = reader.ReadRaw<ImbalanceZone>();
        }

        reader.Read(Found);
    }

    private bool IsWide(FlowHistory flow, int index)
    {
        double changes = 0;
        for (int i = index - settings.Window; i < index; i++)
        {
            changes += Math.Abs(flow.Bars[i].Close - flow.Bars[i - 1].Close);
        }

        double change = Math.Abs(flow.Bars[index].Close - flow.Bars[index - 1].Close);
        return change > settings.ZoneChangeFactor * changes / settings.Window
            && flow.Bars[index].Volume > settings.ZoneVolumeFactor * flow.Bars.MeanVolumeBefore(index, settings.Window);
    }

    private void Add(double lower, double upper, FlowSide side, int index, Timestamp knownAt)
    {
        if (upper <= lower)
        {
            return;
        }

        if (_count == Capacity)
        {
            _open.AsSpan(1).CopyTo(_open);
            _count--;
        }

        ImbalanceZone zone = new(lower, upper, 0, knownAt, index, side);
        _open[_count++] = zone;
        Found.Add(in zone);
    }

    private void Fill(in ClosedBar bar)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            ImbalanceZone zone = _open[i];
            double reached = zone.Side == FlowSide.Bullish ? zone.Upper - bar.Low : bar.High - zone.Lower;
            double filled = Math.Max(zone.FilledFraction, Math.Clamp(reached / (zone.Upper - zone.Lower), 0, 1));
            if (filled < 1)
            {
                _open[kept++] = zone with { FilledFraction = filled };
            }
        }

        _count = kept;
    }
}
