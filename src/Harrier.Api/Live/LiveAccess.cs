using System.Security.Claims;
using Harrier.Api.Hosting;
using Harrier.Api.People;
using Harrier.Api.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Harrier.Api.Live;

/// <summary>Who listens, and what it may do at the moment: that may change while it listens.</summary>
/// <param name="name">A user or token.</param>
/// <param name="look">Looks up what it may do; null where what let it in has ended.</param>
internal sealed class LiveAccess(string name, Func<Role?> look)
{
    /// <summary>A user or token.</summary>
    public string Name => name;

    /// <summary>What it may do now; null where what let it in has ended.</summary>
    public Role? Role => look();

    /// <summary>That of a request.</summary>
    public static LiveAccess Of(HttpContext context)
    {
        ApiSources sources = context.RequestServices.GetRequiredService<ApiSources>();
        Sessions sessions = context.RequestServices.GetRequiredService<Sessions>();
        string? token = context.User.FindFirstValue(TokenAuthentication.TokenId);
        string? cookie = context.Request.Cookies[Sessions.Cookie];
        return new LiveAccess(
            context.User.Identity?.Name ?? "",
            () => token is not null ? sources.Tokens.RoleOf(token, sources.Time.GetUtcNow()) : cookie is null ? null : sessions.RoleOf(cookie));
    }
}
