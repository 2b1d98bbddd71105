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

    /// <value>Folder for the backup of ticks; null for none.</value>
    public string? Backup { get; init; }

    /// <value>Time between two writings of the backup.</value>
    public TimeSpan BackupEvery { get; init; } = TimeSpan.FromSeconds(60);

    /// <value>True where no symbols were given and the major ones are meant: of these the ones that a venue does not list are left out.</value>
    public bool IsUsual { get; init; }

    /// <value>True for JSON lines.</value>
    public bool IsJson { get; init; }
}
