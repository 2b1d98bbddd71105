using Harrier.Api.Security;

namespace Harrier.Api.People;

/// <summary>Who changes users.</summary>
/// <param name="Name">A user, a token, or the command line.</param>
/// <param name="Address">From where; empty on this machine.</param>
public sealed record Administrator(string Name, string Address);

/// <summary>
/// What administrators do with users, links and tokens of a home, wherever they do it from. Each change is in the audit, and holds at once: also for sessions and sockets that are open.
/// </summary>
/// <param name="users">Who may sign in.</param>
/// <param name="links">Links that are open.</param>
/// <param name="tokens">Tokens of programs.</param>
/// <param name="audit">Who did what.</param>
/// <param name="time">The wall clock.</param>
public sealed class UserAdministration(UserStore users, OneTimeLinks links, TokenStore tokens, AuditLog audit, TimeProvider time)
{
    /// <summary>How long the shortest link is good.</summary>
    public static readonly TimeSpan ShortestLink = TimeSpan.FromMinutes(1);

    /// <summary>How long the longest link is good.</summary>
    public static readonly TimeSpan LongestLink = TimeSpan.FromDays(30);

    /// <summary>How long a link is good where nothing is said.</summary>
    public static readonly TimeSpan UsualLink = TimeSpan.FromDays(3);

    /// <summary>Somebody may do less than before, or more.</summary>
    public event Action? Changed;

    /// <summary>That of a home, without a service around it.</summary>
    /// <param name="home">The folder of all state.</param>
    /// <param name="time">The wall clock.</param>
    /// <exception cref="InvalidDataException">A file of the home was changed by somebody else.</exception>
    public static UserAdministration Of(string home, TimeProvider time) => new(
        new UserStore(Path.Combine(home, UserStore.FileName)),
        new OneTimeLinks(Path.Combine(home, OneTimeLinks.FileName)),
        new TokenStore(Path.Combine(home, TokenStore.FileName)),
        new AuditLog(Path.Combine(home, AuditLog.FileName), time),
        time);

    /// <summary>Who may sign in.</summary>
    public IReadOnlyList<User> Users => users.All();

    /// <summary>Links that are open.</summary>
    public IReadOnlyList<OneTimeLink> Links => links.Open(time.GetUtcNow());

    /// <summary>Tokens of programs.</summary>
    public IReadOnlyList<ApiToken> Tokens => tokens.All();

    /// <summary>Makes a link by which somebody new chooses name and password.</summary>
    /// <param name="by">Who invites.</param>
    /// <param name="role">What the new one may do.</param>
    /// <param name="length">How long it is good.</param>
    /// <returns>The link, and its path, which nobody can read again.</returns>
    public (OneTimeLink Link, string Path) Invite(Administrator by, Role role, TimeSpan length)
    {
        (OneTimeLink link, string path) = Make(by, null, role, length);
        Note(by, $"invitation {link.Id} as {RoleWords.Of(role)}", "done");
        return (link, path);
    }

    /// <summary>Makes a link by which somebody chooses another password. The old one is good until then.</summary>
    /// <returns>The link and its path; null where it cannot be.</returns>
    public (UserChange Outcome, (OneTimeLink Link, string Path)? Made) ResetPassword(Administrator by, string name, TimeSpan length)
    {
        User? user = users.Find(name);
        UserChange outcome = user is null ? UserChange.Missing : user.IsDisabled || user.GoogleSubject is not null ? UserChange.Senseless : UserChange.Done;
        Note(by, $"password link for {name}", outcome == UserChange.Done ? "done" : "refused");
        return (outcome, outcome == UserChange.Done ? Make(by, name, user!.Role, length) : null);
    }

    /// <summary>Gives somebody another role.</summary>
    public UserChange SetRole(Administrator by, string name, Role role) => Change(by, name, "role " + RoleWords.Of(role), user => user with { Role = role });

    /// <summary>Lets nobody in by a name any more, and ends the sessions.</summary>
    public UserChange Disable(Administrator by, string name) => Change(by, name, "disable", static user => user.IsDisabled ? user : user with { IsDisabled = true, Stamp = UserStore.NewStamp() });

    /// <summary>Lets somebody in again.</summary>
    public UserChange Enable(Administrator by, string name) => Change(by, name, "enable", static user => user with { IsDisabled = false });

    /// <summary>Removes somebody, and ends the sessions.</summary>
    public UserChange Remove(Administrator by, string name) => Change(by, name, "remove", static _ => null);

    /// <summary>Asks somebody for no one-time codes until new ones are set up, and ends the sessions.</summary>
    public UserChange ResetCodes(Administrator by, string name) => Change(by, name, "reset one-time codes", static user => user with { TotpSecret = null, LastStep = 0, Stamp = UserStore.NewStamp() });

    /// <summary>Ends the sessions of somebody.</summary>
    public UserChange EndSessions(Administrator by, string name) => Change(by, name, "end sessions", static user => user with { Stamp = UserStore.NewStamp() });

    /// <summary>Closes a link that nobody has used.</summary>
    public UserChange CloseLink(Administrator by, string id) => Ended(by, "close link " + id, links.Close(id));

    /// <summary>Takes a token of a program away.</summary>
    public UserChange RevokeToken(Administrator by, string id) => Ended(by, "revoke token " + id, tokens.Revoke(id));

    /// <summary>Uses a link: makes the new user, or sets the password.</summary>
    /// <param name="key">What opens it.</param>
    /// <param name="name">The name that somebody new chooses; not looked at for a password.</param>
    /// <param name="password">The password.</param>
    /// <param name="address">From where.</param>
    /// <returns>Whether the link is open, and what is wrong with name or password.</returns>
    public (bool IsOpen, string? Fault) Use(string? key, string name, string password, string address)
    {
        DateTimeOffset now = time.GetUtcNow();
        (bool isOpen, string? fault) = links.Use(key, now, link =>
        {
            string? wrong = !IsGood(link) ? "name: somebody who is there" : link.User is { } own ? users.SetPassword(own, password) : users.Add(name, password, link.Role, now);
            if (wrong is null)
            {
                audit.Add("user " + (link.User ?? name), address, link.User is null ? $"invitation {link.Id} used" : $"password link {link.Id} used", "done");
            }

            return wrong;
        });
        Changed?.Invoke();
        return (isOpen, fault);
    }

    /// <summary>The open link of a key. One that sets the password of somebody who was removed or disabled since is none.</summary>
    public OneTimeLink? Find(string? key) =>
        links.Find(key, time.GetUtcNow()) is { } link && IsGood(link) ? link : null;

    // Somebody else may have the name by now.
    private bool IsGood(OneTimeLink link) => link.User is null || (users.Find(link.User) is { IsDisabled: false } user && user.Created <= link.Created);

    private (OneTimeLink Link, string Path) Make(Administrator by, string? user, Role role, TimeSpan length)
    {
        DateTimeOffset now = time.GetUtcNow();
        return links.Create(user, role, (now, now + length), by.Name);
    }

    private UserChange Change(Administrator by, string name, string what, Func<User, User?> change)
    {
        UserChange outcome = users.Change(name, change);
        Note(by, $"user {name}: {what}", outcome == UserChange.Done ? "done" : "refused");
        Changed?.Invoke();
        return outcome;
    }

    private UserChange Ended(Administrator by, string what, bool isDone)
    {
        Note(by, what, isDone ? "done" : "refused");
        Changed?.Invoke();
        return isDone ? UserChange.Done : UserChange.Missing;
    }

    private void Note(Administrator by, string what, string outcome) => audit.Add(by.Name, by.Address, Hosting.Shown.Of(what), outcome);
}
