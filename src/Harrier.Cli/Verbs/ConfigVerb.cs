using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harrier.Cli.Running;
using Harrier.Hosting.Configuration;

namespace Harrier.Cli.Verbs;

/// <summary><c>config check</c>: the effective configuration of <c>run</c>, every default said; nothing is started.</summary>
public static class ConfigVerb
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Command check = new("check", "Print what run would run with: file, environment and defaults together. Secrets are masked.");
        RunRequestOptions options = new();
        options.AddTo(check);
        check.Does(verbose, (parsed, streams, _) =>
        {
            RunSettings settings = options.Read(parsed).Settings;
            JsonObject tree = new() { ["seed"] = settings.Seed, ["accounts"] = new JsonArray([.. settings.Accounts.Select(SettingsText.Of)]) };
            if (settings.Notifications is { } notifications)
            {
                tree["notifications"] = SettingsText.Of(notifications);
            }

            streams.Output.WriteLine(tree.ToJsonString(parsed.GetValue<bool>("--json") ? null : Indented));
            return 0;
        });
        return new Command("config", "Look at a configuration of run.") { check };
    }
}
