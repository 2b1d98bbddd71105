using Harrier.Api.Security;
using Harrier.Exchanges;

namespace Harrier.Api.People.Google;

/// <summary>Who may sign in with an account at Google, and as what.</summary>
public sealed record GoogleSignIn
{
    /// <summary>What the service is known by at Google.</summary>
    public required string ClientId { get; init; }

    /// <summary>By which it proves that.</summary>
    public required Secret ClientSecret { get; init; }

    /// <summary>Addresses, in small letters.</summary>
    public required IReadOnlyList<string> Emails { get; init; }

    /// <summary>Domains whose organization at Google vouches for its people, in small letters.</summary>
    public required IReadOnlyList<string> Domains { get; init; }

    /// <summary>What somebody may do who comes for the first time.</summary>
    /// <value>Look.</value>
    public Role Role { get; init; } = Role.Viewer;

    /// <summary>Where Google is asked.</summary>
    public GoogleEndpoints Endpoints { get; init; } = new();

    /// <summary>Whether somebody may sign in.</summary>
    /// <param name="claims">Who it is.</param>
    internal bool Allows(IdClaims claims) =>
        Emails.Contains(claims.Email, StringComparer.OrdinalIgnoreCase) || (claims.Organization is { } domain && Domains.Contains(domain, StringComparer.OrdinalIgnoreCase));
}
