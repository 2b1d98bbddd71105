using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Harrier.Research.Backtests;
using Harrier.Research.Metrics;
using Harrier.Research.Reports;

namespace Harrier.Research.Comparisons;

/// <summary>Writes <c>comparison.json</c>, which is also what <c>--json</c> prints. The keys are a contract with other programs.</summary>
public static class ComparisonJson
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document as indented text that ends with a line feed.</summary>
    public static string ToText(RunComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Readable))
        {
            json.WriteStartObject();
            RunManifest manifest = comparison.Basis.Result.Manifest;
            json.WriteString("strategy", manifest.Strategy);
            json.WriteString("symbol", string.Join(", ", manifest.Symbols));
            json.WriteString("venue", manifest.Venue.Name);
            json.WriteString("interval", manifest.Interval);
            json.WriteTime("from", manifest.From);
            json.WriteTime("to", manifest.To);
            json.WriteString("data_hash", manifest.DataHash);
            json.WriteString("numeraire", manifest.Numeraire.Code);
            json.WriteStartArray("runs");
            foreach (ComparedRun run in comparison.Runs)
            {
                WriteRun(json, run, comparison.Basis);
            }

            json.WriteEndArray();
            WriteAssumptions(json, comparison);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteRun(Utf8JsonWriter json, ComparedRun run, ComparedRun basis)
    {
        BacktestResult result = run.Result;
        PerformanceMetrics metrics = PerformanceMetrics.Of(result);
        json.WriteStartObject();
        json.WriteString("resolution", run.Name);
        json.WriteString("state_hash", result.Manifest.StateHash);
        json.WriteMoney("final_equity", result.FinalEquity);
        json.WriteRatio("total_return", metrics.TotalReturn);
        json.WriteRatio("max_drawdown", metrics.MaxDrawdown);
        json.WriteNumber("trades", metrics.Trades);
        json.WriteRatio("win_rate", metrics.WinRate);
        json.WriteMoney("fees", metrics.Fees);
        json.WriteMoney("funding", metrics.Funding);
        ResultJson.WriteExecution(json, result.Execution);
        if (!ReferenceEquals(run, basis))
        {
            RunDifference parts = RunDifference.Of(result, basis.Result);
            json.WriteStartObject("difference");
            json.WriteString("to", basis.Name);
            json.WriteMoney("equity", parts.Equity);
            json.WriteMoney("decisions", parts.Decisions);
            json.WriteMoney("slippage", parts.Slippage);
            json.WriteMoney("fees", parts.Fees);
            json.WriteMoney("funding", parts.Funding);
            json.WriteEndObject();
        }

        json.WriteStartArray("failed_checks");
        foreach (CheckResult check in result.Checks.Where(check => !check.Passed))
        {
            json.WriteStringValue(check.Name);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAssumptions(Utf8JsonWriter json, RunComparison comparison)
    {
        json.WriteStartObject("differing_assumptions");
        foreach (DifferingAssumption one in comparison.Assumptions())
        {
            json.WriteObject(one.Name, [.. comparison.Runs.Select((run, i) => KeyValuePair.Create(run.Name, one.Values[i]))]);
        }

        json.WriteEndObject();
    }
}
