using Harrier.Exchanges.Feeds;

namespace Harrier.Cli.Options;

/// <summary>Lists of symbols and of channels, the same for every verb that asks a venue for market data.</summary>
internal static class MarketOptions
{
    private const int MostSymbols = 5000;

    /// <summary>The channels by their names.</summary>
    public static IReadOnlyDictionary<string, FeedChannels> ChannelNames { get; } = new Dictionary<string, FeedChannels>(StringComparer.OrdinalIgnoreCase)
    {
        ["trades"] = FeedChannels.Trades,
        ["book"] = FeedChannels.Book,
        ["ticker"] = FeedChannels.Ticker,
        ["top"] = FeedChannels.Top,
        ["mark"] = FeedChannels.MarkPrice,
    };

    /// <summary>Names of channels in the order in which they are documented.</summary>
    public static IReadOnlyList<string> NamesOf(FeedChannels channels) => [.. ChannelNames.Where(channel => channels.HasFlag(channel.Value)).Select(channel => channel.Key)];

    /// <summary>Reads symbols, with commas between, each once.</summary>
    /// <exception cref="InputException">There are none or too many, or one is none.</exception>
    public static IReadOnlyList<string> Symbols(string[] given) => SymbolList.Read("--symbols", given, MostSymbols);

    /// <summary>Reads channels, with commas between.</summary>
    /// <param name="given">The texts; may be null.</param>
    /// <param name="otherwise">The channels where none are given.</param>
    /// <exception cref="InputException">One is none.</exception>
    public static FeedChannels Channels(string[]? given, FeedChannels otherwise)
    {
        FeedChannels channels = FeedChannels.None;
        foreach (string text in Split(given ?? []))
        {
            channels |= OptionText.Choice("--channels", text, ChannelNames);
        }

        return channels == FeedChannels.None ? otherwise : channels;
    }

    private static string[] Split(string[] texts) =>
        [.. texts.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
