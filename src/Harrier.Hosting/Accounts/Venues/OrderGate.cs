using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;

namespace Harrier.Hosting.Accounts.Venues;

/// <summary>
/// Between an engine and its venue. Closed, as while the past is replayed, it lets nothing through: what was not sent then is found when it opens. Open, it lets an order
/// through once the journal has it.
/// </summary>
/// <param name="memory">The journal.</param>
internal sealed class OrderGate(VenueMemory memory) : IVenue
{
    private readonly Queue<ClientOrderId> _refused = new();
    private IVenue? _venue;

    /// <summary>Lets orders through from now on.</summary>
    public void Open(IVenue venue) => _venue = venue;

    public void Submit(ApprovedOrder order)
    {
        ArgumentNullException.ThrowIfNull(order);
        Send(order);
        memory.TellSubmitted();
    }

    private void Send(ApprovedOrder order)
    {
        if (_venue is null)
        {
            return;
        }

        // An exit leaves all the same: the venue tells the next start what became of it.
        if (memory.TrySync() || order.Intent.ReduceOnly)
        {
            _venue.Submit(order);
        }
        else
        {
            _refused.Enqueue(order.Id);
        }
    }

    public void Cancel(ClientOrderId order) => _venue?.Cancel(order);

    /// <summary>An order that the gate kept, because it could not be written down.</summary>
    public bool TryTakeRefused(out ClientOrderId order) => _refused.TryDequeue(out order);
}
