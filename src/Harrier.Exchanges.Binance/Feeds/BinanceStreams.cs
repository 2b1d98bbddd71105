using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Binance.Feeds;

/// <summary>A stream of the venue that a feed subscribes.</summary>
/// <param name="Channel">What it carries.</param>
/// <param name="Suffix">What follows the symbol in its name.</param>
/// <param name="Root">Path of the connection that carries it.</param>
/// <param name="ExpectedEvery">Time in which a message normally comes; null where silence is normal.</param>
internal sealed record BinanceStream(FeedChannels Channel, string Suffix, string Root, TimeSpan? ExpectedEvery)
{
    /// <summary>The topic of a symbol.</summary>
    public Topic TopicOf(string symbol) => new(symbol.ToLowerInvariant() + Suffix, ExpectedEvery);
}

/// <summary>
/// The streams of both markets. Since April 2026 a USD-M connection carries one kind only: books and best prices under <c>/public</c>, the
/// rest under <c>/market</c>.
/// </summary>
internal static class BinanceStreams
{
    /// <summary>Streams that one connection may carry.</summary>
    public const int PerConnection = 1024;

    /// <summary>Messages that a connection may send in a second, pings and pongs included; of the two markets' limits the smaller.</summary>
    public const int MessagesPerSecond = 5;

    private static readonly TimeSpan _book = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private static readonly BinanceStream[] _spot =
    [
        new(FeedChannels.Trades, "@trade", "/stream", null),
        new(FeedChannels.Book, "@depth@100ms", "/stream", _book),
        new(FeedChannels.Ticker, "@ticker", "/stream", _second),
        new(FeedChannels.Top, "@bookTicker", "/stream", null),
    ];

    private static readonly BinanceStream[] _usdM =
    [
        new(FeedChannels.Trades, "@aggTrade", "/market/stream", null),
        new(FeedChannels.Book, "@depth@100ms", "/public/stream", _book),
        new(FeedChannels.Ticker, "@ticker", "/market/stream", _second),
        new(FeedChannels.Top, "@bookTicker", "/public/stream", null),
        new(FeedChannels.MarkPrice, "@markPrice@1s", "/market/stream", _second),
    ];

    /// <summary>The streams that carry these channels.</summary>
    public static IReadOnlyList<BinanceStream> Of(BinanceMarket market, FeedChannels channels) =>
        [.. (market == BinanceMarket.Spot ? _spot : _usdM).Where(stream => channels.HasFlag(stream.Channel))];
}
