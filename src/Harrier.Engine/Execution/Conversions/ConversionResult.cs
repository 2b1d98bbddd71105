namespace Harrier.Engine.Execution;

/// <summary>What is known about the effect of a commit.</summary>
public enum ConversionOutcome : byte
{
    /// <summary>Nothing moved, and nothing will.</summary>
    NotDone = 0,

    /// <summary>The amounts moved.</summary>
    Done = 1,

    /// <summary>It may have moved them. The funds stay held back; ask again, never commit again.</summary>
    Unknown = 2,
}

/// <summary>What became of a conversion.</summary>
/// <param name="Outcome">What is known.</param>
/// <param name="Settled">The amounts that really moved; null unless done.</param>
/// <param name="Reason">Why not, where it was not done.</param>
/// <param name="Detail">One line for the audit.</param>
public sealed record ConversionResult(ConversionOutcome Outcome, ConversionQuote? Settled, RejectReason Reason, string Detail);
