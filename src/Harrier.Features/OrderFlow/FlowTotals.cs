namespace Harrier.Features.OrderFlow;

/// <summary>Sums over the last bars; computed from the bars each time, so that nothing drifts.</summary>
internal readonly record struct FlowTotals(double Momentum, double Imbalance, double BuyingBars, double SellingBars)
{
    public static FlowTotals Of(FlowHistory flow, FlowSettings settings)
    {
        double buying = 0;
        double selling = 0;
        for (int i = Math.Max(flow.Bars.First, flow.Bars.Count - settings.RatioWindow); i < flow.Bars.Count; i++)
        {
            double delta = flow.Delta(i);
            buying += delta > 0 ? flow.Bars[i].Volume : 0;
            selling += delta < 0 ? flow.Bars[i].Volume : 0;
        }

        int start = flow.Bars.Count - settings.ShortWindow;
        if (start < flow.Bars.First)
        {
            return new FlowTotals(0, 0, buying, selling);
        }

        double volume = 0;
        double deltas = 0;
        for (int i = start; i < flow.Bars.Count; i++)
        {
            volume += flow.Bars[i].Volume;
            deltas += flow.Delta(i);
        }

        double change = flow.Cumulative(flow.Bars.Last) - flow.Cumulative(start);
        bool isEnough = flow.Bars.Count > settings.ShortWindow;
        return volume > 0 ? new FlowTotals(change / volume, isEnough ? deltas / volume : 0, buying, selling) : new FlowTotals(0, 0, buying, selling);
    }
}
