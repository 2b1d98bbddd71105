namespace Harrier.Features.Indicators.Batch;

/// <summary>Where the three outputs of a MACD go, one value per bar; NaN while warming up.</summary>
/// <param name="line">Fast minus slow average.</param>
/// <param name="signal">EMA of the line.</param>
/// <param name="histogram">Line minus signal.</param>
public readonly ref struct MacdColumns(Span<double> line, Span<double> signal, Span<double> histogram)
{
    /// <summary>Fast minus slow average.</summary>
    public Span<double> Line { get; } = line;

    /// <summary>EMA of the line.</summary>
    public Span<double> Signal { get; } = signal;

    /// <summary>Line minus signal.</summary>
    public Span<double> Histogram { get; } = histogram;

    internal void Check(int length)
    {
        BatchChecks.SameLength(length, Line.Length);
        BatchChecks.SameLength(length, Signal.Length);
        BatchChecks.SameLength(length, Histogram.Length);
    }
}
