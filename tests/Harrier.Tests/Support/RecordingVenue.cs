using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;

namespace Harrier.Tests.Support;

/// <summary>Remembers what was sent and answers nothing.</summary>
public sealed class RecordingVenue : IVenue
{
    public List<ApprovedOrder> Submitted { get; } = [];

    public List<ClientOrderId> Canceled { get; } = [];

    public void Submit(ApprovedOrder order) => Submitted.Add(order);

    public void Cancel(ClientOrderId order) => Canceled.Add(order);
}
