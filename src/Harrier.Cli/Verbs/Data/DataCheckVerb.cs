using System.CommandLine;
using System.Text.Json;
using Harrier.Cli.MarketData;
using Harrier.Storage.Market;
using Harrier.Storage.Market.Checks;

namespace Harrier.Cli.Verbs.Data;

/// <summary><c>data check</c>: verifies the store; exit code 1 when something is wrong.</summary>
internal static class DataCheckVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        StoreOption store = new();
        SeriesFilter filter = new();
        Option<bool> json = new("--json") { Description = "print JSON" };
        Command command = new("check", "Verify the store: damaged files, checksums, gaps, repeated and contradicting rows, order, prices, volumes. Exit code 1 when something is wrong.") { json };
        filter.AddTo(command);
        store.AddTo(command);
        return command.Does((parsed, output, stop) =>
        {
            using MarketStore opened = store.Open(parsed);
            List<SeriesCheck> checks = [];
            foreach (SeriesKey key in filter.Choose(parsed, opened))
            {
                stop.ThrowIfCancellationRequested();
                checks.Add(opened.Check(key));
            }

            output.Write(parsed.GetValue(json) ? ToJson(opened.Root, checks) : ToText(checks));
            return checks.TrueForAll(check => check.Passed) ? 0 : StoreActions.Found;
        });
    }

    private static string ToText(List<SeriesCheck> checks)
    {
        using StringWriter text = new() { NewLine = "\n" };
        foreach (SeriesCheck check in checks)
        {
            text.WriteLine(FormattableString.Invariant($"{(check.Passed ? "ok    " : "FAULTY")}  {check.Key}: {check.Rows} rows in {check.Files} files"));
            foreach (StoreFinding finding in check.Findings)
            {
                text.WriteLine($"        {finding.Detail}");
            }
        }

        int faulty = checks.Count(check => !check.Passed);
        text.WriteLine(checks.Count == 0 ? "nothing to check: the store is empty"
            : faulty == 0 ? FormattableString.Invariant($"{checks.Count} series, nothing wrong")
            : FormattableString.Invariant($"{faulty} of {checks.Count} series are faulty; harrier data repair puts right what it can and fetches what is missing"));
        return text.ToString();
    }

    private static string ToJson(string root, List<SeriesCheck> checks) => JsonText.Object(json =>
    {
        json.WriteString("store", root);
        json.WriteBoolean("passed", checks.TrueForAll(check => check.Passed));
        JsonText.Array(json, "series", checks, check =>
        {
            JsonText.Key(json, check.Key);
            json.WriteBoolean("passed", check.Passed);
            json.WriteNumber("rows", check.Rows);
            json.WriteNumber("files", check.Files);
            JsonText.Array(json, "findings", check.Findings, finding => Write(json, finding));
            JsonText.Ranges(json, "missing", check.Missing);
        });
    });

    private static void Write(Utf8JsonWriter json, StoreFinding finding)
    {
        json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(finding.Kind.ToString()));
        json.WriteBoolean("note", finding.IsNote);
        json.WriteNumber("count", finding.Count);
        json.WriteString("detail", finding.Detail);
        json.WriteStartArray("first");
        foreach (Domain.Timestamp time in finding.First)
        {
            json.WriteStringValue(time.ToString());
        }

        json.WriteEndArray();
    }
}
