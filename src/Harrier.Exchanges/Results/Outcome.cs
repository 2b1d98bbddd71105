namespace Harrier.Exchanges.Results;

/// <summary>What a venue has done with a call, as far as can be known.</summary>
public enum Outcome : byte
{
    /// <summary>It certainly had no effect: it may be decided anew.</summary>
    NotDone,

    /// <summary>It certainly had its effect.</summary>
    Done,

    /// <summary>It may or may not have had its effect: never repeated, only resolved by asking the venue.</summary>
    Unknown,
}
