using System.Globalization;

namespace Harrier.Simulation.Books;

/// <summary>How long a message of ours is on its way, one way.</summary>
public abstract record LatencyModel
{
    private protected const long NanosPerMillisecond = 1_000_000;

    /// <summary>The time of one message in nanoseconds, 0 or more.</summary>
    internal abstract long Sample(LatencyState state);
}

/// <summary>Always the same.</summary>
/// <param name="Milliseconds">One way, 0 or more.</param>
public sealed record ConstantLatency(double Milliseconds) : LatencyModel
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"constant, {Milliseconds} ms");

    internal override long Sample(LatencyState state) => (long)(Milliseconds * NanosPerMillisecond);
}

/// <summary>Log-normal: a median and now and then much more, as networks have it. Seeded.</summary>
/// <param name="MedianMilliseconds">One way, 0 or more.</param>
/// <param name="Sigma">Standard deviation of the logarithm; with 0.5 one message in 44 takes more than e times the median.</param>
public sealed record LogNormalLatency(double MedianMilliseconds, double Sigma = 0.5) : LatencyModel
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"log-normal, median {MedianMilliseconds} ms, sigma {Sigma}");

    internal override long Sample(LatencyState state) => (long)(MedianMilliseconds * NanosPerMillisecond * Math.Exp(Sigma * state.Random.NextNormal()));
}

/// <summary>As long as the newest message of the market took to us, but not less than a floor: where clocks disagree a recording may say less than nothing.</summary>
/// <param name="FloorMilliseconds">Least time, 0 or more.</param>
public sealed record RecordedLatency(double FloorMilliseconds) : LatencyModel
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"as the newest market message took, at least {FloorMilliseconds} ms");

    internal override long Sample(LatencyState state) => Math.Max((long)(FloorMilliseconds * NanosPerMillisecond), state.NewestFeedNanos);
}
