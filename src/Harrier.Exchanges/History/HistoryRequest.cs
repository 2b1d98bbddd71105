using Harrier.Exchanges.Venues;

namespace Harrier.Exchanges.History;

/// <summary>The past of a venue that is wanted.</summary>
/// <param name="Venue">The venue's full name.</param>
/// <param name="Place">Where it is reached.</param>
public sealed record HistoryRequest(string Venue, VenuePlace Place);
