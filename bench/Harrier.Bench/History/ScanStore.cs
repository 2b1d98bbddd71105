using Harrier.Domain;
using Harrier.Storage.Market;

namespace Harrier.Bench.History;

/// <summary>A store to scan: ten random walks of five years of one-minute bars, made from seeds.</summary>
internal static class ScanStore
{
    private const int FiveYears = 2_629_440;
    private const long Start = 1_577_836_800;

    private static readonly string[] Symbols =
        ["ADAUSDT", "AVAXUSDT", "BNBUSDT", "BTCUSDT", "DOTUSDT", "ETHUSDT", "LINKUSDT", "SOLUSDT", "UNIUSDT", "XRPUSDT"];

    /// <summary>Adds what is not there yet.</summary>
    public static void Fill(string folder)
    {
        using MarketStore store = MarketStore.Open(folder, new StoreOptions { WriteCsv = false });
        BarSpec minute = new(60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue);
        for (int i = 0; i < Symbols.Length; i++)
        {
            SeriesKey key = SeriesKey.Bars(new VenueId("sim-scan"), Symbols[i], minute);
            if (store.Bars.Describe(key).Rows == 0)
            {
                store.Bars.Write(key, Walk(i), new StoreWrite { Source = "a seeded random walk", TickSize = 0.01m });
            }
        }
    }

    private static BarColumnSet Walk(int seed)
    {
        Random random = new(seed);
        long[] times = new long[FiveYears];
        long[] counts = new long[FiveYears];
        double[][] values = [.. Enumerable.Range(0, 7).Select(_ => new double[FiveYears])];
        long close = 3_000_000;
        for (int i = 0; i < FiveYears; i++)
        {
            long open = close;
            close = Math.Max(100_000, open + random.Next(-1500, 1501));
            double volume = random.Next(1, 5_000_000) / 100_000.0;
            times[i] = (Start + (60L * i)) * Timestamp.NanosPerSecond;
            values[0][i] = open / 100.0;
            values[1][i] = (Math.Max(open, close) + random.Next(800)) / 100.0;
            values[2][i] = (Math.Min(open, close) - random.Next(800)) / 100.0;
            values[3][i] = close / 100.0;
            values[4][i] = volume;
            values[5][i] = Math.Round(volume * close / 100, 5);
            values[6][i] = random.Next(1, 1 + (int)(volume * 100_000)) / 100_000.0;
            counts[i] = random.Next(1, 2000);
        }

        return new BarColumnSet
        {
            OpenTimeNanos = times,
            Open = values[0],
            High = values[1],
            Low = values[2],
            Close = values[3],
            Volume = values[4],
            QuoteVolume = values[5],
            TakerBuyVolume = values[6],
            TradeCount = counts,
        };
    }
}
