using Harrier.Api.Hosting;
using Harrier.Hosting.Portfolio;
using Harrier.Testnet.Markets;

namespace Harrier.Cli.Portfolio;

/// <summary>What <c>runbot</c> was asked for.</summary>
/// <param name="Home">The folder of all state.</param>
/// <param name="Account">The account.</param>
internal sealed record RunbotRequest(string Home, PortfolioAccountSettings Account)
{
    /// <value>The bot; null for the first name that is not carried yet.</value>
    public string? Bot { get; init; }

    /// <value>Settings of the bot that are changed first.</value>
    public IReadOnlyList<KeyValuePair<string, string>> Changes { get; init; } = [];

    /// <value>True where this run sends nothing, whatever the settings say.</value>
    public bool IsDryRun { get; init; }

    /// <value>How long; null until stopped.</value>
    public TimeSpan? For { get; init; }

    /// <value>Seed of the built-in exchange's market.</value>
    public long Seed { get; init; } = 1;

    /// <value>What kind of days that market has.</value>
    public MarketScenario Scenario { get; init; }

    /// <value>Where the HTTP service listens; null for none.</value>
    public ApiOptions? Service { get; init; }

    /// <value>True for JSON lines.</value>
    public bool IsJson { get; init; }
}
