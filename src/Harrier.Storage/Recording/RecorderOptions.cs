namespace Harrier.Storage.Recording;

/// <summary>How a recorder writes.</summary>
public sealed record RecorderOptions
{
    /// <summary>Writes plain captures, <c>&lt;unix ns&gt; &lt;json&gt;</c> lines in gzip, in place of segments.</summary>
    public bool IsCapture { get; init; }

    /// <summary>Bytes of texts after which a block ends.</summary>
    public int BlockBytes { get; init; } = 1 << 20;

    /// <summary>Time after which a block ends, so that a killed recorder loses no more than this.</summary>
    public TimeSpan FlushEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time after which the disk is waited for, so that a machine without power loses no more than this.</summary>
    public TimeSpan SyncEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes after which a segment ends.</summary>
    public long SegmentBytes { get; init; } = 128L << 20;

    /// <summary>Time after which a segment ends.</summary>
    public TimeSpan SegmentTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Bytes that may wait for the writer; what comes beyond them is a hole.</summary>
    public int QueueBytes { get; init; } = 32 << 20;

    /// <summary>Time between two looks at what waits.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Time after which a disk that refused is tried again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(2);
}
