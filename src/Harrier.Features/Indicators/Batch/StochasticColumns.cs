namespace Harrier.Features.Indicators.Batch;

/// <summary>Where the two outputs of a stochastic oscillator go, one value per bar; NaN while warming up.</summary>
/// <param name="k">%K.</param>
/// <param name="d">%D.</param>
public readonly ref struct StochasticColumns(Span<double> k, Span<double> d)
{
    /// <summary>%K.</summary>
    public Span<double> K { get; } = k;

    /// <summary>%D.</summary>
    public Span<double> D { get; } = d;
}
