using Harrier.Testnet.Binance.Shared;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting.Sockets;
using Harrier.Testnet.Markets;

namespace Harrier.Testnet.Binance.Spot;

/// <summary>The streams of one symbol, by their names.</summary>
internal sealed class SpotSymbolStreams
{
    private static readonly int[] _partialDepths = [5, 10, 20];

    /// <summary>Names them.</summary>
    public SpotSymbolStreams(ListedInstrument instrument, StreamHub hub)
    {
        Instrument = instrument;
        string prefix = instrument.Symbol.ToLowerInvariant() + "@";
        Trade = hub.Topic(prefix + "trade");
        AggregateTrade = hub.Topic(prefix + "aggTrade");
        BookTicker = hub.Topic(prefix + "bookTicker");
        FastDepth = hub.Topic(prefix + "depth@100ms");
        SlowDepth = hub.Topic(prefix + "depth");
        Ticker = hub.Topic(prefix + "ticker");
        MiniTicker = hub.Topic(prefix + "miniTicker");
        AveragePrice = hub.Topic(prefix + "avgPrice");
        FastLevels = [.. _partialDepths.Select(n => (n, hub.Topic($"{prefix}depth{n}@100ms")))];
        SlowLevels = [.. _partialDepths.Select(n => (n, hub.Topic($"{prefix}depth{n}")))];
        Klines = [.. CandleInterval.All.Select(i => hub.Topic($"{prefix}kline_{i.Name}"))];
    }

    /// <summary>The symbol.</summary>
    public ListedInstrument Instrument { get; }

    /// <summary>Each trade.</summary>
    public StreamTopic Trade { get; }

    /// <summary>Trades of one order at one price.</summary>
    public StreamTopic AggregateTrade { get; }

    /// <summary>Each change of the best prices.</summary>
    public StreamTopic BookTicker { get; }

    /// <summary>Changes of the book every 100 ms.</summary>
    public StreamTopic FastDepth { get; }

    /// <summary>Changes of the book every second.</summary>
    public StreamTopic SlowDepth { get; }

    /// <summary>The rolling day.</summary>
    public StreamTopic Ticker { get; }

    /// <summary>The rolling day in short.</summary>
    public StreamTopic MiniTicker { get; }

    /// <summary>The average price.</summary>
    public StreamTopic AveragePrice { get; }

    /// <summary>The best levels every 100 ms.</summary>
    public IReadOnlyList<(int Levels, StreamTopic Topic)> FastLevels { get; }

    /// <summary>The best levels every second.</summary>
    public IReadOnlyList<(int Levels, StreamTopic Topic)> SlowLevels { get; }

    /// <summary>Candles, by the indexes of their intervals.</summary>
    public IReadOnlyList<StreamTopic> Klines { get; }

    /// <summary>The book's changes of the running second.</summary>
    public DepthJoin Second { get; } = new();

    /// <summary>Whether there was a trade in the running second.</summary>
    public bool HasTraded { get; set; }
}
