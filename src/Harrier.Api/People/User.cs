using Harrier.Api.Security;

namespace Harrier.Api.People;

/// <summary>Somebody who may sign in, without the password.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role">What it allows.</param>
/// <param name="PasswordHash">Of the framework's hasher: PBKDF2 with a salt of its own. Empty for who signs in with Google.</param>
/// <param name="Created">Since when.</param>
/// <param name="TotpSecret">What one-time codes are made of, in Base32; null where none are asked for.</param>
/// <param name="LastStep">Step of the last code that was used, so that none works twice.</param>
public sealed record User(string Name, Role Role, string PasswordHash, DateTimeOffset Created, string? TotpSecret = null, long LastStep = 0)
{
    /// <summary>Whether nobody is let in by this name for now.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Random; another one ends all sessions that began with this one.</summary>
    public string Stamp { get; init; } = "";

    /// <summary>Who it is at Google, for who signs in there; null for who has a password.</summary>
    public string? GoogleSubject { get; init; }

    /// <summary>Whether somebody may administer by this name at present.</summary>
    internal bool IsActingAdmin => Role == Role.Admin && !IsDisabled;
}
