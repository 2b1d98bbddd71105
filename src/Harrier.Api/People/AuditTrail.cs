using Harrier.Api.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.People;

/// <summary>Notes every change that somebody asked for, and what became of it.</summary>
internal static class AuditTrail
{
    /// <summary>Adds it, behind authentication. What nobody was let in for is not noted here: anybody could fill the disk with it.</summary>
    public static void UseAuditTrail(this WebApplication app, AuditLog audit) => app.Use(async (context, next) =>
    {
        bool isChange = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            if (isChange && context.User.Identity is { IsAuthenticated: true, Name: { } name })
            {
                audit.Add(name, AddressOf(context), $"{context.Request.Method} {Shown.Of(context.Request.Path.Value)}", $"{context.Response.StatusCode}");
            }
        }
    });

    /// <summary>Where a request is from.</summary>
    public static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>Shows the newest entries, oldest first.</summary>
    /// <param name="audit">The audit.</param>
    /// <param name="limit">How many, 1 to 1000; 100 when nothing is said.</param>
    public static Results<Ok<IReadOnlyList<AuditEntry>>, ValidationProblem> Get(AuditLog audit, string? limit = null)
    {
        Faults faults = new();
        int count = faults.Whole("limit", limit, 1, 1000, 100);
        return faults.IsEmpty ? TypedResults.Ok(audit.Newest(count)) : faults.Problem;
    }
}
