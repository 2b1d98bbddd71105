using Harrier.Domain;
using Harrier.Engine.Reconciliation;
using Harrier.Exchanges.Venues;

namespace Harrier.Cli.Reconciliation;

/// <summary>What <c>reconcile</c> was asked for.</summary>
/// <param name="Account">Which account.</param>
/// <param name="Home">Folder of all state.</param>
/// <param name="Applies">True to write what is concluded into the account's journal.</param>
internal sealed record ReconcileRequest(AccountRequest Account, string Home, bool Applies);

/// <summary>All that <c>reconcile</c> shows.</summary>
internal sealed record ReconcileView
{
    /// <summary>What was asked for.</summary>
    public required ReconcileRequest Request { get; init; }

    /// <summary>Where the venue was asked.</summary>
    public required Uri Place { get; init; }

    /// <summary>The account's journal.</summary>
    public required string Journal { get; init; }

    /// <summary>When the venue was asked, by its clock.</summary>
    public required Timestamp AsOf { get; init; }

    /// <summary>True when the journal held a picture of the account before.</summary>
    public required bool HasBaseline { get; init; }

    /// <summary>In what they differ.</summary>
    public required IReadOnlyList<Difference> Differences { get; init; }

    /// <summary>Positions as the book has them now.</summary>
    public required IReadOnlyList<TrackedPosition> Positions { get; init; }

    /// <summary>Orders of ours that have not ended.</summary>
    public required int WorkingOrders { get; init; }

    /// <summary>Working orders of somebody else, those too that were reported before: nothing here ever touches them.</summary>
    public required IReadOnlyList<OrderFact> ForeignOrders { get; init; }

    /// <summary>Counts of this comparison.</summary>
    public required ReconciliationStatistics Statistics { get; init; }
}
