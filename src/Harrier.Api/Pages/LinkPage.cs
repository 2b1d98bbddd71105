using Harrier.Api.People;
using Harrier.Api.Security;
using Microsoft.AspNetCore.Http;

namespace Harrier.Api.Pages;

/// <summary><c>/invite</c>: who has a one-time link chooses a name and a password, or another password.</summary>
/// <param name="administration">Knows the links.</param>
/// <param name="limit">How often somebody may guess.</param>
internal sealed class LinkPage(UserAdministration administration, LoginLimit limit)
{
    private const string Here = "/invite";

    private static readonly PageField Password = new("password", $"Password, at least {UserStore.ShortestPassword} letters", "password", "new-password");

    private static readonly PageField[] NewUser = [new("name", "Name", "text", "username"), Password];

    /// <summary>Shows the form to whoever has the link.</summary>
    public IResult Get(HttpContext context)
    {
        string key = context.Request.Query["key"].ToString();
        return Find(context, key) is { } link ? Form(context, (link, key), null) : Closed();
    }

    /// <summary>Uses the link.</summary>
    public async Task<IResult> UseAsync(HttpContext context)
    {
        IFormCollection form = await PageForm.ReadAsync(context.Request).ConfigureAwait(false);
        string key = form["key"].ToString();
        if (Find(context, key) is not { } link)
        {
            return Closed();
        }

        (bool isOpen, string? fault) = administration.Use(key, form["name"].ToString(), form["password"].ToString(), AuditTrail.AddressOf(context));
        return !isOpen ? Closed() : fault is null ? Results.Redirect("/login") : Form(context, (link, key), fault);
    }

    private OneTimeLink? Find(HttpContext context, string key)
    {
        string address = AuditTrail.AddressOf(context);
        if (!limit.MayTry("link " + address, address))
        {
            return null;
        }

        OneTimeLink? link = administration.Find(key);
        if (link is null)
        {
            limit.Failed("link " + address, address);
        }

        return link;
    }

    private static IResult Form(HttpContext context, (OneTimeLink Link, string Key) shown, string? fault)
    {
        OneTimeLink link = shown.Link;
        Page page = new Page().Line(link.User is { } user ? $"Choose another password for {user}." : $"You are invited as {RoleWords.Of(link.Role)}. Choose how you sign in.");
        if (fault is not null)
        {
            page.Line(fault, "bad");
        }

        // Whoever has signed in already may open a link too.
        string csrf = context.Features.Get<Session>()?.Csrf ?? "";
        return page.Form(Here, "Go on", link.User is null ? NewUser : [Password], ("key", shown.Key), (CsrfGuard.Field, csrf)).Show("Welcome", null, fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static IResult Closed() => new Page().Line("This link is not good: it was used or closed, or its time is over.", "bad").Show("Welcome", null, StatusCodes.Status403Forbidden);
}
