namespace Harrier.Hosting.Configuration;

/// <summary>What a run is made of.</summary>
/// <param name="Accounts">The accounts, at least one.</param>
public sealed record RunSettings(IReadOnlyList<AccountSettings> Accounts)
{
    /// <summary>Seed of the built-in exchange's market.</summary>
    /// <value>1.</value>
    public long Seed { get; init; } = 1;
}
