namespace Harrier.Storage.Collection;

/// <summary>How far the collection of a symbol is.</summary>
public enum SymbolState : byte
{
    /// <summary>Not begun.</summary>
    Waiting = 0,

    /// <summary>Under way.</summary>
    Running = 1,

    /// <summary>All that was wanted and that the venue has is stored.</summary>
    Complete = 2,

    /// <summary>Ended early; what came is stored, and the next run goes on from there.</summary>
    Stopped = 3,

    /// <summary>The venue does not list it.</summary>
    Unknown = 4,

    /// <summary>The venue or the store failed; what came before is stored.</summary>
    Failed = 5,
}
