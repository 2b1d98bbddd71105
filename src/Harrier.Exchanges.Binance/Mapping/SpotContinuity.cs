using Harrier.Exchanges.Books;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>
/// Spot: ids count every change, so an update follows when it begins at most one after the last id. From "How to manage a local order book
/// correctly" in Binance's documentation of its spot streams.
/// </summary>
public sealed class SpotContinuity : IBookContinuity
{
    /// <inheritdoc/>
    public BookStep AfterSnapshot(long snapshotId, in DepthUpdate update) => AfterUpdate(snapshotId, in update);

    /// <inheritdoc/>
    public BookStep AfterUpdate(long lastId, in DepthUpdate update)
    {
        if (update.FinalId <= lastId)
        {
            return BookStep.Stale;
        }

        return update.FirstId <= lastId + 1 ? BookStep.Next : BookStep.Gap;
    }
}
