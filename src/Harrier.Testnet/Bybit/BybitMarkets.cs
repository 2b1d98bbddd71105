using Harrier.Testnet.Core;

namespace Harrier.Testnet.Bybit;

/// <summary>The venue's two markets. They share one gate and one wallet: the unified account.</summary>
/// <param name="spot">Spot.</param>
/// <param name="linear">Linear contracts.</param>
internal sealed class BybitMarkets(BybitMarket spot, BybitMarket linear)
{
    private readonly List<Action> _settlements = [];

    /// <summary>What concerns the venue as a whole, when faults are matched.</summary>
    public const string Venue = "bybit";

    /// <summary>Spot.</summary>
    public BybitMarket Spot { get; } = spot;

    /// <summary>Linear contracts.</summary>
    public BybitMarket Linear { get; } = linear;

    /// <summary>Both.</summary>
    public IReadOnlyList<BybitMarket> All { get; } = [spot, linear];

    /// <summary>Hold it around everything.</summary>
    public Lock Gate => Spot.Core.Gate;

    /// <summary>The market of a category, or null.</summary>
    public BybitMarket? Find(string? category) => All.FirstOrDefault(m => m.Category == category);

    /// <summary>The account of a key, or null.</summary>
    public ExchangeAccount? ByKey(string key)
    {
        lock (Gate)
        {
            return Spot.Core.ByKey(key);
        }
    }

    /// <summary>Adds something to do after each command and each step of the clock.</summary>
    public void AfterEachCommand(Action settle) => _settlements.Add(settle);

    /// <summary>Does what commands brought about and listeners may not do themselves; inside the gate.</summary>
    public void Settle()
    {
        foreach (Action settle in _settlements)
        {
            settle();
        }
    }
}
