using System.Globalization;
using System.Text;
using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>The unit in which a file writes times.</summary>
public enum BarTimeUnit : byte
{
    /// <summary>Seconds since 1970.</summary>
    Seconds,

    /// <summary>Milliseconds since 1970, as Binance dumps up to 2024.</summary>
    Milliseconds,

    /// <summary>Microseconds since 1970, as Binance spot dumps since 2025.</summary>
    Microseconds,

    /// <summary>Nanoseconds since 1970.</summary>
    Nanoseconds,
}

/// <summary>Writes bars in the 12 columns of Binance's public kline dumps; <see cref="BarFileReader"/> reads them back equal.</summary>
public static class BarCsvWriter
{
    private const string Header = "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore";

    /// <summary>Writes a series, oldest bar first.</summary>
    /// <param name="output">Gets the text as UTF-8; stays open.</param>
    /// <param name="series">The bars; values that are not known (NaN, -1) become empty cells.</param>
    /// <param name="unit">How to write times; milliseconds in older dumps.</param>
    /// <param name="header">Whether to name the columns in the first line.</param>
    public static void Write(Stream output, BarSeries series, BarTimeUnit unit = BarTimeUnit.Milliseconds, bool header = true)
    {
        using StreamWriter writer = new(output, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        if (header)
        {
            writer.WriteLine(Header);
        }

        long nanosPerUnit = unit switch { BarTimeUnit.Seconds => 1_000_000_000, BarTimeUnit.Milliseconds => 1_000_000, BarTimeUnit.Microseconds => 1000, _ => 1 };
        foreach (ref readonly Bar bar in series.Bars)
        {
            WriteBar(writer, series.Instrument, in bar, nanosPerUnit);
        }
    }

    private static void WriteBar(StreamWriter writer, Instrument instrument, in Bar bar, long nanosPerUnit)
    {
        Write(writer, bar.OpenTime.Nanos / nanosPerUnit);
        Write(writer, instrument.ToDecimal(bar.Open));
        Write(writer, instrument.ToDecimal(bar.High));
        Write(writer, instrument.ToDecimal(bar.Low));
        Write(writer, instrument.ToDecimal(bar.Close));
        Write(writer, Plain(bar.Volume));
        Write(writer, (bar.CloseTime.Nanos / nanosPerUnit) - 1);
        Write(writer, Plain(bar.QuoteVolume));
        Write(writer, bar.TradeCount < 0 ? null : bar.TradeCount);
        Write(writer, Plain(bar.TakerBuyVolume));
        writer.Write(",0\n");
    }

    private static void Write(StreamWriter writer, decimal? cell)
    {
        writer.Write(cell?.ToString(CultureInfo.InvariantCulture));
        writer.Write(',');
    }

    // The shortest digits that read back as the same double, without an exponent, which not every reader of such files takes.
    private static decimal? Plain(double value) =>
        double.IsFinite(value) ? decimal.Parse(value.ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture) : null;
}
