using Harrier.Exchanges.Venues;

namespace Harrier.Cli.Options;

/// <summary>The value of <c>--endpoint</c>.</summary>
internal static class EndpointChoice
{
    /// <summary>Says what may be given.</summary>
    public const string Allowed = "testnet, live, or the URL of an exchange such as http://127.0.0.1:9900 (harrier exchange runs one); never live unless said";

    /// <summary>Says what may be given where only public data is asked for.</summary>
    public const string AllowedPublic = "live, testnet, or the URL of an exchange such as http://127.0.0.1:9900; live where nothing is said";

    /// <summary>Reads a value that must be given.</summary>
    /// <exception cref="InputException">It is missing or none of the allowed.</exception>
    public static VenuePlace Read(string? text) => text is null ? throw new InputException("endpoint", "none given", Allowed) : Read(text, Allowed);

    /// <summary>Reads the value where only public data is asked for: the venue itself where nothing is said.</summary>
    /// <exception cref="InputException">It is none of the allowed.</exception>
    public static VenuePlace ReadPublic(string? text) => Read(text ?? "live", AllowedPublic);

    private static VenuePlace Read(string text, string allowed) => text switch
    {
        "testnet" => new VenuePlace(PlaceKind.Testnet),
        "live" => new VenuePlace(PlaceKind.Live),
        _ => new VenuePlace(PlaceKind.Address, AddressOf(text, allowed)),
    };

    private static Uri AddressOf(string text, string allowed)
    {
        bool isAddress = Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https";
        if (!isAddress || address!.PathAndQuery != "/" || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
        {
            throw new InputException("endpoint", text, allowed);
        }

        // A key on an open line is a key given away.
        return address.Scheme == "https" || address.IsLoopback
            ? address
            : throw new InputException("endpoint", text, "https, or http to this machine alone");
    }
}
