using System.CommandLine;
using System.Text.Json.Nodes;
using Harrier.Cli.Doctor;
using Harrier.Cli.Running;

namespace Harrier.Cli.Verbs;

/// <summary><c>doctor</c>: looks at everything that run needs, and says what to do.</summary>
public static class DoctorVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Option<string?> timeServer = new("--ntp") { Description = "a time server to compare this machine's clock with, such as pool.ntp.org", HelpName = "HOST" };
        Command command = new("doctor", "Look at clock, disk, permissions, configuration, port, exchanges, database and journals, and say what to do. Nothing is started, and nothing sent but questions.") { timeServer };
        RunRequestOptions options = new();
        options.AddTo(command);
        command.Does(verbose, async (parsed, streams, stop) =>
        {
            RunRequest request = options.Read(parsed);
            IReadOnlyList<Finding> findings = await new Examination(TimeProvider.System).RunAsync(request, parsed.GetValue(timeServer), stop).ConfigureAwait(false);
            await streams.Output.WriteLineAsync(request.IsJson ? Json(findings) : Text(findings)).ConfigureAwait(false);
            return findings.Any(static finding => finding.Health == Health.Fault) ? 1 : 0;
        });
        return command;
    }

    private static string Text(IReadOnlyList<Finding> findings) => string.Join('\n', findings.Select(static finding =>
        $"{finding.Health.ToString().ToLowerInvariant(),-8} {finding.Subject}: {finding.Text}{(finding.Advice.Length == 0 ? "" : "\n         -> " + finding.Advice)}"));

    private static string Json(IReadOnlyList<Finding> findings) => new JsonArray([.. findings.Select(static finding => (JsonNode)new JsonObject
    {
        ["subject"] = finding.Subject,
        ["health"] = finding.Health.ToString().ToLowerInvariant(),
        ["text"] = finding.Text,
        ["advice"] = finding.Advice,
    })]).ToJsonString();
}
