namespace Harrier.Features.OrderFlow;

/// <summary>Absorption and exhaustion on bars.</summary>
internal static class EffortDetector
{
    /// <summary>
    /// Absorption at the newest bar: volume above a multiple of the mean with a range below a fraction of the mean; or a delta of at least two
    /// deviations while the close moved by at most a quarter of the mean true range. Takers that bought and were absorbed point down.
    /// </summary>
    public static FlowEvent? Absorption(FlowHistory flow, FlowSettings settings)
    {
        int at = flow.Bars.Last;
        if (at - settings.Window - 1 < flow.Bars.First)
        {
            return null;
        }

        ref readonly ClosedBar bar = ref flow.Bars[at];
        double volume = flow.Bars.MeanVolumeBefore(at, settings.Window);
        bool isNarrow = bar.Volume > settings.AbsorptionVolumeFactor * volume && bar.Range < settings.AbsorptionRangeFactor * MeanRangeBefore(flow, at, settings.Window);
        double deviation = flow.DeltaDeviationBefore(at, settings.Window);
        double moved = Math.Abs(bar.Close - flow.Bars[at - 1].Close);
        bool isHeld = deviation > 0 && Math.Abs(flow.Delta(at)) >= settings.AbsorptionDeviations * deviation
            && moved <= settings.AbsorptionAtr * flow.Bars.MeanTrueRangeBefore(at, settings.Window);
        return (isNarrow || isHeld) && flow.Delta(at) != 0
            ? new FlowEvent(bar.Close, bar.Volume / volume, bar.CloseTime, at, at, FlowEventKind.Absorption, flow.Delta(at) > 0 ? FlowSide.Bearish : FlowSide.Bullish)
            : null;
    }

    /// <summary>
    /// Exhaustion of the bar before the newest: volume above a multiple of the mean, an extreme of the window in the direction of its body, and a
    /// newest bar with the opposite body. Buyers that are exhausted point down.
    /// </summary>
    public static FlowEvent? Exhaustion(FlowHistory flow, FlowSettings settings)
    {
        int at = flow.Bars.Last - 1;
        if (at - settings.Window < flow.Bars.First)
        {
            return null;
        }

        ref readonly ClosedBar climax = ref flow.Bars[at];
        ref readonly ClosedBar answer = ref flow.Bars[at + 1];
        double volume = flow.Bars.MeanVolumeBefore(at, settings.Window);
        if (climax.Volume <= settings.ExhaustionVolumeFactor * volume)
        {
            return null;
        }

        bool buyers = climax.Close > climax.Open && answer.Close < answer.Open && climax.High >= flow.Bars.HighestHigh(at - settings.Window, at - 1);
        bool sellers = climax.Close < climax.Open && answer.Close > answer.Open && climax.Low <= flow.Bars.LowestLow(at - settings.Window, at - 1);
        return buyers || sellers
            ? new FlowEvent(climax.Close, climax.Volume / volume, answer.CloseTime, at, at + 1, FlowEventKind.Exhaustion, buyers ? FlowSide.Bearish : FlowSide.Bullish)
            : null;
    }

    private static double MeanRangeBefore(FlowHistory flow, int index, int count)
    {
        double sum = 0;
        for (int i = index - count; i < index; i++)
        {
            sum += flow.Bars[i].Range;
        }

        return sum / count;
    }
}
