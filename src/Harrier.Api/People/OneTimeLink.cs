using Harrier.Api.Security;

namespace Harrier.Api.People;

/// <summary>A link that an administrator gave to somebody, without what opens it.</summary>
/// <param name="Id">What it is known by; no secret.</param>
/// <param name="User">Whose password it sets; null for an invitation of somebody new.</param>
/// <param name="Role">What somebody new may do.</param>
/// <param name="Created">Since when.</param>
/// <param name="Expires">Until when.</param>
/// <param name="By">Who made it.</param>
/// <param name="Hash">SHA-256 of the key in hexadecimal; the key has 256 random bits.</param>
public sealed record OneTimeLink(string Id, string? User, Role Role, DateTimeOffset Created, DateTimeOffset Expires, string By, string Hash);
