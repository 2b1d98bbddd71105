using Harrier.Exchanges.Books;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>
/// USD-M futures: ids of one symbol have holes, and every update names the final id of the one before (<c>pu</c>). From "How to manage a local
/// order book correctly" in Binance's documentation of its futures streams.
/// </summary>
public sealed class UsdmContinuity : IBookContinuity
{
    /// <inheritdoc/>
    public BookStep AfterSnapshot(long snapshotId, in DepthUpdate update)
    {
        if (update.FinalId < snapshotId)
        {
            return BookStep.Stale;
        }

        // The second is not in the document and follows from it: the update before this one ended where the snapshot stands.
        return update.FirstId <= snapshotId || update.PreviousId == snapshotId ? BookStep.Next : BookStep.Gap;
    }

    /// <inheritdoc/>
    public BookStep AfterUpdate(long lastId, in DepthUpdate update)
    {
        if (update.PreviousId == lastId)
        {
            return BookStep.Next;
        }

        return update.FinalId <= lastId ? BookStep.Stale : BookStep.Gap;
    }
}
