using Harrier.Testnet.Hosting;
using Harrier.Testnet.Markets;
using Harrier.Testnet.Uphold;

namespace Harrier.Testnet;

/// <summary>What the built-in exchange lists and what moves its prices.</summary>
public sealed record BuiltInExchangeOptions
{
    /// <value>Symbols listed when none are named.</value>
    public static IReadOnlyList<string> DefaultSymbols { get; } = ["BTCUSDT", "ETHUSDT", "SOLUSDT", "BNBUSDT", "XRPUSDT"];

    /// <value>Ports, seed, sockets.</value>
    public TestnetOptions Host { get; init; } = new();

    /// <value>Symbols as BTCUSDT, BTC/USDT or BTC-USDT; empty for those of the recording or <see cref="DefaultSymbols"/>.</value>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <value>Venues whose books and prices move, by their names; the others are there, with empty books. None named: all.</value>
    public IReadOnlyList<string> Venues { get; init; } = [];

    /// <value>What is replayed; null for a synthetic market.</value>
    public ReplayRecording? Recording { get; init; }

    /// <value>Recorded seconds in one; 1.</value>
    public double Speed { get; init; } = 1;

    /// <value>What kind of days a synthetic market has; calm.</value>
    public MarketScenario Scenario { get; init; }

    /// <value>The terms of the broker.</value>
    public UpholdRules Uphold { get; init; } = new();

    /// <value>File in which accounts, orders and positions are kept, so that a later start goes on with them; null for none. Symbols that it knows are listed too.</value>
    public string? KeptIn { get; init; }

    /// <value>Told, in lines for people, that the file cannot be written.</value>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <value>Whether prices move; false leaves the books to the clients, for tests and measurements.</value>
    public bool IsDriven { get; init; } = true;
}
