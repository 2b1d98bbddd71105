namespace Harrier.Testnet.Markets;

/// <summary>What kind of days a synthetic market has.</summary>
public enum MarketScenario : byte
{
    /// <summary>Ordinary ones: a coin moves a few percent a day.</summary>
    Calm = 0,

    /// <summary>Days as there are a few in a year: each coin runs up or down for a minute or three by several percent a minute, rests, and runs again, within a quarter of its price.</summary>
    Lively = 1,
}
