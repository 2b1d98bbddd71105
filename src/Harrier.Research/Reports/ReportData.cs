using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Research.Backtests;
using Harrier.Research.Metrics;

namespace Harrier.Research.Reports;

/// <summary>The data of the report: the document of <c>result.json</c> and, beside it, what only charts and tables need, thinned to what a screen can show.</summary>
internal static class ReportData
{
    private const int CurvePoints = 3000;
    private const int PriceBuckets = 3000;
    private const int AllPriceBuckets = 6000;
    private const int ChartedSeries = 6;
    private const int ChartedTrades = 2000;
    private const int ListedTrades = 500;

    /// <summary>
    /// JSON that may stand inside a script element: the default encoder writes every angle bracket and ampersand as an escape.
    /// </summary>
    public static string ToJson(BacktestResult result)
    {
        PerformanceMetrics metrics = PerformanceMetrics.Of(result);
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WritePropertyName("result");
            ResultJson.Write(json, result, metrics);
            json.WriteBoolean("simulated", result.Manifest.Venue.IsSimulated);
            json.WriteRatio("mean_gross_exposure", result.Equity.MeanGrossExposure);
            json.WriteNumber("daily_returns", result.Equity.ToDailyEquity().Closes.Length);
            WriteWinRateInterval(json, result.Trades);
            WriteCurve(json, result);
            WritePrices(json, result.Series);
            WriteTrades(json, result);
            WriteHistogram(json, result.Trades);
            WriteBreakdown(json, result.Trades);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void WriteWinRateInterval(Utf8JsonWriter json, IReadOnlyList<RoundTrip> trades)
    {
        json.WriteStartArray("win_rate_interval");
        if (TradeStatistics.WinRateInterval(trades.Count(trade => trade.Pnl > 0), trades.Count) is { } interval)
        {
            json.WriteRatio(interval.Low);
            json.WriteRatio(interval.High);
        }

        json.WriteEndArray();
    }

    private static void WriteCurve(Utf8JsonWriter json, BacktestResult result)
    {
        EquityRecorder recorder = result.Equity;
        int[] kept = Thinning.KeepExtremes(recorder.Points, CurvePoints);
        double[] hold = HoldValues(result, kept);
        double initial = (double)result.InitialEquity;
        json.WriteStartObject("curve");
        json.WriteNumber("stored", recorder.Points.Length);
        WriteNumbers(json, "time", [Seconds(recorder.Settings.Start), .. kept.Select(i => Seconds(recorder.Points[i].Time))]);
        WriteNumbers(json, "equity", [initial, .. kept.Select(i => (double)recorder.Points[i].Equity)]);
        WriteNumbers(json, "drawdown", [0, .. kept.Select(i => recorder.PointDrawdowns[i])]);
        WriteNumbers(json, "hold", hold.Length > 0 ? [initial, .. hold] : []);
        json.WriteEndObject();
    }

    // What the initial equity would be worth in the first symbol, bought at the first open without costs.
    private static double[] HoldValues(BacktestResult result, int[] kept)
    {
        if (result.Series.Count == 0 || result.Series[0].Extent.Count == 0)
        {
            return [];
        }

        BarHistory series = result.Series[0];
        double first = series.Instrument.ToDouble(series.Extent.First.Open);
        PriceTicks last = series.Extent.First.Open;
        using BarCursor cursor = new(series);
        double[] values = new double[kept.Length];
        for (int i = 0; i < kept.Length; i++)
        {
            Timestamp time = result.Equity.Points[kept[i]].Time;
            for (; !cursor.IsAtEnd && cursor.Current.CloseTime <= time; cursor.Advance(1))
            {
                last = cursor.Current.Close;
            }

            values[i] = (double)result.InitialEquity * series.Instrument.ToDouble(last) / first;
        }

        return values;
    }

    private static void WritePrices(Utf8JsonWriter json, IReadOnlyList<BarHistory> series)
    {
        int charted = Math.Min(series.Count, ChartedSeries);
        json.WriteNumber("series_total", series.Count);
        json.WriteStartArray("prices");
        foreach (BarHistory one in series.Take(charted))
        {
            List<PriceBucket> buckets = Thinning.Buckets(one, Math.Min(PriceBuckets, AllPriceBuckets / charted));
            json.WriteStartObject();
            json.WriteString("symbol", one.Instrument.Symbol);
            json.WriteNumber("bars", one.Extent.Count);
            WriteNumbers(json, "start", buckets.Select(bucket => Seconds(bucket.Start)));
            WriteNumbers(json, "end", buckets.Select(bucket => Seconds(bucket.End)));
            WriteNumbers(json, "open", buckets.Select(bucket => one.Instrument.ToDouble(bucket.Open)));
            WriteNumbers(json, "high", buckets.Select(bucket => one.Instrument.ToDouble(bucket.High)));
            WriteNumbers(json, "low", buckets.Select(bucket => one.Instrument.ToDouble(bucket.Low)));
            WriteNumbers(json, "close", buckets.Select(bucket => one.Instrument.ToDouble(bucket.Close)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTrades(Utf8JsonWriter json, BacktestResult result)
    {
        SymbolTable symbols = new(result);
        json.WriteStartArray("markers");
        foreach (RoundTrip trade in Thinning.Select(result.Trades, ChartedTrades))
        {
            json.WriteStartArray();
            json.WriteNumberValue(trade.Id);
            json.WriteStringValue(symbols[trade.Instrument]);
            json.WriteNumberValue(trade.IsLong ? 1 : 0);
            json.WriteNumberValue(Seconds(trade.EntryTime));
            json.WriteNumberValue(Seconds(trade.ExitTime));
            json.WriteRatio(Rounded((double)trade.EntryPrice));
            json.WriteRatio(Rounded((double)trade.ExitPrice));
            json.WriteRatio(Rounded((double)trade.Pnl));
            json.WriteStringValue(InvariantText.Of(trade.ExitReason));
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray("trades");
        foreach (RoundTrip trade in Thinning.Select(result.Trades, ListedTrades))
        {
            json.WriteStartArray();
            json.WriteNumberValue(trade.Id);
            json.WriteStringValue(symbols[trade.Instrument]);
            json.WriteStringValue(InvariantText.SideOf(trade));
            json.WriteStringValue(trade.EntryTime.ToString());
            json.WriteStringValue(trade.ExitTime.ToString());
            json.WriteStringValue(InvariantText.Exact(trade.EntryPrice));
            json.WriteStringValue(InvariantText.Exact(trade.ExitPrice));
            json.WriteStringValue(InvariantText.Exact(trade.Quantity));
            json.WriteStringValue(InvariantText.Exact(trade.Fees));
            json.WriteStringValue(InvariantText.Exact(trade.Funding));
            json.WriteStringValue(InvariantText.Exact(trade.Pnl));
            json.WriteStringValue(InvariantText.Of(trade.ExitReason));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteHistogram(Utf8JsonWriter json, IReadOnlyList<RoundTrip> trades)
    {
        PnlHistogram histogram = PnlHistogram.Of([.. trades.Select(trade => (double)trade.Pnl)]);
        json.WriteStartObject("histogram");
        json.WriteRatio("first", histogram.First);
        json.WriteRatio("width", histogram.Width);
        json.WriteBoolean("open_below", histogram.IsOpenBelow);
        json.WriteBoolean("open_above", histogram.IsOpenAbove);
        WriteNumbers(json, "counts", histogram.Counts.Select(count => (double)count));
        json.WriteEndObject();
    }

    private static void WriteBreakdown(Utf8JsonWriter json, IReadOnlyList<RoundTrip> trades)
    {
        json.WriteStartArray("breakdown");
        foreach (IGrouping<(string Side, string Reason), RoundTrip> group in trades
            .GroupBy(trade => (Side: InvariantText.SideOf(trade), Reason: InvariantText.Of(trade.ExitReason)))
            .OrderBy(group => group.Key.Side, StringComparer.Ordinal)
            .ThenByDescending(group => group.Count())
            .ThenBy(group => group.Key.Reason, StringComparer.Ordinal))
        {
            json.WriteStartArray();
            json.WriteStringValue(group.Key.Side);
            json.WriteStringValue(group.Key.Reason);
            json.WriteNumberValue(group.Count());
            json.WriteNumberValue(group.Count(trade => trade.Pnl > 0));
            json.WriteStringValue(InvariantText.Exact(group.Sum(trade => trade.Pnl)));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            json.WriteRatio(Rounded(value));
        }

        json.WriteEndArray();
    }

    private static double Seconds(Timestamp time) => time.UnixMilliseconds / 1000d;

    // Eight significant digits are more than a chart shows; times are larger and stay whole.
    private static double Rounded(double value)
    {
        if (value == 0 || !double.IsFinite(value) || Math.Abs(value) >= 1e9)
        {
            return value;
        }

        int digits = 8 - (int)Math.Ceiling(Math.Log10(Math.Abs(value)));
        return Math.Round(value, Math.Clamp(digits, 0, 15));
    }
}
