using System.Security.Claims;
using System.Text;
using Harrier.Api.Commands;
using Harrier.Api.Hosting;
using Harrier.Hosting.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.Configuration;

/// <summary><c>/api/v1/config</c>: of what the run is made at this moment, every default said and secrets masked. It is changed as by the command line: bots and limits by orders to accounts, a changed file by reading it once more.</summary>
internal static class RunConfiguration
{
    /// <summary>Shows it with a tag.</summary>
    public static async Task<IResult> GetAsync(ApiSources sources, HttpContext context) =>
        await ReadAsync(sources).ConfigureAwait(false) is { } content
            ? EntityTag.Answer(context, content)
            : Results.Problem("the run has not begun", statusCode: StatusCodes.Status503ServiceUnavailable);

    /// <summary>Has the run read its configuration once more; all of what it says anew is carried out, or nothing.</summary>
    public static async Task<Results<Ok<OrderAnswer>, ProblemHttpResult>> ReloadAsync(ApiSources sources, ClaimsPrincipal who, OrderBody? body)
    {
        CommandAnswer answer = await sources.Desk.OrderAsync(null, new AccountCommand(AccountOrder.Configure, null, who.Identity?.Name ?? "", body?.Reason ?? "")).ConfigureAwait(false);
        return answer.IsDone ? TypedResults.Ok(new OrderAnswer(true, answer.Text)) : TypedResults.Problem(answer.Text, statusCode: StatusCodes.Status409Conflict);
    }

    /// <summary>Lets a change through only where the configuration still is the one that its sender has seen, if it says which: <c>If-Match</c>.</summary>
    public static async ValueTask<object?> OnlyIfMatches(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        string seen = invocation.HttpContext.Request.Headers.IfMatch.ToString();
        ApiSources sources = (ApiSources)invocation.HttpContext.RequestServices.GetService(typeof(ApiSources))!;
        return seen.Length > 0 && (await ReadAsync(sources).ConfigureAwait(false) is not { } content || !EntityTag.Has(seen, EntityTag.Of(content)))
            ? Results.Problem("if-match: the configuration has changed since: GET /api/v1/config", statusCode: StatusCodes.Status412PreconditionFailed)
            : await next(invocation).ConfigureAwait(false);
    }

    private static async Task<byte[]?> ReadAsync(ApiSources sources) =>
        sources.Desk.Configuration is { } read ? Encoding.UTF8.GetBytes((await read().ConfigureAwait(false)).ToJsonString()) : null;
}
