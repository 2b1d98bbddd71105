using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Feeds;

namespace Harrier.Exchanges.Binance.Feeds;

/// <summary>
/// The streams of both markets. Since April 2026 a USD-M connection carries one kind only: books and best prices under <c>/public</c>, the
/// rest under <c>/market</c>.
/// </summary>
public static class BinanceStreams
{
    // Of the two markets' limits the smaller.
    private const int MessagesPerSecond = 5;

    private static readonly TimeSpan _book = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    private static readonly FeedStream[] _spot =
    [
        Stream(FeedChannels.Trades, "@trade", "/stream", null),
        Stream(FeedChannels.Book, "@depth@100ms", "/stream", _book),
        Stream(FeedChannels.Ticker, "@ticker", "/stream", _second),
        Stream(FeedChannels.Top, "@bookTicker", "/stream", null),
    ];

    private static readonly FeedStream[] _usdM =
    [
        Stream(FeedChannels.Trades, "@aggTrade", "/market/stream", null),
        Stream(FeedChannels.Book, "@depth@100ms", "/public/stream", _book),
        Stream(FeedChannels.Ticker, "@ticker", "/market/stream", _second),
        Stream(FeedChannels.Top, "@bookTicker", "/public/stream", null),
        Stream(FeedChannels.MarkPrice, "@markPrice@1s", "/market/stream", _second),
    ];

    /// <summary>A market as a feed needs it.</summary>
    /// <param name="market">Which market.</param>
    /// <param name="origin">Where its streams are.</param>
    /// <param name="snapshots">Gets books.</param>
    public static VenueStreams Of(BinanceMarket market, Uri origin, SnapshotSource snapshots) => new()
    {
        Origin = origin,
        Streams = market == BinanceMarket.Spot ? _spot : _usdM,
        Dialect = static () => new BinanceStreamDialect(),
        Decoder = static (symbols, receiver) => new MarketDecoder(symbols, receiver),
        Continuity = market == BinanceMarket.Spot ? static () => new SpotContinuity() : static () => new UsdmContinuity(),
        Snapshots = new BookSnapshots(snapshots, static () => new SnapshotDecoder().Decode),
        MessagesPerSecond = MessagesPerSecond,
        MaxFrameBytes = MarketDecoder.MaxFrameBytes,
    };

    private static FeedStream Stream(FeedChannels channel, string suffix, string root, TimeSpan? expectedEvery) =>
        new(channel, symbol => symbol.ToLowerInvariant() + suffix, root, expectedEvery);
}
