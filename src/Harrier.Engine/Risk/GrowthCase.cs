using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Engine.Risk;

/// <summary>An order that grows a position, with what the gates measure it by.</summary>
/// <param name="Bot">Who asks.</param>
/// <param name="Instrument">In what.</param>
/// <param name="Held">What the bot holds of it, in lots.</param>
/// <param name="After">What it would hold, in lots.</param>
/// <param name="Reference">The price that the order is expected to get.</param>
/// <param name="Working">Orders of the account that work.</param>
internal readonly record struct GrowthCase(BotId Bot, Instrument Instrument, long Held, long After, PriceTicks Reference, IReadOnlyList<Order> Working);
