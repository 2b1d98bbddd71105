using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Engine.Risk;

/// <summary>
/// Orders of which nobody knows whether they exist. Each may have been filled whole or not at all, so the funds it holds back stay held, and
/// what could double it is refused.
/// </summary>
public sealed class DoubtfulOrders
{
    private readonly int[] _unknown;
    private readonly int[] _escalated;

    internal DoubtfulOrders(int instruments)
    {
        _unknown = new int[2 * instruments];
        _escalated = new int[instruments];
    }

    /// <summary>Orders in doubt on one side of an instrument, escalated ones included.</summary>
    public int On(InstrumentId instrument, OrderSide side) => _unknown[(2 * instrument.Index) + (int)side];

    /// <summary>Escalated orders of an instrument on either side.</summary>
    public int EscalatedOn(InstrumentId instrument) => _escalated[instrument.Index];

    /// <summary>Follows an order from one state to another.</summary>
    internal void Move(in OrderIntent intent, OrderState from, OrderState to)
    {
        _unknown[(2 * intent.Instrument.Index) + (int)intent.Side] += Count(OrderStates.IsDoubtful(to)) - Count(OrderStates.IsDoubtful(from));
        _escalated[intent.Instrument.Index] += Count(to == OrderState.Escalated) - Count(from == OrderState.Escalated);
    }

    internal void Clear()
    {
        Array.Clear(_unknown);
        Array.Clear(_escalated);
    }

    private static int Count(bool counts) => counts ? 1 : 0;
}
