using Harrier.Domain;

namespace Harrier.Features.OrderFlow;

/// <summary>An extreme behind which stops of others are likely to rest.</summary>
/// <param name="Price">The extreme in quote currency.</param>
/// <param name="Volume">Traded by the bars around it, in base currency.</param>
/// <param name="KnownAt">When the last bar was complete that had to stay inside.</param>
/// <param name="Index">Number of the bar that made it.</param>
/// <param name="Side">Bearish for a high, where sellers wait; bullish for a low.</param>
public readonly record struct LiquidityZone(double Price, double Volume, Timestamp KnownAt, int Index, FlowSide Side);
