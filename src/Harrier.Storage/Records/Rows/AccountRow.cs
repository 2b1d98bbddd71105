using Harrier.Domain;

namespace Harrier.Storage.Records.Rows;

/// <summary>An account whose records are kept.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Home">The home that it belongs to; two homes may use one database, not one account.</param>
/// <param name="Venue">Id of the venue whose market data it trades on.</param>
/// <param name="OpenedAt">When it was made. Another account of the same name, made after the first was deleted, has other rows.</param>
public sealed record AccountRow(string Name, string Home, string Venue, Timestamp OpenedAt);
