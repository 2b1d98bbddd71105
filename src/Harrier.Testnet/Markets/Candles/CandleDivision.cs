using Harrier.Domain;
using Harrier.Simulation.Randomness;

namespace Harrier.Testnet.Markets;

/// <summary>
/// Divides a candle of made-up history into shorter ones that add up to it exactly: the same open, high, low and close, the same volumes and trades. The path inside
/// is a random bridge from open to close, a function of the seed and the candle alone, so that the same candle is divided in the same way whenever it is asked for.
/// </summary>
/// <param name="seed">Seed of the symbol.</param>
/// <param name="tick">Price step; all prices of the candles lie on it.</param>
/// <param name="lot">Size step.</param>
internal sealed class CandleDivision(long seed, decimal tick, decimal lot)
{
    private const int QuoteDecimals = 8;
    private const int Purpose = 0x4469_7669;
    private const double Liveliness = 0.8;
    private const double WickShare = 0.15;

    /// <summary>The shorter candles, oldest first; those without trades are flat.</summary>
    /// <param name="parent">The candle.</param>
    /// <param name="interval">Length of the shorter ones; divides the candle's.</param>
    public Candle[] Split(in Candle parent, CandleInterval interval)
    {
        int count = (int)((parent.CloseTime.Nanos - parent.OpenTime.Nanos + interval.Nanos - 1) / interval.Nanos);
        Candle[] parts = new Candle[count];
        long lots = (long)(parent.Volume / lot);
        int active = (int)Math.Min(count, Math.Min(parent.TradeCount, lots));
        decimal last = parent.Open;
        if (active == 0)
        {
            Lay(parts, parent, interval, [], ref last);
            return parts;
        }

        RandomStream random = new(unchecked(seed + (parent.OpenTime.Nanos / Timestamp.NanosPerSecond)), Purpose + interval.Index);
        Candle[] traded = Prices(parent, active, random);
        ShareVolumes(parent, traded, lots, random);
        ShareQuote(parent, traded);
        Lay(parts, parent, interval, traded, ref last);
        return parts;
    }

