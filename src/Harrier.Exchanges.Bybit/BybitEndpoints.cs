using Harrier.Exchanges.Venues;

namespace Harrier.Exchanges.Bybit;

/// <summary>Where the venue is reached; origins without a path.</summary>
/// <param name="Rest">REST.</param>
/// <param name="Streams">Streams, public and private.</param>
public sealed record BybitEndpoints(Uri Rest, Uri Streams)
{
    /// <summary>The venue itself. Real money.</summary>
    public static BybitEndpoints Live { get; } = new(new Uri("https://api.bybit.com"), new Uri("wss://stream.bybit.com"));

    /// <summary>The venue's own test environment.</summary>
    public static BybitEndpoints Testnet { get; } = new(new Uri("https://api-testnet.bybit.com"), new Uri("wss://stream-testnet.bybit.com"));

    /// <summary>Where a place is.</summary>
    public static BybitEndpoints Of(VenuePlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.Kind switch
        {
            PlaceKind.Live => Live,
            PlaceKind.Testnet => Testnet,
            _ => new BybitEndpoints(place.Address!, place.Socket),
        };
    }
}
