using Harrier.Domain;

namespace Harrier.Features.OrderFlow;

/// <summary>Rows of a footprint that follow each other and are imbalances of one side.</summary>
/// <param name="Lowest">Lowest price of the lowest row.</param>
/// <param name="Highest">Lowest price of the highest row.</param>
/// <param name="KnownAt">When the footprint was closed.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Side">Bullish where takers bought.</param>
public readonly record struct StackedImbalance(PriceTicks Lowest, PriceTicks Highest, Timestamp KnownAt, int Rows, FlowSide Side);
