using Harrier.Domain;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Venues;

namespace Harrier.Cli.Recording;

/// <summary>What <c>record</c> was asked for.</summary>
/// <param name="Venue">Which venue.</param>
/// <param name="Symbols">The venue's symbols, each once, at least one.</param>
/// <param name="Channels">What to record.</param>
/// <param name="Place">Which of the venue's places.</param>
internal sealed record RecordRequest(VenueId Venue, IReadOnlyList<string> Symbols, FeedChannels Channels, VenuePlace Place)
{
    /// <value>Where the files go.</value>
    public required string Out { get; init; }

    /// <value>How long; null until stopped.</value>
    public TimeSpan? For { get; init; }

    /// <value>Time between lines.</value>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(10);

    /// <value>True for plain captures in place of segments.</value>
    public bool IsCapture { get; init; }

    /// <value>True for JSON lines.</value>
    public bool IsJson { get; init; }
}
