using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>Bars that hold a traded value in quote currency, called dollar bars whatever that currency is (Lopez de Prado, 2018, 2.3.1.4). Of shorter bars without a value of their trades none is ever full.</summary>
public sealed class DollarBars : MeasuredBars
{
    /// <summary>A builder before its first trade.</summary>
    /// <exception cref="ArgumentException">The series is of another kind.</exception>
    public DollarBars(Instrument instrument, BarSpec spec)
        : base(instrument, spec, BarKind.Dollar)
    {
    }

    private protected override bool IsFull(in BarDraft draft) => draft.QuoteVolume >= Full;
}
