namespace Harrier.Engine.Strategies;

/// <summary>What a strategy thinks should be done.</summary>
public enum SignalSide : byte
{
    /// <summary>Nothing.</summary>
    Hold = 0,

    /// <summary>Be long.</summary>
    Buy = 1,

    /// <summary>Be short; on a spot market only leave a long position.</summary>
    Sell = 2,

    /// <summary>Be flat.</summary>
    Exit = 3,
}

/// <summary>
/// What a strategy thinks, not yet what is done: the host may veto it, decides the size and turns it into a target position.
/// </summary>
/// <param name="Side">Direction.</param>
/// <param name="Confidence">How sure the strategy is, 0 to 1.</param>
public readonly record struct Signal(SignalSide Side, double Confidence);

/// <summary>Asked before a signal is followed; any refusal makes it a hold.</summary>
public interface ISignalVeto
{
    /// <summary>True when the signal may be followed. An EXIT is never asked about.</summary>
    bool Allows(in Signal signal);
}

/// <summary>Refuses signals below a confidence.</summary>
/// <param name="minimum">Smallest confidence followed, 0 to 1.</param>
public sealed class MinimumConfidenceVeto(double minimum) : ISignalVeto
{
    /// <inheritdoc/>
    public bool Allows(in Signal signal) => signal.Confidence >= minimum;
}
