using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Harrier.Api.Security;

namespace Harrier.Api.People;

/// <summary>Somebody who has signed in.</summary>
/// <param name="User">The name.</param>
/// <param name="Role">What it allows.</param>
/// <param name="Csrf">What a page of ours sends with every change, and one of somebody else does not know.</param>
/// <param name="Began">When.</param>
internal sealed record Session(string User, Role Role, string Csrf, DateTimeOffset Began)
{
    /// <value>When it was last used.</value>
    public DateTimeOffset Used { get; set; } = Began;
}

/// <summary>Who has signed in. Sessions live in memory: a restart ends them, and so does signing out, at once and everywhere.</summary>
/// <param name="time">The wall clock.</param>
internal sealed class Sessions(TimeProvider time)
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
        Session session = new(user.Name, user.Role, Random(), now);
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
        if (id is null || !_sessions.TryGetValue(HashOf(id), out Session? session))
        {
            return null;
        }

        DateTimeOffset now = time.GetUtcNow();
        if (!IsAlive(session, now))
        {
            return null;
        }

        session.Used = now;
        return session;
    }

    /// <summary>Whether a session has neither ended nor run out; that it is looked at does not prolong it.</summary>
    public bool IsAlive(string id) => _sessions.TryGetValue(HashOf(id), out Session? session) && IsAlive(session, time.GetUtcNow());

    /// <summary>Ends a session.</summary>
    public void End(string id) => _sessions.TryRemove(HashOf(id), out _);

    private static bool IsAlive(Session session, DateTimeOffset now) => now - session.Used < Idle && now - session.Began < Longest;

    private static string Random() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private static string HashOf(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
