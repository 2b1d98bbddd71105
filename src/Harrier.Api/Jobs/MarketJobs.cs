using Harrier.Api.Hosting;
using Harrier.Hosting.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Jobs;

/// <summary>Of which market.</summary>
public record MarketBody
{
    /// <summary>Which venue.</summary>
    public string? Venue { get; init; }

    /// <summary>Which symbols.</summary>
    public IReadOnlyList<string>? Symbols { get; init; }

    /// <summary><c>live</c>, <c>testnet</c>, or <c>built-in</c>: the exchange inside this run.</summary>
    public string? Endpoint { get; init; }
}

/// <summary>What to collect. What is left out is as in <c>harrier collect</c>.</summary>
public sealed record CollectBody : MarketBody
{
    /// <summary><c>bars</c>, <c>trades</c>, <c>funding</c> or <c>book</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Length of bars.</summary>
    public string? Interval { get; init; }

    /// <summary>Months back from now, 1 to 240.</summary>
    public int? Months { get; init; }

    /// <summary>First day, instead of months.</summary>
    public string? StartDate { get; init; }

    /// <summary>Last day, included.</summary>
    public string? EndDate { get; init; }
}

/// <summary>What to record as it comes, until it is stopped.</summary>
public sealed record StreamBody : MarketBody
{
    /// <summary>trades, book, ticker, top, mark; the first two where nothing is said.</summary>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>End after this time, such as 10m; until stopped where nothing is said.</summary>
    public string? Duration { get; init; }
}

/// <summary>Which markets to rank.</summary>
public sealed record ScanBody : MarketBody
{
    /// <summary>By the filters of this preset.</summary>
    public string? Preset { get; init; }

    /// <summary>Length of bars.</summary>
    public string? Interval { get; init; }

    /// <summary>How many are shown.</summary>
    public int? Top { get; init; }
}

/// <summary>A stream as it stands.</summary>
/// <param name="Status"><c>started</c>, <c>already_running</c>, <c>stopped</c> or <c>not_running</c>.</param>
/// <param name="JobId">Its job; null where none runs.</param>
public sealed record StreamAnswer(string Status, string? JobId);

/// <summary>Prepares work on markets, by the rules of the command line.</summary>
public interface IMarketWork
{
    /// <summary>Collects history into the store of the home.</summary>
    /// <returns>What to do; or all that is wrong, a line each: field, value, what is allowed.</returns>
    (JobWork? Work, IReadOnlyList<string> Faults) Collect(CollectBody body);

    /// <summary>Records market data into a folder of the home.</summary>
    /// <returns>As <see cref="Collect"/>.</returns>
    (JobWork? Work, IReadOnlyList<string> Faults) Stream(StreamBody body);

    /// <summary>Ranks markets.</summary>
    /// <returns>As <see cref="Collect"/>.</returns>
    (JobWork? Work, IReadOnlyList<string> Faults) Scan(ScanBody body);
}

/// <summary><c>POST /api/v1/data/collect</c>, <c>/api/v1/scan/run</c>, <c>/api/v1/stream/start</c> and <c>stop</c>: jobs on markets.</summary>
internal static class MarketJobs
{
    private const string Stream = "stream";

    private static readonly Lock OneStream = new();

    /// <summary>Collects history.</summary>
    public static Results<Accepted<JobTakenAnswer>, ValidationProblem, ProblemHttpResult> Collect(CollectBody body, ApiSources sources)
    {
        (JobWork? work, IReadOnlyList<string> faults) = sources.MarketWork.Collect(body);
        return JobTaking.Take(sources, "collect", work, faults);
    }

    /// <summary>Ranks markets; what comes out is also told on <c>/ws</c> as SCAN_RESULT.</summary>
    public static Results<Accepted<JobTakenAnswer>, ValidationProblem, ProblemHttpResult> Scan(ScanBody body, ApiSources sources)
    {
        (JobWork? work, IReadOnlyList<string> faults) = sources.MarketWork.Scan(body);
        return JobTaking.Take(sources, "scan", work is null ? null : (progress, stop) => Told(sources, work(progress, stop)), faults);
    }

    /// <summary>Begins to record, unless it does already.</summary>
    public static Results<Accepted<StreamAnswer>, Ok<StreamAnswer>, ValidationProblem, ProblemHttpResult> StartStream(StreamBody body, ApiSources sources)
    {
        lock (OneStream)
        {
            if (Running(sources) is { } running)
            {
                return TypedResults.Ok(new StreamAnswer("already_running", running.Id));
            }

            (JobWork? work, IReadOnlyList<string> faults) = sources.MarketWork.Stream(body);
            return work is null ? JobTaking.Problem(faults)
                : sources.Jobs.TryAdd(Stream, work) is { } job ? TypedResults.Accepted($"/api/v1/jobs/{job.Id}", new StreamAnswer("started", job.Id))
                : TypedResults.Problem("an earlier stream has not ended yet", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>Ends the recording.</summary>
    public static Ok<StreamAnswer> StopStream(ApiSources sources)
    {
        lock (OneStream)
        {
            return Running(sources) is { } running && running.Cancel(sources.Time.GetUtcNow())
                ? TypedResults.Ok(new StreamAnswer("stopped", running.Id))
                : TypedResults.Ok(new StreamAnswer("not_running", null));
        }
    }

    private static Job? Running(ApiSources sources) => sources.Jobs.All.LastOrDefault(static job => job.Kind == Stream && !job.HasEnded && !job.IsStopping);

    private static JobResult Told(ApiSources sources, JobResult result)
    {
        sources.Desk.Live.TellScan(result.Json);
        return result;
    }
}
