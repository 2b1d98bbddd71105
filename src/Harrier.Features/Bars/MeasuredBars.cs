using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>Bars that are full when a sum over their trades has reached a size; the trade that reaches it belongs to the bar with all it has.</summary>
public abstract class MeasuredBars : BarBuilder
{
    private protected MeasuredBars(Instrument instrument, BarSpec spec, BarKind kind)
        : base(instrument, spec)
    {
        if (spec.Kind != kind)
        {
            throw new ArgumentException($"{spec} is not of kind {kind}", nameof(spec));
        }

        // Ten times a tenth is less than one in floating point; the bar is full all the same.
        Full = Size * (1 - 1e-12);
    }

    private protected double Full { get; }

    private protected abstract bool IsFull(in BarDraft draft);

    private protected sealed override void Take(in TradePrint trade, long time)
    {
        if (!Draft.IsOpen)
        {
            Start(time, trade.Price.Value);
        }

        Draft.Add(in trade, Math.Max(time, Draft.OpenTime));
        if (IsFull(in Draft))
        {
            Close();
        }
    }

    private protected sealed override void Take(in Bar bar)
    {
        if (!Draft.IsOpen)
        {
            Start(bar.OpenTime.Nanos, bar.Open.Value);
        }

        Draft.Add(in bar);
        if (IsFull(in Draft))
        {
            Close();
        }
    }
}
