namespace Harrier.Features.Indicators.Batch;

/// <summary>Where three bands go, one value per bar; NaN while warming up.</summary>
/// <param name="upper">Upper band.</param>
/// <param name="middle">Middle line.</param>
/// <param name="lower">Lower band.</param>
public readonly ref struct BandColumns(Span<double> upper, Span<double> middle, Span<double> lower)
{
    /// <summary>Upper band.</summary>
    public Span<double> Upper { get; } = upper;

    /// <summary>Middle line.</summary>
    public Span<double> Middle { get; } = middle;

    /// <summary>Lower band.</summary>
    public Span<double> Lower { get; } = lower;

    internal void Check(int length)
    {
        BatchChecks.SameLength(length, Upper.Length);
        BatchChecks.SameLength(length, Middle.Length);
        BatchChecks.SameLength(length, Lower.Length);
    }
}
