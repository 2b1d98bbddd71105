using Harrier.Domain;

namespace Harrier.Storage.Records.Rows;

/// <summary>Something that became known of an order. What traded is not told by steps: it follows from the order's fills.</summary>
/// <param name="Id">Our id of the order.</param>
/// <param name="Time">When.</param>
public sealed record OrderStep(string Id, Timestamp Time)
{
    /// <summary>How it stands now; null when only <see cref="VenueId"/> is new.</summary>
    public string? Status { get; init; }

    /// <summary>Why the venue rejected it; null when it did not.</summary>
    public string? Reason { get; init; }

    /// <summary>The venue's id; null when it is not known.</summary>
    public string? VenueId { get; init; }
}
