using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Harrier.Api.Security;

namespace Harrier.Api.People;

/// <summary>Somebody who has signed in.</summary>
/// <param name="User">The name.</param>
/// <param name="Role">What the user may do now.</param>
/// <param name="Csrf">What a page of ours sends with every change, and one of somebody else does not know.</param>
/// <param name="Began">When.</param>
internal sealed record Session(string User, Role Role, string Csrf, DateTimeOffset Began)
{
    /// <value>The user's at the beginning: with another one the session is dead.</value>
    public required string Stamp { get; init; }

    /// <value>When it was last used.</value>
    public DateTimeOffset Used { get; set; } = Began;
}

/// <summary>
/// Who has signed in. Sessions live in memory: a restart ends them, and so does signing out, at once and everywhere. What a session allows is looked up among the users each time.
/// </summary>
/// <param name="time">The wall clock.</param>
/// <param name="users">Who may sign in.</param>
internal sealed class Sessions(TimeProvider time, UserStore users)
{
    /// <summary>Name of the cookie.</summary>
    public const string Cookie = "harrier_session";

    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    // By a hash: what leaks out of memory lets nobody in.
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>Begins a session.</summary>
    /// <returns>What the cookie holds, and the session.</returns>
    public (string Id, Session Session) Begin(User user)
    {
        string id = Random();
        DateTimeOffset now = time.GetUtcNow();
        Session session = new(user.Name, user.Role, Random(), now) { Stamp = user.Stamp };
        _sessions[HashOf(id)] = session;
        foreach ((string hash, Session old) in _sessions)
        {
            if (!IsAlive(old, now))
            {
                _sessions.TryRemove(hash, out _);
            }
        }

        return (id, session);
    }

    /// <summary>The session of a cookie; null when there is none, or it has ended.</summary>
    public Session? Find(string? id)
    {
        if (id is null || Living(id) is not { } found)
        {
            return null;
        }

        found.Session.Used = time.GetUtcNow();
        return found.Session with { Role = found.User.Role };
    }

    /// <summary>What the user of a session may do; null when it has ended. That it is looked at does not prolong it.</summary>
    public Role? RoleOf(string id) => Living(id)?.User.Role;

    /// <summary>How many sessions a user has.</summary>
    public int CountOf(User user) => _sessions.Values.Count(session => session.User == user.Name && session.Stamp == user.Stamp && IsAlive(session, time.GetUtcNow()));

    /// <summary>Ends a session.</summary>
    public void End(string id) => _sessions.TryRemove(HashOf(id), out _);

    private (Session Session, User User)? Living(string id) =>
        _sessions.TryGetValue(HashOf(id), out Session? session) && IsAlive(session, time.GetUtcNow()) && users.Find(session.User) is { IsDisabled: false } user && user.Stamp == session.Stamp
            ? (session, user)
            : null;

    private static bool IsAlive(Session session, DateTimeOffset now) => now - session.Used < Idle && now - session.Began < Longest;

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private static string HashOf(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
