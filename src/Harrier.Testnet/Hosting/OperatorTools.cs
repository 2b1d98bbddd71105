using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Hosting;

/// <summary>What the admin port works on besides the markets themselves.</summary>
/// <param name="Faults">What goes wrong; the front ends have the same.</param>
/// <param name="Control">Moves and halts markets.</param>
public sealed record OperatorTools(FaultInjector Faults, MarketControl Control);
