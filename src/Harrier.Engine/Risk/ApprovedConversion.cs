using Harrier.Engine.Execution;

namespace Harrier.Engine.Risk;

/// <summary>
/// A conversion that the risk gate let through: the only thing that <see cref="IConversionVenue.CommitAsync"/> takes. It is good for one commit, and a
/// restart does not bring it back: what was let through before may have been committed before.
/// </summary>
public sealed class ApprovedConversion
{
    private int _uses;

    internal ApprovedConversion(OpenConversion conversion) => Conversion = conversion;

    /// <summary>What to commit.</summary>
    public OpenConversion Conversion { get; }

    /// <summary>Takes the one commit it is good for.</summary>
    /// <returns>False when it was taken before.</returns>
    public bool TryUse() => Interlocked.Exchange(ref _uses, 1) == 0;
}

/// <summary>What the gate said about a conversion.</summary>
/// <param name="Approved">The conversion to commit; null when it was refused or the input was no request.</param>
/// <param name="Denied">Why it was refused.</param>
public readonly record struct ConversionDecision(ApprovedConversion? Approved, DenyReason Denied);
