using Harrier.Hosting.Logging;
using Harrier.Hosting.Notifications.Settings;
using Harrier.Hosting.Portfolio;
using Harrier.Hosting.Telemetry;

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

    /// <summary>Trades of each account that stay at hand; older ones are archived. Null: all of them stay.</summary>
    public int? KeepTrades { get; init; }

    /// <summary>Memory that the process may use, in mebibytes; from there on it ends well, so that its supervisor starts it again. Null for no bound.</summary>
    public int? MaxMemoryMib { get; init; }

    /// <summary>Portfolio accounts that run beside the others.</summary>
    /// <value>None.</value>
    public IReadOnlyList<PortfolioAccountSettings> Portfolios { get; init; } = [];

    /// <summary>How connections to venues behave.</summary>
    /// <value>As <see cref="ConnectionSettings"/> says.</value>
    public ConnectionSettings Connections { get; init; } = new();

    /// <summary>What is written to the log, and kept of it.</summary>
    /// <value>As <see cref="LogSettings"/> says.</value>
    public LogSettings Logging { get; init; } = new();

    /// <summary>Where traces and metrics are sent.</summary>
    /// <value>Nowhere.</value>
    public TelemetrySettings Telemetry { get; init; } = new();

    /// <summary>What bots may make use of.</summary>
    /// <value>All.</value>
    public FeatureFlags Features { get; init; } = new();
}
