using System.CommandLine;
using System.Globalization;
using Harrier.Cli.Records;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records;
using Harrier.Storage.Records.Rows;

namespace Harrier.Cli.Verbs;

/// <summary><c>decisions</c>: what portfolio bots decided, and what became of it, whether the home runs or not.</summary>
public static class DecisionsVerb
{
    private static readonly string[] Statuses = [.. Enum.GetValues<DecisionStatus>().Select(PortfolioDecision.WordOf)];

    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Option<string?> status = new("--status") { Description = "those in this state: " + string.Join(", ", Statuses), HelpName = "S" };
        Option<string?> asset = new("--asset") { Description = "those that give or want this asset", HelpName = "CODE" };
        Option<bool> all = new("--all") { Description = "archived ones as well" };
        Command command = new("decisions", "List the conversions that portfolio bots of a home decided on.") { status, asset, all };
        RecordsVerbs.Complete(command, verbose, new RecordsVerbs.Listing<DecisionRow>(
            (store, filter, parsed) => store.Decisions(
                filter with { Symbol = parsed.GetValue(asset)?.ToUpperInvariant(), WithArchived = parsed.GetValue(all) }, parsed.GetValue(status) is { } text ? StatusOf(text) : null),
            RecordJson.Decisions,
            ["id", "time", "account", "bot", "decision", "from", "amount", "to", "received", "confidence", "risk", "expected", "status", "result"],
            static row =>
            [
                row.Number.ToString(CultureInfo.InvariantCulture), RecordsVerbs.Second(row.CreatedAt), row.Account, row.Bot, row.Decision, row.FromAsset, RecordsVerbs.Short(row.Amount), row.ToAsset,
                row.Received is { } received ? RecordsVerbs.Short(received) : "-", Ratio(row.Confidence), Ratio(row.Risk), Ratio(row.ExpectedReturn), row.Status, row.Result ?? "",
            ]));
        command.Subcommands.Add(RecordsVerbs.Archive(verbose, "decisions", static (store, keep, now) => store.ArchiveDecisions(keep, now)));
        return command;
    }

    private static string StatusOf(string text)
    {
        string status = text.ToUpperInvariant();
        return Statuses.Contains(status, StringComparer.Ordinal) ? status : throw new InputException("status", text, "one of " + string.Join(", ", Statuses));
    }

    private static string Ratio(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
