using Harrier.Domain;

namespace Harrier.Testnet.Markets;

/// <summary>How much a <see cref="CandleStore"/> remembers of each symbol.</summary>
public sealed record CandleStoreOptions
{
    /// <summary>Closed one-second candles.</summary>
    /// <value>7,200: two hours.</value>
    public int Seconds { get; init; } = 7200;

    /// <summary>Closed one-minute candles; at least 1,500, the rolling day of the ticker is made from them.</summary>
    /// <value>12,000: more than eight days.</value>
    public int Minutes { get; init; } = 12_000;

    /// <summary>Closed one-hour candles.</summary>
    /// <value>4,500: more than half a year.</value>
    public int Hours { get; init; } = 4500;

    /// <summary>Closed one-day candles.</summary>
    /// <value>1,500: more than four years.</value>
    public int Days { get; init; } = 1500;

    /// <summary>Enough for bots on a few symbols; with more than 20 symbols less of each, so that hundreds fit into about 150 MB.</summary>
    public static CandleStoreOptions For(int symbols) =>
        symbols <= 20 ? new CandleStoreOptions() : new CandleStoreOptions { Seconds = 600, Minutes = 1600, Hours = 800, Days = 400 };

    internal int Capacity(CandleInterval interval) => interval.Name switch
    {
        "1s" => Math.Max(1, Seconds),
        "1m" => Math.Max(1500, Minutes),
        "1h" => Math.Max(1, Hours),
        _ => Math.Max(1, Days),
    };
}

/// <summary>Which candles are asked for, by their open times, both ends included.</summary>
/// <param name="Start">Earliest; without it the newest are given.</param>
/// <param name="End">Latest; without it there is no end.</param>
/// <param name="Limit">Most candles: the oldest ones when there is a start, else the newest.</param>
public readonly record struct CandleRange(Timestamp? Start, Timestamp? End, int Limit);
