using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>Bars that hold a number of trades. Of shorter bars whose trades were not counted each counts as one.</summary>
public sealed class TickBars : MeasuredBars
{
    /// <summary>A builder before its first trade.</summary>
    /// <exception cref="ArgumentException">The series is of another kind.</exception>
    public TickBars(Instrument instrument, BarSpec spec)
        : base(instrument, spec, BarKind.Tick)
    {
    }

    private protected override bool IsFull(in BarDraft draft) => draft.TradeCount >= Full;
}
