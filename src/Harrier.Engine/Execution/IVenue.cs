using Harrier.Domain;
using Harrier.Engine.Risk;

namespace Harrier.Engine.Execution;

/// <summary>
/// The way to a place of trading. Calls return at once and never throw for business reasons; what became of them arrives
/// later as an <see cref="ExecutionReport"/> through the engine's input.
/// </summary>
public interface IVenue
{
    /// <summary>Sends an order.</summary>
    void Submit(ApprovedOrder order);

    /// <summary>Asks to cancel an order. Unknown or finished orders are answered by nothing.</summary>
    void Cancel(ClientOrderId order);
}
