using Harrier.Domain;

namespace Harrier.Testnet.Markets;

/// <summary>
/// The made-up history of a symbol from before the exchange's start, of any length of candle and as far back as its days go. Only days are kept, and what the last day,
/// hour and minute had so far; the rest is made by dividing, anew and in the same way for each question, so that all lengths agree and years of minutes cost no memory.
/// </summary>
/// <param name="division">How candles are divided.</param>
internal sealed class PastCandles(CandleDivision division)
{
    private static readonly CandleInterval[] Kept = [CandleInterval.Day, CandleInterval.Hour, CandleInterval.Minute, CandleInterval.Second];
    private readonly Candle[][] _free = [[], [], [], []];

    /// <summary>End of the history; the exchange's own trades follow.</summary>
    public Timestamp Until { get; private set; }

    /// <summary>Start of the history; null when there is none.</summary>
    public Timestamp? From => _free[0].Length > 0 ? _free[0][0].OpenTime : null;

    /// <summary>Keeps the candles of a length that follow all longer ones.</summary>
    /// <param name="interval">A day, an hour, a minute or a second.</param>
    /// <param name="candles">Oldest first.</param>
    /// <param name="until">Where they end.</param>
    public void Keep(CandleInterval interval, Candle[] candles, Timestamp until)
    {
        _free[Array.IndexOf(Kept, interval)] = candles;
        Until = until;
    }

    /// <summary>Candles that open inside a span, oldest first.</summary>
    /// <param name="interval">A day, an hour, a minute or a second.</param>
    /// <param name="from">Start of the span in nanoseconds.</param>
    /// <param name="to">Its end, itself excluded.</param>
    public IEnumerable<Candle> Between(CandleInterval interval, long from, long to) => Between(Array.IndexOf(Kept, interval), from, to);

    private IEnumerable<Candle> Between(int level, long from, long to)
    {
        CandleInterval interval = Kept[level];
        if (level > 0)
        {
            long start = Kept[level - 1].Start(new Timestamp(from)).Nanos;
            foreach (Candle parent in Between(level - 1, start, to))
            {
                foreach (Candle part in division.Split(parent, interval))
                {
                    if (part.OpenTime.Nanos >= from && part.OpenTime.Nanos < to)
                    {
                        yield return part;
                    }
                }
            }
        }

        Candle[] free = _free[level];
        int first = free.Length == 0 ? 0 : (int)Math.Clamp((from - free[0].OpenTime.Nanos + interval.Nanos - 1) / interval.Nanos, 0, free.Length);
        for (int i = first; i < free.Length && free[i].OpenTime.Nanos < to; i++)
        {
            yield return free[i];
        }
    }
}
