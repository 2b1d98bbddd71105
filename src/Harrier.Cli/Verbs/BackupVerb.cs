using System.CommandLine;
using System.Text.Json.Nodes;
using Harrier.Cli.Options;
using Harrier.Hosting.Records;

namespace Harrier.Cli.Verbs;

/// <summary><c>backup</c>: a copy of a home, also of one on which a process runs.</summary>
public static class BackupVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Option<string> home = new("--home") { Description = "folder of all state", HelpName = "DIR", DefaultValueFactory = static _ => ".harrier" };
        Option<string> target = new("--to") { Description = "folder of the copy, which is not there yet", HelpName = "DIR", Required = true };
        Option<bool> json = new("--json") { Description = "print JSON" };
        Command command = new("backup", "Copy a home, while a process runs on it or not; verify proves the copy, and run goes on with it.") { home, target, json };
        command.Does(verbose, (parsed, streams, _) =>
        {
            string from = OutputFolder.Check("--home", parsed.GetRequiredValue(home));
            string to = OutputFolder.Check("--to", parsed.GetRequiredValue(target));
            if (!Directory.Exists(Path.Combine(from, "accounts")))
            {
                throw new InputException("home", from, "a home of run, with accounts in it");
            }

            if (Path.Exists(to) || Path.GetFullPath(to).StartsWith(Path.GetFullPath(from) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            {
                throw new InputException("to", to, "a folder that is not there yet, and not within the home");
            }

            BackupFacts facts = HomeBackup.Run(from, to);
            streams.Output.WriteLine(parsed.GetValue(json)
                ? new JsonObject { ["to"] = Path.GetFullPath(to), ["files"] = facts.Files, ["bytes"] = facts.Bytes, ["records"] = facts.HasRecords }.ToJsonString()
                : FormattableString.Invariant($"{facts.Files} files, {facts.Bytes} bytes; records {(facts.HasRecords ? "with it" : "not in the home: a database of its own is backed up with its own tools")}"));
            return 0;
        });
        return command;
    }
}
