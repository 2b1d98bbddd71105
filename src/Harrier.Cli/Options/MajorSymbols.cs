namespace Harrier.Cli.Options;

/// <summary>The symbols that are meant where none are given.</summary>
internal static class MajorSymbols
{
    /// <summary>Ten major coins in tether.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["BTCUSDT", "ETHUSDT", "BNBUSDT", "SOLUSDT", "ADAUSDT", "DOTUSDT", "MATICUSDT", "AVAXUSDT", "UNIUSDT", "LINKUSDT"];
}
