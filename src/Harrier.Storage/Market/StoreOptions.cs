namespace Harrier.Storage.Market;

/// <summary>How the store is worked with.</summary>
public sealed record StoreOptions
{
    /// <summary>Whether files get their rows as CSV beside them.</summary>
    /// <value>True.</value>
    public bool WriteCsv { get; init; } = true;

    /// <summary>Threads that read or write one file.</summary>
    /// <value>Null: as many as the machine has processors.</value>
    public int? Threads { get; init; }

    /// <summary>Memory in MiB that the database engine may take.</summary>
    /// <value>1024.</value>
    public int MemoryMiB { get; init; } = 1024;

    /// <summary>What the time of a write is taken from.</summary>
    /// <value>The system's clock.</value>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
