namespace Harrier.Exchanges.Requests;

/// <summary>How one venue's REST interface is reached.</summary>
public sealed record RestClientOptions
{
    /// <summary>The venue's base address; its path must be the root.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>The longest time for one attempt.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest body that is read, in bytes after unpacking.</summary>
    public int MaxBodyBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Attempts at a read, the first included, at least 1; writes have one.</summary>
    public int ReadAttempts { get; init; } = 3;

    /// <summary>The pause before the first retry; it doubles, and the jitter takes a part of it.</summary>
    public TimeSpan RetryBase { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause between attempts; a venue that asks for more ends the attempts.</summary>
    public TimeSpan RetryCap { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A seeded source of numbers from 0 (included) to 1 (excluded) for the jitter; null means none. It is called under a lock.</summary>
    public Func<double>? Jitter { get; init; }
}
