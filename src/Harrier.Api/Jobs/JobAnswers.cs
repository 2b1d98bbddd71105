using Harrier.Api.Hosting;
using Harrier.Hosting.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Jobs;

/// <summary>A job as the API shows it.</summary>
/// <param name="JobId">What it is known by.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Status"><c>queued</c>, <c>running</c>, <c>done</c>, <c>failed</c> or <c>canceled</c>.</param>
/// <param name="Progress">The part that is done, 0 to 1.</param>
/// <param name="CreatedAt">When it was taken in.</param>
/// <param name="EndedAt">When it ended; null before.</param>
/// <param name="Error">Why it failed.</param>
public sealed record JobAnswer(string JobId, string Kind, string Status, double Progress, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, string? Error)
{
    /// <summary>The answer of a job.</summary>
    internal static JobAnswer Of(Job job) => new(job.Id, job.Kind, job.State.ToString().ToLowerInvariant(), job.Progress, job.Created, job.Ended, job.Error);
}

/// <summary><c>/api/v1/jobs</c>: how long work goes on, and what it left.</summary>
internal static class JobAnswers
{
    /// <summary>Lists the jobs of this process, oldest first.</summary>
    public static Ok<JobAnswer[]> List(ApiSources sources) => TypedResults.Ok(sources.Jobs.All.Select(JobAnswer.Of).ToArray());

    /// <summary>Shows a job.</summary>
    public static Results<Ok<JobAnswer>, ProblemHttpResult> Get(string job, ApiSources sources) =>
        sources.Jobs.Find(job) is { } found ? TypedResults.Ok(JobAnswer.Of(found)) : Missing(job);

    /// <summary>Shows what a job left; 409 before it is done.</summary>
    public static Results<ContentHttpResult, ProblemHttpResult> Result(string job, ApiSources sources) => Left(job, sources, static result => result.Json, "application/json");

    /// <summary>Shows the page about what a job left.</summary>
    public static Results<ContentHttpResult, ProblemHttpResult> Report(string job, ApiSources sources) => Left(job, sources, static result => result.Report, "text/html; charset=utf-8");

    /// <summary>Stops a job.</summary>
    public static Results<Ok<JobAnswer>, ProblemHttpResult> Cancel(string job, ApiSources sources) =>
        sources.Jobs.Find(job) is not { } found ? Missing(job)
        : found.Cancel(sources.Time.GetUtcNow()) ? TypedResults.Ok(JobAnswer.Of(found))
        : TypedResults.Problem($"job {job} has ended: {found.State.ToString().ToLowerInvariant()}", statusCode: StatusCodes.Status409Conflict);

    private static Results<ContentHttpResult, ProblemHttpResult> Left(string job, ApiSources sources, Func<JobResult, string?> part, string type)
    {
        if (sources.Jobs.Find(job) is not { } found)
        {
            return Missing(job);
        }

        return found.Result is { } result && part(result) is { } text
            ? TypedResults.Text(text, type)
            : TypedResults.Problem($"job {job} is {found.State.ToString().ToLowerInvariant()}: it has left nothing of this kind", statusCode: StatusCodes.Status409Conflict);
    }

    private static ProblemHttpResult Missing(string job) => TypedResults.Problem($"job: {Shown.Of(job)}: no job of this process", statusCode: StatusCodes.Status404NotFound);
}
