using Harrier.Api.Hosting;
using Harrier.Hosting.Configuration;

namespace Harrier.Cli.Running;

/// <summary>What <c>run</c> was asked for.</summary>
/// <param name="Home">The folder of all state.</param>
/// <param name="Settings">Accounts and bots.</param>
internal sealed record RunRequest(string Home, RunSettings Settings)
{
    /// <value>Where records are kept: a file in the home where the configuration names no database.</value>
    public string Records => Settings.Records ?? Path.Combine(Home, "records.db");

    /// <value>Where the service around the bots listens.</value>
    public required ApiOptions Service { get; init; }

    /// <value>How long; null until stopped.</value>
    public TimeSpan? For { get; init; }

    /// <value>True when a configuration was given.</value>
    public bool HasConfig { get; init; }

    /// <value>File that is read once more whenever it changes; null for none.</value>
    public string? Watched { get; init; }

    /// <value>What the environment says that means nothing here.</value>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <value>Reads the configuration once more.</value>
    public required Func<RunSettings> Reread { get; init; }

    /// <value>True for JSON lines.</value>
    public bool IsJson { get; init; }
}
