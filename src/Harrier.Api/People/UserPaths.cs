using Harrier.Api.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Harrier.Api.People;

/// <summary>The paths by which programs administer users, links and tokens.</summary>
internal static class UserPaths
{
    /// <summary>Maps them.</summary>
    /// <param name="administration">For administrators.</param>
    public static void Map(RouteGroupBuilder administration)
    {
        administration.MapGet("/users", UserAnswers.List);
        administration.MapGet("/invitations", UserAnswers.Links);
        administration.MapGet("/tokens", UserAnswers.Tokens);
        administration.MapPost("/invitations", UserAnswers.Invite).WithMetadata(new SecretAnswer());
        administration.MapPost("/users/{name}/password", UserAnswers.ResetPassword).WithMetadata(new SecretAnswer());
        administration.MapPost("/users/{name}/role", UserAnswers.SetRole);
        administration.MapPost("/users/{name}/disable", static (string name, HttpContext context, UserAdministration users) => UserAnswers.Change(name, context, users.Disable));
        administration.MapPost("/users/{name}/enable", static (string name, HttpContext context, UserAdministration users) => UserAnswers.Change(name, context, users.Enable));
        administration.MapPost("/users/{name}/reset-codes", static (string name, HttpContext context, UserAdministration users) => UserAnswers.Change(name, context, users.ResetCodes));
        administration.MapPost("/users/{name}/end-sessions", static (string name, HttpContext context, UserAdministration users) => UserAnswers.Change(name, context, users.EndSessions));
        administration.MapDelete("/users/{name}", static (string name, HttpContext context, UserAdministration users) => UserAnswers.Change(name, context, users.Remove));
        administration.MapDelete("/invitations/{id}", static (string id, HttpContext context, UserAdministration users) => UserAnswers.Change(id, context, users.CloseLink));
        administration.MapDelete("/tokens/{id}", static (string id, HttpContext context, UserAdministration users) => UserAnswers.Change(id, context, users.RevokeToken));
    }
}
