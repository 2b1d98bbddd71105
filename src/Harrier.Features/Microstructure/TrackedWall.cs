namespace Harrier.Features.Microstructure;

/// <summary>What is known of a wall that is followed. In lots and nanoseconds.</summary>
internal struct TrackedWall
{
    public bool IsAsk;
    public bool IsEaten;
    public bool IsShrunk;

    // Its loss is not explained by trades yet, since UnexplainedSince.
    public bool IsUnexplained;
    public long Bucket;
    public long Size;
    public long InitialSize;
    public long MaxSize;
    public long Consumed;
    public long ConsumedSinceMax;
    public long Since;
    public long UnexplainedSince;
    public long LastAboveThreshold;
}
