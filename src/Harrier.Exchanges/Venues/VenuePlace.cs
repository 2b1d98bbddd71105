namespace Harrier.Exchanges.Venues;

/// <summary>Which of a venue's places.</summary>
public enum PlaceKind : byte
{
    /// <summary>The venue's test environment.</summary>
    Testnet = 0,

    /// <summary>The venue itself: real money.</summary>
    Live = 1,

    /// <summary>A given address, such as the built-in exchange's.</summary>
    Address = 2,
}

/// <summary>Where a venue is reached.</summary>
/// <param name="Kind">Which place.</param>
/// <param name="Address">The given address, an origin without a path; null for the venue's own places.</param>
public sealed record VenuePlace(PlaceKind Kind, Uri? Address = null)
{
    /// <summary>The same origin for sockets: ws for http, wss for https. Only for a given address.</summary>
    public Uri Socket => new UriBuilder(Address!) { Scheme = Address!.Scheme == "https" ? "wss" : "ws", Port = Address.Port }.Uri;
}
