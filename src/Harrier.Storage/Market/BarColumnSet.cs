using System.Numerics.Tensors;
using Harrier.Domain;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market;

/// <summary>Bars column by column, for writing many of them at once. Times are strictly ascending; all arrays that are given have the same length.</summary>
public sealed record BarColumnSet
{
    /// <summary>Starts of the bars in nanoseconds since 1970, whole microseconds.</summary>
    public required ReadOnlyMemory<long> OpenTimeNanos { get; init; }

    /// <summary>First prices.</summary>
    public required ReadOnlyMemory<double> Open { get; init; }

    /// <summary>Highest prices.</summary>
    public required ReadOnlyMemory<double> High { get; init; }

    /// <summary>Lowest prices.</summary>
    public required ReadOnlyMemory<double> Low { get; init; }

    /// <summary>Last prices.</summary>
    public required ReadOnlyMemory<double> Close { get; init; }

    /// <summary>Volumes in base currency.</summary>
    public required ReadOnlyMemory<double> Volume { get; init; }

    /// <summary>Volumes in quote currency.</summary>
    /// <value>Null when not known.</value>
    public ReadOnlyMemory<double>? QuoteVolume { get; init; }

    /// <summary>Volumes bought by takers in base currency.</summary>
    /// <value>Null when not known.</value>
    public ReadOnlyMemory<double>? TakerBuyVolume { get; init; }

    /// <summary>Volumes bought by takers in quote currency.</summary>
    /// <value>Null when not known.</value>
    public ReadOnlyMemory<double>? TakerBuyQuoteVolume { get; init; }

    /// <summary>Numbers of trades.</summary>
    /// <value>Null when not known.</value>
    public ReadOnlyMemory<long>? TradeCount { get; init; }

    /// <summary>The columns of doubles in the order of the files.</summary>
    internal ReadOnlyMemory<double>?[] Values => [Open, High, Low, Close, Volume, QuoteVolume, TakerBuyVolume, TakerBuyQuoteVolume];

    /// <summary>Some of the bars, without a copy.</summary>
    internal BarColumnSet Slice(Range rows) => new()
    {
        OpenTimeNanos = OpenTimeNanos[rows],
        Open = Open[rows],
        High = High[rows],
        Low = Low[rows],
        Close = Close[rows],
        Volume = Volume[rows],
        QuoteVolume = QuoteVolume?[rows],
        TakerBuyVolume = TakerBuyVolume?[rows],
        TakerBuyQuoteVolume = TakerBuyQuoteVolume?[rows],
        TradeCount = TradeCount?[rows],
    };

    /// <summary>Some of the bars as rows; each number is the one that the shortest text of its double shows.</summary>
    internal IEnumerable<HistoricalBar> Rows(Range range)
    {
        (int start, int count) = range.GetOffsetAndLength(OpenTimeNanos.Length);
        for (int i = start; i < start + count; i++)
        {
            yield return new HistoricalBar
            {
                OpenTime = new Timestamp(OpenTimeNanos.Span[i]),
                Open = Exact(Open, i),
                High = Exact(High, i),
                Low = Exact(Low, i),
                Close = Exact(Close, i),
                Volume = Exact(Volume, i),
                QuoteVolume = QuoteVolume is { } quote ? Exact(quote, i) : null,
                TakerBuyVolume = TakerBuyVolume is { } taker ? Exact(taker, i) : null,
                TakerBuyQuoteVolume = TakerBuyQuoteVolume is { } takerQuote ? Exact(takerQuote, i) : null,
                TradeCount = TradeCount?.Span[i],
            };
        }
    }

    /// <summary>Sees that the columns fit together.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    internal void Check()
    {
        int count = OpenTimeNanos.Length;
        if (Values.Any(values => values is { } given && given.Length != count) || (TradeCount is { } trades && trades.Length != count))
        {
            throw new ArgumentException("the columns have different lengths");
        }

        long last = long.MinValue;
        foreach (long time in OpenTimeNanos.Span)
        {
            if (time <= last || time % 1000 != 0)
            {
                throw new ArgumentException($"the bar at {new Timestamp(time)} does not follow {new Timestamp(last)}, or opens between two microseconds");
            }

            last = time;
        }

        // A sum is a number only when all of its parts are.
        if (Values.Any(values => values is { } given && !double.IsFinite(TensorPrimitives.Sum(given.Span))))
        {
            throw new ArgumentException("a value is not a number");
        }
    }

    private static decimal Exact(ReadOnlyMemory<double> values, int index) =>
        ExactNumber.TryToDecimal(values.Span[index], out decimal exact) ? exact : throw new ArgumentException($"{values.Span[index]} is beyond what a decimal holds");
}
