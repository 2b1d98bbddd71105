using Harrier.Domain;

namespace Harrier.Engine.Execution;

/// <summary>A conversion that the risk gate let through and whose end is not known: it may have moved its amounts.</summary>
/// <param name="Id">The venue's id of the transaction.</param>
/// <param name="Intent">Our name of the intent.</param>
/// <param name="Bot">Whose.</param>
/// <param name="From">What leaves and is held back.</param>
/// <param name="To">What arrives.</param>
public sealed record OpenConversion(VenueTradeId Id, ClientOrderId Intent, BotId Bot, Money From, Money To)
{
    /// <summary>Until when it could be committed, by our clock.</summary>
    public required Timestamp Expires { get; init; }

    /// <summary>When it was let through; a commit did not leave before.</summary>
    public required Timestamp Approved { get; init; }
}
