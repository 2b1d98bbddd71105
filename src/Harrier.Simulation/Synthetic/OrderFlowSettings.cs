namespace Harrier.Simulation.Synthetic;

/// <summary>How lively the order flow of one symbol is.</summary>
public sealed record OrderFlowSettings
{
    /// <summary>
    /// Public messages a second that a client with book changes every 100 ms and single trades sees in the mean: at most ten book messages, the
    /// rest trades. Sizes of trades adapt, so that a day's volume stays what the symbol says.
    /// </summary>
    /// <value>30.</value>
    public double MessagesPerSecond { get; init; } = 30;

    /// <summary>Orders resting on each side in the mean.</summary>
    /// <value>150.</value>
    public int OrdersPerSide { get; init; } = 150;

    /// <summary>How far the orders reach from the price, as a fraction of it.</summary>
    /// <value>0.012.</value>
    public double Reach { get; init; } = 0.012;

    /// <summary>Mean time between walls (orders of many times the usual size).</summary>
    /// <value>75 s.</value>
    public TimeSpan BetweenWalls { get; init; } = TimeSpan.FromSeconds(75);
}

/// <summary>What the flow sees of the market before a step.</summary>
/// <param name="Latent">The price it circles around in ticks.</param>
/// <param name="SecondDeviation">Standard deviation of the latent log price in one second.</param>
/// <param name="Volume">Factor on the usual trading.</param>
/// <param name="BestBid">In ticks; 0 when there is no bid.</param>
/// <param name="BestAsk">In ticks; 0 when there is no ask.</param>
public readonly record struct FlowView(double Latent, double SecondDeviation, double Volume, long BestBid, long BestAsk);

/// <summary>What a <see cref="FlowAction"/> does.</summary>
public enum FlowActionKind : byte
{
    /// <summary>Rest an order in the book under a slot; it must not take.</summary>
    Rest,

    /// <summary>Cancel the order of a slot.</summary>
    Cancel,

    /// <summary>Take what is there up to a price; the rest expires.</summary>
    Take,
}

/// <summary>One order or cancel of the flow.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="IsSell">Side of the order.</param>
/// <param name="Price">In ticks; for a take the worst price.</param>
/// <param name="Lots">Size.</param>
/// <param name="Slot">The flow's number for a resting order, used again after its end; -1 for a take.</param>
public readonly record struct FlowAction(FlowActionKind Kind, bool IsSell, long Price, long Lots, int Slot);
