using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harrier.Cli.Control;
using Harrier.Cli.Running;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;

namespace Harrier.Cli.Verbs;

/// <summary><c>config check</c>: the effective configuration of <c>run</c>, every default said; <c>config reload</c>: a run reads its own once more.</summary>
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
            JsonObject tree = RunSettingsText.Of(settings);
            streams.Output.WriteLine(tree.ToJsonString(parsed.GetValue<bool>("--json") ? null : Indented));
            return 0;
        });
        return new Command("config", "Look at a configuration of run, and let a run read its own once more.") { check, Reload(verbose) };
    }

    private static Command Reload(Option<bool> verbose)
    {
        Command command = new("reload", "Let the run read its configuration once more: what it says anew is carried out, all of it or nothing.");
        ControlOptions options = new ControlOptions().ForOrder(command);
        command.Does(verbose, (parsed, _, stop) => options.OrderAsync(parsed, AccountOrder.Configure, null, [], stop));
        return command;
    }
}
