using Harrier.Domain;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Venues;

namespace Harrier.Cli.Streaming;

/// <summary>What <c>stream</c> was asked for.</summary>
/// <param name="Venue">Which venue.</param>
/// <param name="Symbols">The venue's symbols, each once, at least one.</param>
/// <param name="Channels">What to show.</param>
/// <param name="Place">Which of the venue's places.</param>
internal sealed record StreamRequest(VenueId Venue, IReadOnlyList<string> Symbols, FeedChannels Channels, VenuePlace Place)
{
    /// <value>How long; null until stopped.</value>
    public TimeSpan? For { get; init; }

    /// <value>Time between lines.</value>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    /// <value>True for JSON lines.</value>
    public bool IsJson { get; init; }
}
