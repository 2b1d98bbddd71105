using Harrier.Api.Hosting;
using Harrier.Hosting.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Jobs;

/// <summary>A job that was taken in.</summary>
/// <param name="JobId">What it is known by.</param>
/// <param name="Status"><c>queued</c>.</param>
public sealed record JobTakenAnswer(string JobId, string Status);

/// <summary>Takes work in as a job, or says what is wrong with it.</summary>
internal static class JobTaking
{
    /// <summary>Takes it.</summary>
    /// <param name="sources">Where jobs are done.</param>
    /// <param name="kind">What it does.</param>
    /// <param name="work">The work; null where something is wrong.</param>
    /// <param name="faults">All that is wrong, a line each: field, value, what is allowed.</param>
    public static Results<Accepted<JobTakenAnswer>, ValidationProblem, ProblemHttpResult> Take(ApiSources sources, string kind, JobWork? work, IReadOnlyList<string> faults)
    {
        if (work is null)
        {
            return Problem(faults);
        }

        return sources.Jobs.TryAdd(kind, work) is { } job
            ? TypedResults.Accepted($"/api/v1/jobs/{job.Id}", new JobTakenAnswer(job.Id, "queued"))
            : TypedResults.Problem($"{JobDesk.MostWaiting} jobs wait already", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>What is wrong, by field.</summary>
    public static ValidationProblem Problem(IReadOnlyList<string> faults) => TypedResults.ValidationProblem(faults.GroupBy(static line => line.Split(':')[0], StringComparer.Ordinal)
        .ToDictionary(static field => field.Key, static field => field.Select(line => line[Math.Min(line.Length, field.Key.Length + 2)..]).ToArray(), StringComparer.Ordinal));
}
