using System.Globalization;
using System.Text;
using Harrier.Domain;

namespace Harrier.Storage.Ticks;

/// <summary>Ticks as lines of a CSV file.</summary>
public static class TickCsv
{
    /// <summary>The first line.</summary>
    public const string Header = "time,symbol,price,volume,high,low,open,price_change,price_change_pct,trades,receive_time";

    /// <summary>Appends a line with its end. Times in ISO 8601 with Z, numbers without zeros at their ends, no trades where they are not counted.</summary>
    public static void Append(StringBuilder text, StreamTick tick)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(tick);
        text.Append(tick.Time).Append(',').Append(tick.Symbol);
        foreach (decimal value in (ReadOnlySpan<decimal>)[tick.Price, tick.Volume, tick.High, tick.Low, tick.Open, tick.PriceChange, tick.PriceChangePercent])
        {
            text.Append(',').Append(value.ToString("0.############################", CultureInfo.InvariantCulture));
        }

        text.Append(',').Append(tick.Trades?.ToString(CultureInfo.InvariantCulture)).Append(',').Append(tick.ReceivedTime).Append('\n');
    }
}
