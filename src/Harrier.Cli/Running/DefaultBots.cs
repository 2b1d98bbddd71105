namespace Harrier.Cli.Running;

/// <summary>What runs where no configuration is given: paper bots of several strategies on the built-in exchange, some so quick that one can watch them.</summary>
internal static class DefaultBots
{
    /// <summary>The configuration, as a file would say it.</summary>
    public static string Text => $$"""
        {
          "accounts": [
            {
              "name": "quick",
              "venue": "{{VenueAliases.Known[0]}}",
              "risk": { "max_losses_in_a_row": "none", "max_trades_per_hour": "none" },
              "bots": [
                { "name": "rsi-btc", "strategy": "RSI_CROSS", "parameters": { "period": 4, "oversold": 40, "overbought": 60 }, "symbol": "BTCUSDT", "interval": "1s" },
                { "name": "ema-eth", "strategy": "EMA_CROSS", "parameters": { "fast": 2, "slow": 3 }, "symbol": "ETHUSDT", "interval": "1s" },
                { "name": "reversion-sol", "strategy": "MEAN_REVERSION", "parameters": { "window": 10, "z_entry": 1, "z_exit": 0.2 }, "symbol": "SOLUSDT", "interval": "1s" },
                { "name": "donchian-bnb", "strategy": "DONCHIAN_TREND", "parameters": { "entry": 6, "exit": 3 }, "symbol": "BNBUSDT", "interval": "1s" }
              ]
            },
            {
              "name": "steady",
              "venue": "{{VenueAliases.Known.First(static venue => venue.EndsWith("-linear", StringComparison.Ordinal))}}",
              "bots": [
                { "name": "trend-btc", "strategy": "EMA_CROSS", "symbol": "BTCUSDT", "interval": "1m" },
                { "name": "reversion-xrp", "strategy": "MEAN_REVERSION", "symbol": "XRPUSDT", "interval": "1m" }
              ]
            }
          ]
        }
        """;

    /// <summary>Configurations that come with the program, by name.</summary>
    public static IReadOnlyDictionary<string, string> Presets { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["default"] = Text,
        ["hybrid"] = Hybrid,
    };

    // Guide 004: the auto trader watches three coins every five minutes and votes of several indicators decide; a tenth of the money at a time.
    private static string Hybrid => $$"""
        {
          "accounts": [
            {
              "name": "hybrid",
              "venue": "{{VenueAliases.Known[0]}}",
              "bots": [
                { "name": "hybrid-btc", "strategy": "HYBRID", "symbol": "BTCUSDT", "interval": "5m", "size": "fraction:0.1" },
                { "name": "hybrid-eth", "strategy": "HYBRID", "symbol": "ETHUSDT", "interval": "5m", "size": "fraction:0.1" },
                { "name": "hybrid-bnb", "strategy": "HYBRID", "symbol": "BNBUSDT", "interval": "5m", "size": "fraction:0.1" }
              ]
            }
          ]
        }
        """;
}
