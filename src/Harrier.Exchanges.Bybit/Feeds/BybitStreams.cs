using Harrier.Exchanges.Books;
using Harrier.Exchanges.Bybit.Mapping;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Transport;

namespace Harrier.Exchanges.Bybit.Feeds;

/// <summary>The public streams of both markets; each market has an address of its own, and topics do not say which.</summary>
public static class BybitStreams
{
    /// <summary>Levels of the books that are followed; 1, 50, 200 and 1000 are offered, in ever longer intervals.</summary>
    public const int Depth = 200;

    // The venue sets no number; its limit is on the length of a request, which is sent in small parts anyway.
    private const int PerConnection = 500;

    private static readonly TimeSpan _book = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _ticker = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _pingInterval = TimeSpan.FromSeconds(20);

    /// <summary>A market as a feed needs it.</summary>
    /// <param name="market">Which market.</param>
    /// <param name="origin">Where its streams are.</param>
    public static VenueStreams Of(BybitMarket market, Uri origin) => new()
    {
        Origin = origin,
        Streams = StreamsOf(market),
        Dialect = static () => new BybitStreamDialect(),
        Decoder = static (symbols, receiver) => new MarketDecoder(symbols, receiver),
        Continuity = static () => new PushedContinuity(),
        StreamsPerConnection = PerConnection,
        MaxFrameBytes = MarketDecoder.MaxFrameBytes,
        DoTradeIdsRise = false,
        Connection = Pinged,
    };

    /// <summary>What the venue asks of every connection: a ping of its own every 20 s; it sets no age limit.</summary>
    public static WebSocketConnectionOptions Pinged(WebSocketConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with { Ping = new BybitPing(), PingInterval = WebSocketConnectionOptions.PingEvery(_pingInterval, options.PingInterval ?? _pingInterval), RolloverAfter = null };
    }

    private static FeedStream[] StreamsOf(BybitMarket market)
    {
        string root = "/v5/public/" + market.Category();
        FeedStream[] both =
        [
            new(FeedChannels.Trades, static symbol => "publicTrade." + symbol, root, null),
            new(FeedChannels.Book, static symbol => $"orderbook.{Depth}.{symbol}", root, _book),
            new(FeedChannels.Top, static symbol => "orderbook.1." + symbol, root, null),
            new(FeedChannels.Ticker, static symbol => "tickers." + symbol, root, _ticker),
        ];
        return market == BybitMarket.Spot ? both : [.. both, new FeedStream(FeedChannels.MarkPrice, static symbol => "tickers." + symbol, root, _ticker)];
    }
}
