using Harrier.Hosting.Notifications.Settings;

namespace Harrier.Hosting.Configuration;

/// <summary>What a run is made of.</summary>
/// <param name="Accounts">The accounts, at least one.</param>
public sealed record RunSettings(IReadOnlyList<AccountSettings> Accounts)
{
    /// <summary>Seed of the built-in exchange's market.</summary>
    /// <value>1.</value>
    public long Seed { get; init; } = 1;

    /// <summary>Database of the records: a file of SQLite, or a connection string of PostgreSQL, which holds a password and is never shown.</summary>
    /// <value>Null: a file in the home.</value>
    public string? Records { get; init; }

    /// <summary>What is told outside, and by which ways.</summary>
    /// <value>Null: nothing.</value>
    public NotificationSettings? Notifications { get; init; }
}