    // Puts the traded candles in their places, evenly spread, with flat ones between.
    private static void Lay(Candle[] parts, in Candle parent, CandleInterval interval, Candle[] traded, ref decimal last)
    {
        long next = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            Timestamp open = new(parent.OpenTime.Nanos + (i * interval.Nanos));
            bool isTraded = ((i + 1L) * traded.Length / parts.Length) > next;
            Candle part = isTraded
                ? traded[next++]
                : new Candle { OpenTime = open, CloseTime = open, Open = last, High = last, Low = last, Close = last, FirstTradeId = -1, LastTradeId = -1 };
            parts[i] = part with { OpenTime = open, CloseTime = new Timestamp(open.Nanos + interval.Nanos - 1_000_000) };
            last = part.Close;
        }
    }

    private Candle[] Prices(in Candle parent, int count, RandomStream random)
    {
        (long open, long high, long low, long close) = ((long)(parent.Open / tick), (long)(parent.High / tick), (long)(parent.Low / tick), (long)(parent.Close / tick));
        long[] path = Bridge((open, high, low, close), count, random);
        (int highest, int lowest) = (0, 0);
        for (int i = 0; i < count; i++)
        {
            highest = Math.Max(path[i], path[i + 1]) > Math.Max(path[highest], path[highest + 1]) ? i : highest;
            lowest = Math.Min(path[i], path[i + 1]) < Math.Min(path[lowest], path[lowest + 1]) ? i : lowest;
        }

        double wick = WickShare * (high - low) / Math.Sqrt(count);
        Candle[] traded = new Candle[count];
        for (int i = 0; i < count; i++)
        {
            long top = Math.Min(high, Math.Max(path[i], path[i + 1]) + (long)(wick * random.NextExponential()));
            long bottom = Math.Max(low, Math.Min(path[i], path[i + 1]) - (long)(wick * random.NextExponential()));
            traded[i] = new Candle
            {
                OpenTime = parent.OpenTime,
                CloseTime = parent.OpenTime,
                Open = path[i] * tick,
                High = (i == highest ? high : top) * tick,
                Low = (i == lowest ? low : bottom) * tick,
                Close = path[i + 1] * tick,
                FirstTradeId = -1,
                LastTradeId = -1,
            };
        }

        return traded;
    }

    private static long[] Bridge((long Open, long High, long Low, long Close) ticks, int count, RandomStream random)
    {
        double[] walk = new double[count + 1];
        for (int i = 1; i <= count; i++)
        {
            walk[i] = walk[i - 1] + random.NextNormal();
        }

        double scale = Liveliness * (ticks.High - ticks.Low) / Math.Sqrt(count);
        long[] path = new long[count + 1];
        for (int i = 0; i <= count; i++)
        {
            double share = (double)i / count;
            double level = ticks.Open + ((ticks.Close - ticks.Open) * share) + (scale * (walk[i] - (share * walk[count])));
            path[i] = Math.Clamp((long)Math.Round(level), ticks.Low, ticks.High);
        }

        (path[0], path[count]) = (ticks.Open, ticks.Close);
        return path;
    }

    // Each gets a lot and a trade, and of the rest a random share.
    private void ShareVolumes(in Candle parent, Candle[] traded, long lots, RandomStream random)
    {
        double[] sums = new double[traded.Length];
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] = (i > 0 ? sums[i - 1] : 0) + 0.2 + random.NextExponential();
        }

        long buys = (long)(parent.TakerBuyVolume / lot);
        (long lotsDone, long buysDone, long tradesDone) = (0, 0, 0);
        for (int i = 0; i < traded.Length; i++)
        {
            bool isLast = i == traded.Length - 1;
            double share = sums[i] / sums[^1];
            long lotsThen = isLast ? lots : i + 1 + (long)((lots - traded.Length) * share);
            long tradesThen = isLast ? parent.TradeCount : i + 1 + (long)((parent.TradeCount - traded.Length) * share);
            long buysThen = (long)((Int128)buys * lotsThen / lots);
            traded[i] = traded[i] with
            {
                Volume = ((lotsThen - lotsDone) * lot) + (isLast ? parent.Volume - (lots * lot) : 0),
                TakerBuyVolume = ((buysThen - buysDone) * lot) + (isLast ? parent.TakerBuyVolume - (buys * lot) : 0),
                TradeCount = (int)(tradesThen - tradesDone),
            };
            (lotsDone, buysDone, tradesDone) = (lotsThen, buysThen, tradesThen);
        }
    }

    // In proportion to size times price, so that each candle's average price lies near its own prices.
    private static void ShareQuote(in Candle parent, Candle[] traded)
    {
        decimal[] prices = Array.ConvertAll(traded, static one => (one.High + one.Low + one.Close) / 3);
        decimal value = 0;
        decimal buyValue = 0;
        for (int i = 0; i < traded.Length; i++)
        {
            value += traded[i].Volume * prices[i];
            buyValue += traded[i].TakerBuyVolume * prices[i];
        }

        (decimal sum, decimal buySum, decimal done, decimal buyDone) = (0, 0, 0, 0);
        for (int i = 0; i < traded.Length; i++)
        {
            bool isLast = i == traded.Length - 1;
            sum += traded[i].Volume * prices[i];
            buySum += traded[i].TakerBuyVolume * prices[i];
            decimal then = isLast || value == 0 ? parent.QuoteVolume : Math.Round(parent.QuoteVolume * (sum / value), QuoteDecimals);
            decimal buyThen = isLast || buyValue == 0 ? parent.TakerBuyQuoteVolume : Math.Round(parent.TakerBuyQuoteVolume * (buySum / buyValue), QuoteDecimals);
            traded[i] = traded[i] with { QuoteVolume = then - done, TakerBuyQuoteVolume = buyThen - buyDone };
            (done, buyDone) = (then, buyThen);
        }
    }
}
