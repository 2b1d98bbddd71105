using Harrier.Domain;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Markets;

/// <summary>Something recorded that a replay does again.</summary>
/// <param name="Time">When it was recorded.</param>
/// <param name="Symbol">Such as BTCUSDT.</param>
public abstract record ReplayEvent(Timestamp Time, string Symbol);

/// <summary>A recorded trade, or one made up from a recorded bar.</summary>
/// <param name="Time">When.</param>
/// <param name="Symbol">Which symbol.</param>
/// <param name="Price">Price.</param>
/// <param name="Quantity">Amount of the base asset.</param>
/// <param name="IsSell">True when the taker sold.</param>
public sealed record ReplayTrade(Timestamp Time, string Symbol, decimal Price, decimal Quantity, bool IsSell) : ReplayEvent(Time, Symbol);

/// <summary>Recorded levels with absolute quantities, 0 where a level went.</summary>
/// <param name="Time">When.</param>
/// <param name="Symbol">Which symbol.</param>
/// <param name="IsSnapshot">True when every level that is not listed is gone.</param>
/// <param name="Bids">Bids.</param>
/// <param name="Asks">Asks.</param>
public sealed record ReplayBook(Timestamp Time, string Symbol, bool IsSnapshot, IReadOnlyList<DepthLevel> Bids, IReadOnlyList<DepthLevel> Asks)
    : ReplayEvent(Time, Symbol);

/// <summary>A symbol of a recording, with the grid that its numbers suggest.</summary>
/// <param name="Symbol">Such as BTCUSDT.</param>
/// <param name="TickSize">Smallest decimal place of the prices.</param>
/// <param name="LotSize">Smallest decimal place of the quantities.</param>
/// <param name="StartPrice">First price.</param>
public sealed record ReplaySymbol(string Symbol, decimal TickSize, decimal LotSize, decimal StartPrice);
