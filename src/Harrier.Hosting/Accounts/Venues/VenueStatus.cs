using Harrier.Domain;

namespace Harrier.Hosting.Accounts.Venues;

/// <summary>The account at the venue at a moment.</summary>
/// <param name="Place">Where the venue is reached.</param>
/// <param name="IsSound">True while our picture of the account is known to be right; nothing is opened otherwise.</param>
/// <param name="LastRead">When it was compared with the venue last; null before the first time.</param>
/// <param name="Trouble">What differs, or stands in the way; null for nothing.</param>
public sealed record VenueStatus(string Place, bool IsSound, Timestamp? LastRead, string? Trouble);
