namespace Harrier.Features.Patterns;

/// <summary>How far a structure has come. It only moves forward; a structure that fails is given up as a whole.</summary>
public enum WyckoffPhase
{
    /// <summary>There is no structure.</summary>
    None,

    /// <summary>The trend is stopped: climax, automatic rally, secondary test.</summary>
    A,

    /// <summary>A cause is built inside the range.</summary>
    B,

    /// <summary>The range is tested beyond its edge: spring or upthrust.</summary>
    C,

    /// <summary>The price leaves the range with strength, and pulls back.</summary>
    D,

    /// <summary>The trend outside the range.</summary>
    E,
}

/// <summary>Which of the two structures; each is the mirror of the other.</summary>
public enum WyckoffSchematic
{
    /// <summary>After a fall, before a rise.</summary>
    Accumulation,

    /// <summary>After a rise, before a fall.</summary>
    Distribution,
}
