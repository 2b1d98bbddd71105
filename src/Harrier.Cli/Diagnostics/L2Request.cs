using Harrier.Cli.Microstructure;
using Harrier.Exchanges.Venues;
using Harrier.Strategies.Presets;

namespace Harrier.Cli.Diagnostics;

/// <summary>What <c>diag-l2</c> was asked for.</summary>
/// <param name="Preset">What counts.</param>
/// <param name="Symbol">The venue's symbol.</param>
/// <param name="Length">How long, in the time of the data.</param>
internal sealed record L2Request(Preset Preset, string Symbol, TimeSpan Length)
{
    /// <value>A recording; null for a venue.</value>
    public string? Data { get; init; }

    /// <value>What is known of the recording.</value>
    public RecordingWish Wish { get; init; } = new();

    /// <value>The venue's full name.</value>
    public string Venue { get; init; } = "";

    /// <value>Where the venue is reached.</value>
    public VenuePlace Place { get; init; } = new(PlaceKind.Live);
}
