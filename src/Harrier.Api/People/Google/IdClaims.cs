namespace Harrier.Api.People.Google;

/// <summary>Who somebody is, as Google says.</summary>
/// <param name="Subject">Always the same for the same person, whatever the address.</param>
/// <param name="Email">The address, verified, in small letters.</param>
/// <param name="Organization">The domain whose organization vouches for the account; null where none does. The domain of an address is no proof.</param>
internal sealed record IdClaims(string Subject, string Email, string? Organization);
