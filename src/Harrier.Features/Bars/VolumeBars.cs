using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>Bars that hold a volume in base currency.</summary>
public sealed class VolumeBars : MeasuredBars
{
    /// <summary>A builder before its first trade.</summary>
    /// <exception cref="ArgumentException">The series is of another kind.</exception>
    public VolumeBars(Instrument instrument, BarSpec spec)
        : base(instrument, spec, BarKind.Volume)
    {
    }

    private protected override bool IsFull(in BarDraft draft) => draft.Volume >= Full;
}
