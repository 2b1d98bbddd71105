namespace Harrier.Exchanges.Requests;

/// <summary>What one request takes from one rule.</summary>
internal sealed class Spend(int weight, TimeSpan sent)
{
    /// <summary>The weight, corrected downwards when the venue counted less.</summary>
    public int Weight { get; set; } = weight;

    public TimeSpan Sent { get; } = sent;

    /// <summary>When its answer, or the end of the wait for it, came; null while under way.</summary>
    public TimeSpan? Settled { get; set; }
}
