namespace Harrier.Exchanges.Books;

/// <summary>
/// Ids of one stream rise by exactly 1 from message to message; a message that names the id it follows, as <see cref="PushedBook"/> makes of
/// a snapshot, follows that one whatever its own id is.
/// </summary>
public sealed class PushedContinuity : IBookContinuity
{
    /// <inheritdoc/>
    public BookStep AfterSnapshot(long snapshotId, in DepthUpdate update) => AfterUpdate(snapshotId, in update);

    /// <inheritdoc/>
    public BookStep AfterUpdate(long lastId, in DepthUpdate update)
    {
        if (update.PreviousId != 0 && update.PreviousId == lastId)
        {
            return BookStep.Next;
        }

        return update.FinalId <= lastId ? BookStep.Stale : update.FirstId == lastId + 1 ? BookStep.Next : BookStep.Gap;
    }
}
