namespace Harrier.Testnet.Markets;

/// <summary>Moves nothing: the books hold what clients put there. For tests and measurements.</summary>
public sealed class StillMarket : IMarketDriver
{
    /// <summary>One that everybody can use.</summary>
    public static StillMarket Instance { get; } = new();

    /// <inheritdoc/>
    public bool IsPaused { get; set; }

    /// <inheritdoc/>
    public void Start()
    {
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
