namespace Harrier.Testnet.Uphold;

/// <summary>The terms of the broker.</summary>
public sealed record UpholdRules
{
    /// <value>How long a quote holds; 30 s.</value>
    public TimeSpan QuoteLife { get; init; } = TimeSpan.FromSeconds(30);

    /// <value>Share by which ticker prices are worse than the market's, on each side; 0.001.</value>
    public decimal Spread { get; init; } = 0.001m;

    /// <value>Commission on a conversion in percent; 0.65.</value>
    public decimal Margin { get; init; } = 0.65m;

    /// <value>Time from commit to completion; zero completes at once. Amounts move at the commit.</value>
    public TimeSpan SettleTime { get; init; }

    /// <value>Assets that new accounts have; empty for all.</value>
    public IReadOnlyList<string> OpensWith { get; init; } = [];

    /// <value>Requests of an address in a minute; 250.</value>
    public int RequestsPerMinute { get; init; } = 250;
}
