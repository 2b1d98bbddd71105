using Harrier.Api.Hosting;
using Harrier.Api.Jobs;
using Harrier.Hosting.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Backtests;

/// <summary>What to backtest. What is left out is as in <c>harrier backtest</c>.</summary>
public sealed record BacktestBody
{
    /// <summary>Key of the strategy.</summary>
    public string? Strategy { get; init; }

    /// <summary>Its parameters, by name.</summary>
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }

    /// <summary>Symbol of the market data store; the synthetic sample market when nothing is said.</summary>
    public string? Symbol { get; init; }

    /// <summary>Length of bars.</summary>
    public string? Interval { get; init; }

    /// <summary>First day, as 2024-01-31.</summary>
    public string? StartDate { get; init; }

    /// <summary>Last day, included.</summary>
    public string? EndDate { get; init; }

    /// <summary>What is paid in, as text.</summary>
    public string? InitialBalance { get; init; }
}

/// <summary>Runs backtests for the service, by the rules of the command line.</summary>
public interface IBacktests
{
    /// <summary>Reads what is asked for.</summary>
    /// <returns>What to do; or all that is wrong, a line each: field, value, what is allowed.</returns>
    (JobWork? Work, IReadOnlyList<string> Faults) Prepare(BacktestBody body);
}

/// <summary><c>POST /api/v1/backtest/run</c>.</summary>
internal static class BacktestRuns
{
    /// <summary>Takes a backtest in. Its progress, result and report are those of the job.</summary>
    public static Results<Accepted<JobTakenAnswer>, ValidationProblem, ProblemHttpResult> Run(BacktestBody body, ApiSources sources)
    {
        (JobWork? work, IReadOnlyList<string> faults) = sources.Backtests.Prepare(body);
        return JobTaking.Take(sources, "backtest", work, faults);
    }
}
