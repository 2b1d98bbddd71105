using System.Globalization;
using System.Text.Json.Nodes;
using Harrier.Hosting.Configuration;

namespace Harrier.Cli.Running;

/// <summary>Writes of what a run is made, every default said. Of secrets only where they come from is written, and of the records' database nothing: its address holds a password.</summary>
internal static class RunSettingsText
{
    /// <summary>The tree.</summary>
    public static JsonObject Of(RunSettings settings)
    {
        JsonObject tree = new()
        {
            ["seed"] = settings.Seed,
            ["keep_trades"] = settings.KeepTrades?.ToString(CultureInfo.InvariantCulture) ?? "none",
            ["max_memory_mib"] = settings.MaxMemoryMib?.ToString(CultureInfo.InvariantCulture) ?? "none",
            ["connections"] = new JsonObject
            {
                ["ping_interval"] = Seconds(settings.Connections.PingInterval),
                ["request_queue"] = settings.Connections.RequestQueue,
                ["position_sync"] = Seconds(settings.Connections.PositionSync),
            },
            ["logging"] = new JsonObject
            {
                ["level"] = settings.Logging.LevelName,
                ["max_file_mib"] = settings.Logging.MaxFileMib,
                ["keep_files"] = settings.Logging.KeepFiles,
                ["keep_days"] = settings.Logging.KeepDays,
            },
            ["telemetry"] = settings.Telemetry.ToJson(),
            ["features"] = new JsonObject
            {
                ["wyckoff"] = settings.Features.Wyckoff,
                ["order_flow"] = settings.Features.OrderFlow,
                ["ml_ensemble"] = settings.Features.MlEnsemble,
                ["position_reconciliation"] = settings.Features.PositionReconciliation,
            },
            ["accounts"] = new JsonArray([.. settings.Accounts.Select(SettingsText.Of)]),
        };
        if (settings.Notifications is { } notifications)
        {
            tree["notifications"] = SettingsText.Of(notifications);
        }

        return tree;
    }

    private static string Seconds(TimeSpan length) => FormattableString.Invariant($"{length.TotalSeconds:0}s");
}
