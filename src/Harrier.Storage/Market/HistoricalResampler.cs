using Harrier.Domain;

namespace Harrier.Storage.Market;

/// <summary>Longer bars made of shorter ones, or of trades.</summary>
/// <param name="Bars">The longer bars, oldest first.</param>
/// <param name="DroppedFirst">Shorter bars or trades before the first whole longer one.</param>
/// <param name="DroppedLast">Shorter bars or trades behind the last whole longer one.</param>
public sealed record ResampledHistory(IReadOnlyList<HistoricalBar> Bars, int DroppedFirst, int DroppedLast);

/// <summary>
/// Makes longer bars of shorter ones with exact sums, aligned by <see cref="BarSpec.BucketStart"/>: to the UTC day, whole weeks to Mondays. A first bar without its first
/// part and a last one without its last are left out, because nothing says whether parts are missing or out of reach; one with a hole inside is kept, as venues do.
/// </summary>
public static class HistoricalResampler
{
    /// <summary>Aggregates.</summary>
    /// <param name="source">The shorter bars, oldest first.</param>
    /// <param name="from">Their length.</param>
    /// <param name="to">The length wanted, a multiple of it.</param>
    /// <exception cref="ArgumentException">The length is no multiple.</exception>
    /// <exception cref="OverflowException">A sum has more digits than can be held.</exception>
    public static ResampledHistory Aggregate(IEnumerable<HistoricalBar> source, BarSpec from, BarSpec to)
    {
        if (!from.IsTime || !to.IsTime || to.IntervalNanos <= from.IntervalNanos || to.IntervalNanos % from.IntervalNanos != 0)
        {
            throw new ArgumentException($"{to} is no multiple of {from}", nameof(to));
        }

        return Aggregate(source, from.IntervalNanos, to);
    }

    /// <summary>
    /// Aggregates trades. The last bar never comes, because nothing says that no trade of it is missing; nor does one without trades, which venues show as a flat
    /// bar without volume.
    /// </summary>
    /// <param name="trades">The trades, oldest first.</param>
    /// <param name="to">The length wanted.</param>
    /// <exception cref="ArgumentException">It is no length of time.</exception>
    /// <exception cref="OverflowException">A sum or a value has more digits than can be held.</exception>
    public static ResampledHistory Aggregate(IEnumerable<HistoricalTrade> trades, BarSpec to) => to.IsTime
        ? Aggregate(trades.Select(BarOf), 0, to)
        : throw new ArgumentException($"{to} is no length of time", nameof(to));

    private static HistoricalBar BarOf(HistoricalTrade trade)
    {
        decimal value = ExactDecimal.TryMultiply(trade.Price, trade.Quantity, out decimal product)
            ? product
            : throw new OverflowException(FormattableString.Invariant($"{trade.Price} x {trade.Quantity} has more digits than can be held"));
        return new HistoricalBar
        {
            OpenTime = trade.Time,
            Open = trade.Price,
            High = trade.Price,
            Low = trade.Price,
            Close = trade.Price,
            Volume = trade.Quantity,
            QuoteVolume = value,
            TradeCount = trade.LastTradeId - trade.FirstTradeId + 1 ?? 1,
            TakerBuyVolume = trade.IsSell ? 0 : trade.Quantity,
            TakerBuyQuoteVolume = trade.IsSell ? 0 : value,
        };
    }

    private static ResampledHistory Aggregate(IEnumerable<HistoricalBar> source, long length, BarSpec to)
    {
        List<HistoricalBar> bars = [];
        int first = 0;
        int inLast = 0;
        Timestamp end = default;
        Timestamp? cut = null;
        foreach (HistoricalBar bar in source)
        {
            Timestamp bucket = to.BucketStart(bar.OpenTime);
            cut ??= bar.OpenTime == bucket ? new Timestamp(long.MinValue) : bucket;
            if (bars.Count > 0 && bars[^1].OpenTime == bucket)
            {
                bars[^1] = Join(bars[^1], in bar);
                inLast++;
            }
            else if (bars.Count == 0 && bucket == cut)
            {
                first++;
                continue;
            }
            else
            {
                bars.Add(bar with { OpenTime = bucket });
                inLast = 1;
            }

            end = new Timestamp(bar.OpenTime.Nanos + length);
        }

        if (bars.Count == 0 || end.Nanos == bars[^1].OpenTime.Nanos + to.IntervalNanos)
        {
            return new ResampledHistory(bars, first, 0);
        }

        bars.RemoveAt(bars.Count - 1);
        return new ResampledHistory(bars, first, inLast);
    }

    private static HistoricalBar Join(HistoricalBar whole, in HistoricalBar part) => whole with
    {
        High = Math.Max(whole.High, part.High),
        Low = Math.Min(whole.Low, part.Low),
        Close = part.Close,
        Volume = Sum(whole.Volume, part.Volume)!.Value,
        QuoteVolume = Sum(whole.QuoteVolume, part.QuoteVolume),
        TakerBuyVolume = Sum(whole.TakerBuyVolume, part.TakerBuyVolume),
        TakerBuyQuoteVolume = Sum(whole.TakerBuyQuoteVolume, part.TakerBuyQuoteVolume),
        TradeCount = whole.TradeCount + part.TradeCount,
    };

    // A sum of which a part is not known is not known.
    private static decimal? Sum(decimal? left, decimal? right) =>
        left is not { } a || right is not { } b ? null
        : ExactDecimal.TryAdd(a, b, out decimal sum) ? sum
        : throw new OverflowException(FormattableString.Invariant($"{a} + {b} has more digits than can be held"));
}
