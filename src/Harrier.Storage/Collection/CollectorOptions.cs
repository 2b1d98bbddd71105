namespace Harrier.Storage.Collection;

/// <summary>How a collector goes about it.</summary>
public sealed record CollectorOptions
{
    /// <summary>How long after its end, by the venue's clock, a bar is taken as final.</summary>
    public TimeSpan Safety { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Where the newest rows are missing and the venue confirmed that, they are asked for again in later runs while younger than this.</summary>
    public TimeSpan Doubt { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Attempts at a question, the first included; each is several requests where the network fails.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>Pause before the second attempt; it doubles.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest that is waited when the venue asks to be left alone.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Rows after which they are written, at the latest.</summary>
    public int RowsPerWrite { get; init; } = 10_000;

    /// <summary>Time after which rows are written, at the latest.</summary>
    public TimeSpan TimePerWrite { get; init; } = TimeSpan.FromSeconds(10);
}
