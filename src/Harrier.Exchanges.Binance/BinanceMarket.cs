namespace Harrier.Exchanges.Binance;

/// <summary>Which of the venue's markets: each has its own hosts, limits, orders and errors.</summary>
public enum BinanceMarket : byte
{
    /// <summary>Spot.</summary>
    Spot = 0,

    /// <summary>Linear contracts, margined in stablecoins.</summary>
    UsdM = 1,
}
