namespace Harrier.Features.Microstructure;

/// <summary>How activity is measured.</summary>
public sealed record ActivitySettings
{
    /// <summary>Time between two samples.</summary>
    /// <value>1 second.</value>
    public TimeSpan Cadence { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Samples in the window of the z-scores.</summary>
    /// <value>60: a minute at a sample a second.</value>
    public int Samples { get; init; } = 60;

    /// <summary>The drop from which on a market is dropping, 0..1.</summary>
    /// <value>0.3.</value>
    public double DropThreshold { get; init; } = 0.3;

    /// <summary>Throws unless the settings are in range.</summary>
    /// <exception cref="ArgumentException">One is not.</exception>
    public void Check()
    {
        if (Cadence <= TimeSpan.Zero || Cadence > TimeSpan.FromMinutes(1))
        {
            throw new ArgumentException($"{nameof(Cadence)} must be above 0 and at most a minute, got {Cadence}", nameof(Cadence));
        }

        if (Samples is < 2 or > 100_000)
        {
            throw new ArgumentException($"{nameof(Samples)} must be 2 to 100000, got {Samples}", nameof(Samples));
        }

        if (DropThreshold is not (> 0 and <= 1))
        {
            throw new ArgumentException(FormattableString.Invariant($"{nameof(DropThreshold)} must be above 0 and at most 1, got {DropThreshold}"), nameof(DropThreshold));
        }
    }

    /// <summary>Names the settings completely.</summary>
    public override string ToString() => FormattableString.Invariant($"{Cadence.TotalSeconds:R}:{Samples}:{DropThreshold:R}");
}
