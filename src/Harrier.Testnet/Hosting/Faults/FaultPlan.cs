namespace Harrier.Testnet.Hosting.Faults;

/// <summary>One fault to inject, as the admin port takes it.</summary>
/// <param name="Kind">What goes wrong.</param>
public sealed record FaultPlan(FaultKind Kind)
{
    /// <value>Venue that it concerns, such as <c>binance-spot</c>; empty for all.</value>
    public string Venue { get; init; } = "";

    /// <value>Text that must occur in <c>METHOD /path</c>, in the name of a request over a socket, or in the name of a stream or event; empty for all.</value>
    public string Match { get; init; } = "";

    /// <value>Chance for each occasion; from 0 to 1.</value>
    public double Probability { get; init; } = 1;

    /// <value>How often it strikes before it is used up; 0 for no end.</value>
    public int Count { get; init; }

    /// <value>The delay of a delay, the retry time of 429 and 418, the skew of a skewed clock.</value>
    public TimeSpan Delay { get; init; }
}
