using System.Globalization;
using Harrier.Api.People;
using Harrier.Api.Security;
using Microsoft.AspNetCore.Http;

namespace Harrier.Api.Pages;

/// <summary><c>/admin/users</c>: users, open links and tokens, and what administrators do with them.</summary>
/// <param name="administration">Does it.</param>
/// <param name="sessions">Who has signed in.</param>
internal sealed class UsersPage(UserAdministration administration, Sessions sessions)
{
    private const string Here = "/admin/users";
    private const string Day = "1";
    private const string ThreeDays = "3";
    private const string Week = "7";

    private static readonly (string, string)[] Roles = [.. RoleWords.All.Keys.Select(static word => (word, word))];

    private static readonly Dictionary<string, TimeSpan> Lengths = new(StringComparer.Ordinal) { [Day] = TimeSpan.FromDays(1), [ThreeDays] = TimeSpan.FromDays(3), [Week] = TimeSpan.FromDays(7) };

    private static readonly PageField[] Invitation =
    [
        PageField.Of("role", "Role", Roles, RoleWords.Of(Role.Viewer)),
        PageField.Of("days", "Good for", [(Day, "a day"), (ThreeDays, "three days"), (Week, "a week")], ThreeDays),
    ];

    /// <summary>Shows it.</summary>
    public IResult Get(HttpContext context) => Show(context, new Page(), StatusCodes.Status200OK);

    /// <summary>Does what a button says.</summary>
    public async Task<IResult> DoAsync(HttpContext context)
    {
        IFormCollection form = await PageForm.ReadAsync(context.Request).ConfigureAwait(false);
        Administrator by = UserAnswers.ByOf(context);
        (string what, string name) = (form["do"].ToString(), form["name"].ToString());
        if (what == "invite")
        {
            return Invite(context, by, form);
        }

        if (what == "password")
        {
            (UserChange outcome, (OneTimeLink, string)? made) = administration.ResetPassword(by, name, UserAdministration.UsualLink);
            return made is { } link ? ShowLink(context, link) : Answer(context, outcome, name);
        }

        if (what == "role" && RoleWords.All.TryGetValue(form["role"].ToString(), out Role role))
        {
            return Answer(context, administration.SetRole(by, name, role), name);
        }

        Func<Administrator, string, UserChange>? change = what switch
        {
            "disable" => administration.Disable,
            "enable" => administration.Enable,
            "codes" => administration.ResetCodes,
            "sessions" => administration.EndSessions,
            "remove" => administration.Remove,
            "close" => administration.CloseLink,
            "revoke" => administration.RevokeToken,
            _ => null,
        };
        return change is null
            ? Show(context, new Page().Line("That cannot be done here.", "bad"), StatusCodes.Status400BadRequest)
            : Answer(context, change(by, name), name);
    }

    private IResult Invite(HttpContext context, Administrator by, IFormCollection form) =>
        RoleWords.All.TryGetValue(form["role"].ToString(), out Role role) && Lengths.TryGetValue(form["days"].ToString(), out TimeSpan length)
            ? ShowLink(context, administration.Invite(by, role, length))
            : Show(context, new Page().Line("Choose a role, and how long the link is good.", "bad"), StatusCodes.Status400BadRequest);

    private IResult ShowLink(HttpContext context, (OneTimeLink Link, string Path) made)
    {
        string whose = made.Link.User is { } user ? $"Give this link to {user}, who sets another password by it" : $"Give this link to whom you invite as {RoleWords.Of(made.Link.Role)}";
        Page page = new Page().Line($"{whose}, once, until {Instant(made.Link.Expires)}. It is not shown again.", "good").Link($"{context.Request.Scheme}://{context.Request.Host}{made.Path}");
        return Show(context, page, StatusCodes.Status200OK);
    }

    // After a change the page is asked for anew, so that asking again does not change again.
    private IResult Answer(HttpContext context, UserChange outcome, string name) => outcome == UserChange.Done
        ? Results.Redirect(Here)
        : Show(context, new Page().Line(UserAnswers.WhyNot(outcome, name), "bad"), outcome == UserChange.Missing ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict);

    private IResult Show(HttpContext context, Page page, int status)
    {
        Session? session = context.Features.Get<Session>();
        string csrf = session?.Csrf ?? "";
        return page
            .Table(["Name", "Role", "State", "Since", "Signs in by", "One-time codes", "#Sessions"], administration.Users.Select(RowOf), Here, csrf)
            .Heading("Invite somebody")
            .Form(Here, "Make a link", Invitation, ("do", "invite"), (CsrfGuard.Field, csrf))
            .Heading("Open links")
            .Table(["Link", "For", "Role", "Made by", "Good until"], administration.Links.Select(static link => new PageRow(
                [link.Id, link.User is { } user ? "password of " + user : "somebody new", RoleWords.Of(link.Role), link.By, Instant(link.Expires)], [("name", link.Id)], [("close", "Close")])), Here, csrf)
            .Heading("Tokens of programs")
            .Table(["Token", "Role", "Since", "Good until"], administration.Tokens.Select(static token => new PageRow(
                [token.Id, RoleWords.Of(token.Role), Instant(token.Created), token.Expires is { } end ? Instant(end) : "it is revoked"], [("name", token.Id)], [("revoke", "Revoke")])), Here, csrf)
            .Show("Users", session, status);
    }

    private PageRow RowOf(User user) => new(
        [
            user.Name, RoleWords.Of(user.Role), user.IsDisabled ? "disabled" : "enabled", Instant(user.Created), user.GoogleSubject is null ? "password" : "Google", user.TotpSecret is null ? "no" : "yes",
            sessions.CountOf(user).ToString(CultureInfo.InvariantCulture),
        ],
        [("name", user.Name)],
        [
            ("role", "Set role"), user.IsDisabled ? ("enable", "Enable") : ("disable", "Disable"), ("password", "Password link"), ("codes", "Reset codes"), ("sessions", "End sessions"), ("remove", "Remove"),
        ])
    {
        Choice = PageField.Of("role", "Role of " + user.Name, Roles, RoleWords.Of(user.Role)),
    };

    private static string Instant(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
