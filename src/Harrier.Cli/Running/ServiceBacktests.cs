using System.CommandLine;
using Harrier.Api.Backtests;
using Harrier.Cli.Backtests;
using Harrier.Cli.Composition;
using Harrier.Cli.Verbs;
using Harrier.Hosting.Jobs;
using Harrier.Research.Backtests;
using Harrier.Research.Reports;

namespace Harrier.Cli.Running;

/// <summary>Backtests of the service: read by the rules of the command line, played on the thread of a job.</summary>
/// <param name="home">The folder of all state.</param>
internal sealed class ServiceBacktests(string home) : IBacktests
{
    private static readonly (string Option, string Field)[] Fields = [("from", "start_date"), ("to", "end_date"), ("balance", "initial_balance")];

    /// <inheritdoc/>
    public (JobWork? Work, IReadOnlyList<string> Faults) Prepare(BacktestBody body)
    {
        BacktestRequestOptions options = new();
        Command command = new("backtest");
        options.AddTo(command);
        ParseResult parsed = command.Parse(Arguments(body));
        if (parsed.Errors.Count > 0)
        {
            return (null, [.. parsed.Errors.Select(static error => "body: " + error.Message)]);
        }

        try
        {
            BacktestRequest request = options.Read(parsed);
            return ((progress, stop) => Run(request, progress, stop), []);
        }
        catch (InputFaultsException wrong)
        {
            return (null, [.. wrong.Lines.Select(NameOf)]);
        }
        catch (InputException wrong)
        {
            return (null, [NameOf(wrong.Message)]);
        }
    }

    // A fault is named by the field of the body, not by the option that it became.
    private static string NameOf(string line)
    {
        string field = line.Split(':')[0].TrimStart('-');
        string name = Fields.FirstOrDefault(one => one.Option == field).Field ?? (field.StartsWith("param", StringComparison.Ordinal) ? "parameters" : field);
        int rest = line.IndexOf(':', StringComparison.Ordinal);
        return rest < 0 ? $"{name}: {line}" : name + line[rest..];
    }

    private static JobResult Run(BacktestRequest request, IProgress<double> progress, CancellationToken stop)
    {
        using BacktestData data = BacktestVerb.ReadBars(request);
        (BacktestSettings settings, BacktestInput input) = Backtest.Compose(request, data);
        long bars = Math.Max(1, input.Series.Sum(static series => series.Extent.Count));
        BacktestResult result = BacktestRunner.Run(settings, input, new StoppableProgress(new Part(progress, bars), stop));
        string folder = Directory.CreateTempSubdirectory("harrier-backtest-").FullName;
        try
        {
            string json = ResultFiles.Write(result, folder);
            return new JobResult(json, File.ReadAllText(Path.Combine(folder, ResultFiles.ReportName)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // A value of the body is one argument, whatever stands in it: --option=value is never read as another option.
    private string[] Arguments(BacktestBody body)
    {
        List<string> arguments = ["--home=" + home];
        foreach ((string option, string? value) in ((string, string?)[])
        [
            ("strategy", body.Strategy), ("symbol", body.Symbol), ("interval", body.Interval), ("from", body.StartDate), ("to", body.EndDate), ("balance", body.InitialBalance),
        ])
        {
            if (value is not null)
            {
                arguments.Add($"--{option}={value}");
            }
        }

        arguments.AddRange((body.Parameters ?? new Dictionary<string, string>()).Select(static one => $"--param={one.Key}={one.Value}"));
        return [.. arguments];
    }

    private sealed class Part(IProgress<double> progress, long all) : IProgress<long>
    {
        public void Report(long value) => progress.Report((double)value / all);
    }
}
