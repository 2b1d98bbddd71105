using Harrier.Domain;
using Harrier.Exchanges.Venues;
using Harrier.Storage.Collection;

namespace Harrier.Cli.Collecting;

/// <summary>What <c>collect</c> was asked for.</summary>
/// <param name="Venue">Which venue.</param>
/// <param name="Place">Which of the venue's places.</param>
/// <param name="Request">What of it.</param>
/// <param name="Store">Folder of the store.</param>
internal sealed record CollectCommand(VenueId Venue, VenuePlace Place, CollectRequest Request, string Store)
{
    /// <value>False where no CSV is wanted beside the Parquet files.</value>
    public bool WritesCsv { get; init; } = true;

    /// <value>True for one JSON document.</value>
    public bool IsJson { get; init; }
}
