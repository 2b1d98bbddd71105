namespace Harrier.Exchanges.Binance;

/// <summary>What an account at the venue is made of.</summary>
public sealed record BinanceAccountOptions
{
    /// <summary>Which market.</summary>
    public required BinanceMarket Market { get; init; }

    /// <summary>Where it is reached; there is no default, because a mistake would cost real money.</summary>
    public required BinanceEndpoints Endpoints { get; init; }

    /// <summary>Key and secret.</summary>
    public required ApiCredentials Credentials { get; init; }

    /// <summary>Symbols that are traded, in the order of the engine's instruments; empty for all, in the venue's order.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>How late a signed call may be at the venue.</summary>
    public TimeSpan ReceiveWindow { get; init; } = BinanceSigner.DefaultReceiveWindow;
}
