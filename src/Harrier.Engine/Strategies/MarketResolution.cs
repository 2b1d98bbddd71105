namespace Harrier.Engine.Strategies;

/// <summary>How finely an engine hears of a market. Each holds what those before it hold.</summary>
public enum MarketResolution : byte
{
    /// <summary>Closed bars.</summary>
    Bars = 0,

    /// <summary>Also each trade.</summary>
    Ticks = 1,

    /// <summary>Also each change of the order book.</summary>
    Book = 2,
}
