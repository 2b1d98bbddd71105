using Harrier.Domain;

namespace Harrier.Simulation.Synthetic;

/// <summary>What to make: the same settings give the same bars, bit by bit.</summary>
public sealed record SyntheticMarketSettings
{
    /// <summary>Seed of everything random.</summary>
    /// <value>1.</value>
    public long Seed { get; init; } = 1;

    /// <summary>Length of the bars; they start on multiples of it. Series of different lengths are different markets, even with one seed.</summary>
    /// <value>One hour.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Open time of the first bar, moved back to a multiple of the interval.</summary>
    /// <value>2023-01-01.</value>
    public Timestamp Start { get; init; } = Timestamp.FromUnixSeconds(1_672_531_200);

    /// <summary>Number of bars of each symbol.</summary>
    /// <value>17,520: two years of hours.</value>
    public int Count { get; init; } = 17_520;

    /// <summary>Where the bars pretend to come from; must be a simulated venue, so that no report can take them for real.</summary>
    /// <value>sim-spot.</value>
    public VenueId Venue { get; init; } = new("sim-spot");

    /// <summary>The symbols; each moves with the market by its beta.</summary>
    /// <value>BTCUSDT, ETHUSDT and SOLUSDT.</value>
    public IReadOnlyList<SyntheticSymbol> Symbols { get; init; } = SyntheticSymbol.Defaults;
}

/// <summary>One symbol of the synthetic market.</summary>
public sealed record SyntheticSymbol
{
    /// <summary>BTC, ETH and SOL against USDT, with the grid of Binance spot and about the size and speed of the years 2023 to 2025.</summary>
    public static IReadOnlyList<SyntheticSymbol> Defaults { get; } =
    [
        new SyntheticSymbol { Base = new Asset("BTC"), Quote = new Asset("USDT"), TickSize = 0.01m, LotSize = 0.00001m, StartPrice = 30_000, Beta = 1.0, OwnVolatility = 0.008, DailyVolume = 30_000, TradeSize = 0.015 },
        new SyntheticSymbol { Base = new Asset("ETH"), Quote = new Asset("USDT"), TickSize = 0.01m, LotSize = 0.0001m, StartPrice = 1900, Beta = 1.15, OwnVolatility = 0.014, DailyVolume = 350_000, TradeSize = 0.3 },
        new SyntheticSymbol { Base = new Asset("SOL"), Quote = new Asset("USDT"), TickSize = 0.01m, LotSize = 0.001m, StartPrice = 60, Beta = 1.4, OwnVolatility = 0.026, DailyVolume = 4_000_000, TradeSize = 4 },
    ];

    /// <summary>The asset bought and sold.</summary>
    public required Asset Base { get; init; }

    /// <summary>The asset prices are in.</summary>
    public required Asset Quote { get; init; }

    /// <summary>Price step in quote currency.</summary>
    public required decimal TickSize { get; init; }

    /// <summary>Size step in base currency.</summary>
    public required decimal LotSize { get; init; }

    /// <summary>Price before the first bar in quote currency.</summary>
    public required double StartPrice { get; init; }

    /// <summary>How far the symbol moves with the market.</summary>
    public required double Beta { get; init; }

    /// <summary>Daily standard deviation of what does not come from the market, as a fraction.</summary>
    public required double OwnVolatility { get; init; }

    /// <summary>Typical volume of a day in base currency.</summary>
    public required double DailyVolume { get; init; }

    /// <summary>Typical size of one trade in base currency.</summary>
    public required double TradeSize { get; init; }
}
