using System.Security.Cryptography;
using Harrier.Api.Security;
using Microsoft.AspNetCore.Identity;

namespace Harrier.Api.People;

/// <summary>The users of a home: a file that only its owner can read, with hashes and no passwords.</summary>
/// <param name="path">The file; it need not exist.</param>
public sealed class UserStore(string path)
{
    /// <summary>Name of the file in a home.</summary>
    public const string FileName = "users.json";

    /// <summary>Letters of the shortest password.</summary>
    public const int ShortestPassword = 12;

    private const int LongestPassword = 200;
    private const int LongestName = 40;
    private static readonly PasswordHasher<string> Hasher = new();

    // Somebody who is not there takes as long to be refused as somebody who is.
    private static readonly string NobodysHash = Hasher.HashPassword("", Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));

    private readonly OwnerList<User> _users = new(path, "a list of users as this program writes it");

    /// <summary>Who may sign in; another process may have changed it.</summary>
    /// <exception cref="InvalidDataException">The file is not a list of users.</exception>
    public IReadOnlyList<User> All() => _users.All();

    /// <summary>Somebody by name; null where there is nobody.</summary>
    public User? Find(string name) => All().FirstOrDefault(user => user.Name == name);

    /// <summary>Adds somebody.</summary>
    /// <returns>What is wrong with name or password; null when it was done.</returns>
    public string? Add(string name, string password, Role role, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(password);
        if (name.Length is 0 or > LongestName || !name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.'))
        {
            return $"name: 1 to {LongestName} letters, digits, dots, dashes";
        }

        if (FaultOf(name, password) is { } fault)
        {
            return fault;
        }

        User added = new(name, role, Hasher.HashPassword(name, password), now) { Stamp = NewStamp() };
        return _users.Change<string?>(users => users.Any(user => user.Name == name)
            ? (null, "name: one that nobody has yet")
            : ([.. users, added], null));
    }

    /// <summary>Somebody whom Google names; made where there is nobody yet.</summary>
    /// <param name="google">The address, and who it is whatever the address.</param>
    /// <param name="role">What somebody new may do.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null for who is disabled, and where the address was somebody else's before.</returns>
    internal User? Enter((string Email, string Subject) google, Role role, DateTimeOffset now) => _users.Change<User?>(users =>
    {
        if (users.FirstOrDefault(user => user.GoogleSubject == google.Subject) is { } known)
        {
            return (null, known.IsDisabled ? null : known);
        }

        User added = new(google.Email, role, "", now) { Stamp = NewStamp(), GoogleSubject = google.Subject };
        return users.Any(user => user.Name == google.Email) ? (null, null) : ([.. users, added], added);
    });

    /// <summary>Changes somebody, or nothing where nobody would be left who may administer.</summary>
    /// <param name="name">Whom.</param>
    /// <param name="change">The user after it; null to remove; the same to leave everything as it is.</param>
    public UserChange Change(string name, Func<User, User?> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _users.Change<UserChange>(users =>
        {
            if (users.FirstOrDefault(user => user.Name == name) is not { } before)
            {
                return (null, UserChange.Missing);
            }

            User? after = change(before);
            User[] all = [.. users.Select(user => user == before ? after : user).OfType<User>()];
            return before.IsActingAdmin && !Array.Exists(all, static user => user.IsActingAdmin) ? (null, UserChange.LastAdministrator) : (after == before ? null : all, UserChange.Done);
        });
    }

    /// <summary>Gives somebody another password, and ends the sessions of before.</summary>
    /// <returns>What is wrong with it; null when it was done.</returns>
    public string? SetPassword(string name, string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        if (FaultOf(name, password) is { } fault)
        {
            return fault;
        }

        string hash = Hasher.HashPassword(name, password);
        return Change(name, user => user with { PasswordHash = hash, Stamp = NewStamp() }) == UserChange.Done ? null : "name: somebody who is there";
    }

    /// <summary>Whom a name, a password and a code are of; null for anybody else, and for who is disabled. A code that was used is used up.</summary>
    /// <param name="name">The name.</param>
    /// <param name="password">The password.</param>
    /// <param name="code">The one-time code; not looked at where none is asked for.</param>
    /// <param name="now">The time.</param>
    public User? Check(string name, string password, string? code, DateTimeOffset now)
    {
        string hash = Find(name) is { PasswordHash: { Length: > 0 } own } ? own : NobodysHash;
        if (Hasher.VerifyHashedPassword(name, hash, password) == PasswordVerificationResult.Failed)
        {
            return null;
        }

        return _users.Change<User?>(users =>
        {
            // Somebody may have changed it meanwhile.
            if (users.FirstOrDefault(user => user.Name == name) is not { IsDisabled: false } user || user.PasswordHash != hash)
            {
                return (null, null);
            }

            if (user.TotpSecret is not { } secret)
            {
                return (null, user);
            }

            User? known = OneTimeCode.Match(secret, code ?? "", now, user.LastStep) is { } step ? user with { LastStep = step } : null;
            return known is null ? (null, null) : ([.. users.Select(one => one == user ? known : one)], known);
        });
    }

    /// <summary>Asks somebody for one-time codes from now on.</summary>
    /// <param name="name">Whom.</param>
    /// <param name="secret">What codes are made of.</param>
    /// <param name="lastStep">Step of the code by which the secret was proven.</param>
    public void SetTotp(string name, string secret, long lastStep) => Change(name, user => user with { TotpSecret = secret, LastStep = lastStep });

    /// <summary>A stamp that no session has.</summary>
    internal static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    private static string? FaultOf(string name, string password) =>
        password.Length is < ShortestPassword or > LongestPassword || password.Contains(name, StringComparison.OrdinalIgnoreCase)
            ? $"password: {ShortestPassword} to {LongestPassword} letters, the name not among them"
            : null;
}
