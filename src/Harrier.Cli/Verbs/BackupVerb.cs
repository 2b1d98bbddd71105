using System.CommandLine;
using System.Text.Json.Nodes;
using Harrier.Cli.Options;
using Harrier.Cli.Running;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Records;

namespace Harrier.Cli.Verbs;

/// <summary><c>backup</c>: a copy of a home, also of one on which a process runs, and a home made of such a copy.</summary>
public static class BackupVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Option<string> home = new("--home") { Description = "folder of all state", HelpName = "DIR", DefaultValueFactory = static _ => ".harrier" };
        Option<string?> target = new("--to") { Description = "folder of the copy, which is not there yet", HelpName = "DIR" };
        Option<string?> source = new("--restore") { Description = "a copy of which the home is made; the home is not there yet, or empty", HelpName = "DIR" };
        Option<bool> json = new("--json") { Description = "print JSON" };
        Command command = new("backup", "Copy a home, while a process runs on it or not, or make a home of a copy; verify proves it, and run goes on with it.") { home, target, source, json };
        command.Does(verbose, (parsed, streams, _) =>
        {
            string folder = OutputFolder.Check("--home", parsed.GetRequiredValue(home));
            (string? to, string? from) = (parsed.GetValue(target), parsed.GetValue(source));
            if (to is null == from is null)
            {
                throw new InputException("to", to ?? "none given", "a folder for the copy, or --restore DIR in its place");
            }

            if (to is not null)
            {
                Show(streams, parsed.GetValue(json), ("to", to), Back(folder, to));
                return 0;
            }

            BackupFacts facts = Restore(from!, folder);
            Show(streams, parsed.GetValue(json), ("home", folder), facts);
            Warn(streams.Error, folder);
            return 0;
        });
        return command;
    }

    private static BackupFacts Back(string home, string target)
    {
        string to = OutputFolder.Check("--to", target);
        RequireHome("home", home);
        return Path.Exists(to) || IsWithin(to, home)
            ? throw new InputException("to", to, "a folder that is not there yet, and not within the home")
            : HomeBackup.Run(home, to);
    }

    private static BackupFacts Restore(string from, string home)
    {
        RequireHome("restore", from);
        bool isFree = !Path.Exists(home) || (Directory.Exists(home) && !Directory.EnumerateFileSystemEntries(home).Any());
        return !isFree || IsWithin(home, from)
            ? throw new InputException("home", home, "a folder that is not there yet or empty, and not within the copy; a home that is there is moved away first")
            : HomeBackup.Restore(from, home);
    }

    private static void RequireHome(string field, string folder)
    {
        if (!Directory.Exists(Path.Combine(folder, "accounts")))
        {
            throw new InputException(field, folder, "a home of run, with accounts in it");
        }
    }

    private static bool IsWithin(string inner, string outer) => Path.GetFullPath(inner).StartsWith(Path.GetFullPath(outer) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void Show(InvocationConfiguration streams, bool isJson, (string Key, string Folder) where, BackupFacts facts) => streams.Output.WriteLine(isJson
        ? new JsonObject { [where.Key] = Path.GetFullPath(where.Folder), ["files"] = facts.Files, ["bytes"] = facts.Bytes, ["records"] = facts.HasRecords }.ToJsonString()
        : FormattableString.Invariant($"{facts.Files} files, {facts.Bytes} bytes; records {(facts.HasRecords ? "with it" : "not in the home: a database of its own is backed up with its own tools")}"));

    // Nothing but the person knows whether the run that was copied still trades these accounts, perhaps on another machine.
    private static void Warn(TextWriter errors, string home)
    {
        SettingsReader reader = RunRequestOptions.Reader();
        foreach (string name in new HomeReader(home, reader).Accounts)
        {
            if (WarningOf(home, name, reader) is { } warning)
            {
                errors.WriteLine($"warning: {name}: {warning}");
            }
        }
    }

    private static string? WarningOf(string home, string name, SettingsReader reader)
    {
        try
        {
            return AccountHome.StoredPlan(home, name, reader)?.Settings is { Kind.SendsOrders: true } account
                ? $"sends orders to {account.Venue}: the run that was copied must have ended, or both trade the account; the next start takes over what the venue says happened since"
                : null;
        }
        catch (AccountStateException fault)
        {
            return $"cannot be continued by this program: {fault.Message}";
        }
    }
}
