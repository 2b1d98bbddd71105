using Harrier.Domain;

namespace Harrier.Testnet.Markets;

/// <summary>
/// Turns recorded bars into trades whose candles are the bars again: the first trade is the open, one is the high, one the low, the last the
/// close, and the quantities add up to the volume, rounded to lots.
/// </summary>
public static class BarTrades
{
    private const int Parts = 12;

    /// <summary>The trades of a series, oldest first.</summary>
    public static IEnumerable<ReplayEvent> From(BarSeries series)
    {
        for (int i = 0; i < series.Count; i++)
        {
            foreach (ReplayEvent trade in OfBar(series[i], series.Instrument))
            {
                yield return trade;
            }
        }
    }

    private static IEnumerable<ReplayEvent> OfBar(Bar bar, Instrument instrument)
    {
        long[] path = Path(bar);
        long lots = Math.Max(0, instrument.FloorToLots((decimal)Math.Min(bar.Volume, 1e18)).Value);
        double buyShare = double.IsNaN(bar.TakerBuyVolume) || bar.Volume <= 0 ? 0.5 : bar.TakerBuyVolume / bar.Volume;
        double bought = 0;
        long done = 0;
        for (int i = 0; i < Parts; i++)
        {
            // The turning points come even when the volume is smaller than the number of parts.
            long until = lots * (i + 1) / Parts;
            long part = until - done;
            if (part == 0)
            {
                part = i % 3 == 0 || i == Parts - 1 ? 1 : 0;
            }

            done = until;
            bought += buyShare;
            bool isSell = bought < 1;
            bought -= isSell ? 0 : 1;
            if (part > 0 && lots > 0)
            {
                Timestamp time = new(bar.OpenTime.Nanos + (bar.Spec.IntervalNanos * i / Parts));
                yield return new ReplayTrade(time, instrument.Symbol, instrument.ToDecimal(new PriceTicks(path[i])), instrument.ToDecimal(new SizeLots(part)), isSell);
            }
        }
    }

    // Open, first extreme, second extreme, close at 0, 3, 6 (or 9) and 11; a rising bar falls first.
    private static long[] Path(in Bar bar)
    {
        bool rises = bar.Close >= bar.Open;
        (int At, long Price)[] corners =
        [
            (0, bar.Open.Value), (3, rises ? bar.Low.Value : bar.High.Value), (9, rises ? bar.High.Value : bar.Low.Value), (Parts - 1, bar.Close.Value),
        ];
        long[] path = new long[Parts];
        for (int c = 0; c + 1 < corners.Length; c++)
        {
            (int from, long start) = corners[c];
            (int to, long end) = corners[c + 1];
            for (int i = from; i <= to; i++)
            {
                path[i] = start + ((end - start) * (i - from) / (to - from));
            }
        }

        return path;
    }
}
