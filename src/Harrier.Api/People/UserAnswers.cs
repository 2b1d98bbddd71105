using Harrier.Api.Hosting;
using Harrier.Api.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Harrier.Api.People;

/// <summary>A user as the API shows it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role"><c>viewer</c>, <c>trader</c> or <c>admin</c>.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="IsDisabled">Whether nobody is let in by this name for now.</param>
/// <param name="HasCodes">Whether one-time codes are asked for.</param>
/// <param name="SignsInBy"><c>password</c> or <c>google</c>.</param>
/// <param name="Sessions">How many sessions are open.</param>
public sealed record UserAnswer(string Name, string Role, DateTimeOffset CreatedAt, bool IsDisabled, bool HasCodes, string SignsInBy, int Sessions);

/// <summary>A change of a user, link or token that was done.</summary>
/// <param name="Status"><c>done</c>.</param>
/// <param name="Name">Of what.</param>
public sealed record UserChangeAnswer(string Status, string Name);

/// <summary>An invitation.</summary>
/// <param name="Role"><c>viewer</c>, <c>trader</c> or <c>admin</c>.</param>
/// <param name="ExpiresHours">How long it is good, 1 to 720; 72 where nothing is said.</param>
public sealed record InvitationBody(string? Role = null, int? ExpiresHours = null);

/// <summary>Another role.</summary>
/// <param name="Role"><c>viewer</c>, <c>trader</c> or <c>admin</c>.</param>
public sealed record RoleBody(string? Role = null);

/// <summary>A link that is open.</summary>
/// <param name="Id">What it is known by.</param>
/// <param name="User">Whose password it sets; null for an invitation.</param>
/// <param name="Role">What somebody new may do.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="ExpiresAt">Until when.</param>
/// <param name="CreatedBy">Who made it.</param>
public sealed record LinkAnswer(string Id, string? User, string Role, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string CreatedBy)
{
    /// <summary>The answer of a link.</summary>
    internal static LinkAnswer Of(OneTimeLink link) => new(link.Id, link.User, RoleWords.Of(link.Role), link.Created, link.Expires, link.By);
}

/// <summary>A link that was made.</summary>
/// <param name="Id">What it is known by.</param>
/// <param name="Path">Its path at this service, which is shown once.</param>
/// <param name="ExpiresAt">Until when it is good.</param>
public sealed record LinkMadeAnswer(string Id, string Path, DateTimeOffset ExpiresAt);

/// <summary>A token of a program.</summary>
/// <param name="Id">What it is known by; not the token.</param>
/// <param name="Role">What it allows.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="ExpiresAt">Until when; null for good.</param>
/// <param name="IsExpired">Whether that is over.</param>
public sealed record TokenAnswer(string Id, string Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, bool IsExpired);

/// <summary><c>/api/v1/users</c>, <c>/api/v1/invitations</c>, <c>/api/v1/tokens</c>: who may sign in and ask, for administrators.</summary>
internal static class UserAnswers
{
    private const int UsualHours = 72;
    private const int MostHours = 720;

    /// <summary>Lists users.</summary>
    public static Ok<UserAnswer[]> List(UserAdministration administration, Sessions sessions) => TypedResults.Ok(administration.Users.Select(user => new UserAnswer(
        user.Name, RoleWords.Of(user.Role), user.Created, user.IsDisabled, user.TotpSecret is not null, user.GoogleSubject is null ? "password" : "google", sessions.CountOf(user))).ToArray());

    /// <summary>Lists the links that are open.</summary>
    public static Ok<LinkAnswer[]> Links(UserAdministration administration) => TypedResults.Ok(administration.Links.Select(LinkAnswer.Of).ToArray());

    /// <summary>Lists tokens.</summary>
    public static Ok<TokenAnswer[]> Tokens(UserAdministration administration, ApiSources sources) => TypedResults.Ok(administration.Tokens.Select(token => new TokenAnswer(
        token.Id, RoleWords.Of(token.Role), token.Created, token.Expires, token.Expires <= sources.Time.GetUtcNow())).ToArray());

    /// <summary>Makes an invitation.</summary>
    public static Results<Created<LinkMadeAnswer>, ValidationProblem> Invite(InvitationBody body, HttpContext context, UserAdministration administration)
    {
        Faults faults = new();
        Role role = RoleOf(body.Role, faults);
        if (body.ExpiresHours is < 1 or > MostHours)
        {
            faults.Add("expires_hours", $"{body.ExpiresHours}", $"a whole number from 1 to {MostHours}");
        }

        return faults.IsEmpty ? Made(administration.Invite(ByOf(context), role, TimeSpan.FromHours(body.ExpiresHours ?? UsualHours))) : faults.Problem;
    }

    /// <summary>Makes a link by which somebody sets another password.</summary>
    public static Results<Created<LinkMadeAnswer>, ProblemHttpResult> ResetPassword(string name, HttpContext context, UserAdministration administration)
    {
        (UserChange outcome, (OneTimeLink, string)? made) = administration.ResetPassword(ByOf(context), name, UserAdministration.UsualLink);
        return made is { } link ? Made(link) : Refused(outcome, name);
    }

    /// <summary>Gives somebody another role.</summary>
    public static Results<Ok<UserChangeAnswer>, ValidationProblem, ProblemHttpResult> SetRole(string name, RoleBody body, HttpContext context, UserAdministration administration)
    {
        Faults faults = new();
        Role role = RoleOf(body.Role, faults);
        if (!faults.IsEmpty)
        {
            return faults.Problem;
        }

        UserChange outcome = administration.SetRole(ByOf(context), name, role);
        return outcome == UserChange.Done ? TypedResults.Ok(new UserChangeAnswer("done", name)) : Refused(outcome, name);
    }

    /// <summary>Answers a change that says nothing but of whom.</summary>
    public static Results<Ok<UserChangeAnswer>, ProblemHttpResult> Change(string name, HttpContext context, Func<Administrator, string, UserChange> change)
    {
        UserChange outcome = change(ByOf(context), name);
        return outcome == UserChange.Done ? TypedResults.Ok(new UserChangeAnswer("done", name)) : Refused(outcome, name);
    }

    /// <summary>Who asks.</summary>
    public static Administrator ByOf(HttpContext context) => new(context.User.Identity?.Name ?? "", AuditTrail.AddressOf(context));

    /// <summary>Why a change was not made.</summary>
    public static string WhyNot(UserChange outcome, string name) => outcome switch
    {
        UserChange.LastAdministrator => $"{Shown.Of(name)}: the last administrator: make another one first",
        UserChange.Senseless => $"{Shown.Of(name)}: disabled, or signs in with Google: there is no password to set",
        _ => $"{Shown.Of(name)}: nobody and nothing by that name",
    };

    private static Created<LinkMadeAnswer> Made((OneTimeLink Link, string Path) made) => TypedResults.Created("/api/v1/invitations", new LinkMadeAnswer(made.Link.Id, made.Path, made.Link.Expires));

    private static ProblemHttpResult Refused(UserChange outcome, string name) =>
        TypedResults.Problem(WhyNot(outcome, name), statusCode: outcome == UserChange.Missing ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict);

    private static Role RoleOf(string? word, Faults faults)
    {
        if (word is not null && RoleWords.All.TryGetValue(word, out Role role))
        {
            return role;
        }

        faults.Add("role", word, "one of " + string.Join(", ", RoleWords.All.Keys));
        return default;
    }
}
