using System.Security.Cryptography;
using System.Text;
using Harrier.Api.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Harrier.Api.People;

/// <summary>A browser sends its cookie with whatever a page of somebody else has it send: a change by cookie alone is refused. A page of ours sends what only it knows.</summary>
internal static class CsrfGuard
{
    /// <summary>Header for scripts.</summary>
    public const string Header = "X-CSRF-Token";

    /// <summary>Field for forms.</summary>
    public const string Field = "csrf";

    /// <summary>Adds it, behind authentication.</summary>
    public static void UseCsrfGuard(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.Features.Get<Session>() is { } session && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
            && context.User.Identity?.AuthenticationType == SessionAuthentication.SchemeName && !await KnowsAsync(context.Request, session).ConfigureAwait(false))
        {
            await Results.Problem($"{Header}: what the page was given", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        await next(context).ConfigureAwait(false);
    });

    /// <summary>Whether a browser asks for a page.</summary>
    public static bool IsPage(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Headers.Accept.Any(static accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true);

    private static async Task<bool> KnowsAsync(HttpRequest request, Session session)
    {
        string shown = request.Headers[Header].ToString();
        if (shown.Length == 0)
        {
            shown = (await PageForm.ReadAsync(request).ConfigureAwait(false))[Field].ToString();
        }

        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(session.Csrf));
    }
}
