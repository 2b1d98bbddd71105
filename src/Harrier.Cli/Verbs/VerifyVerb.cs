using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Cli.Running;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Journal;
using Harrier.Storage.Sessions;

namespace Harrier.Cli.Verbs;

/// <summary><c>verify --journal F</c>: proves that sessions of <c>run</c> repeat bit by bit.</summary>
public static class VerifyVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Option<string> journal = new("--journal") { Description = "folder of a session, or one above: an account, or a home", HelpName = "F", Required = true };
        Option<bool> json = new("--json") { Description = "print one JSON object per session" };
        Command command = new("verify", "Replay sessions of run and compare every signal, order, refusal and fill with what was recorded.");
        command.Options.Add(journal);
        command.Options.Add(json);
        command.SetAction(parsed => BadInput.Guard(
            parsed.InvocationConfiguration.Error,
            () => Run(parsed.GetRequiredValue(journal), parsed.GetValue(json), parsed.InvocationConfiguration.Output),
            parsed.GetValue(verbose)));
        return command;
    }

    private static int Run(string folder, bool isJson, TextWriter output)
    {
        string[] sessions = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, Path.GetFileName(SessionFolder.SnapshotOf("")), SearchOption.AllDirectories).Select(static file => Path.GetDirectoryName(file)!).Order(StringComparer.Ordinal)]
            : [];
        IReadOnlyList<string> segments = PortfolioProof.SegmentsIn(folder);
        if (sessions.Length == 0 && segments.Count == 0)
        {
            throw new InputException("journal", folder, "a folder with a session of run, such as .harrier/accounts/quick/sessions/00000001");
        }

        SessionProof proof = new(RunRequestOptions.Reader());
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("harrier-verify-");
        try
        {
            bool isWell = true;

            // Sessions of several accounts have the same names.
            foreach ((string name, Func<ProvenSession> prove) in sessions.Select((session, i) => (session, (Func<ProvenSession>)(() => proof.Run(session, Path.Combine(scratch.FullName, i.ToString(CultureInfo.InvariantCulture))))))
                .Concat(segments.Select(static segment => (segment, (Func<ProvenSession>)(() => PortfolioProof.Run(segment))))))
            {
                ProvenSession proven = Prove(prove);
                isWell &= proven.Outcome.Divergence is null;
                output.WriteLine(isJson ? Json(name, proven) : Text(name, proven));
            }

            return isWell ? 0 : 1;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static ProvenSession Prove(Func<ProvenSession> prove)
    {
        try
        {
            return prove();
        }
        catch (Exception fault) when (fault is JournalException or InvalidDataException or FileNotFoundException or ConfigurationException)
        {
            return new ProvenSession(new SessionOutcome(0, 0, fault.Message, false), null);
        }
    }

    private static string Text(string session, ProvenSession proven) => proven.Outcome switch
    {
        { Divergence: { } divergence } => $"{session}: differs: {divergence}",
        { Records: 0 } => $"{session}: nothing recorded yet",
        var outcome => FormattableString.Invariant($"{session}: {outcome.Inputs} inputs, {outcome.Records} records repeated byte for byte{(outcome.HasTornTail ? ", the last cut off by a crash" : "")}, state {proven.StateHash}"),
    };

    private static string Json(string session, ProvenSession proven)
    {
        using MemoryStream bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteString("session", session);
            json.WriteNumber("inputs", proven.Outcome.Inputs);
            json.WriteNumber("records", proven.Outcome.Records);
            json.WriteBoolean("torn_tail", proven.Outcome.HasTornTail);
            json.WriteString("state_hash", proven.StateHash);
            json.WriteString("divergence", proven.Outcome.Divergence);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
