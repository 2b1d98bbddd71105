using System.Globalization;
using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>
/// The bars of a file with every number as written. It listens to the parsers, which stay the only ones to know layouts, and keeps the rows that the table
/// takes for bars.
/// </summary>
internal sealed class ExactBars
{
    private readonly List<HistoricalBar> _bars = [];
    private readonly decimal?[] _cells = new decimal?[(int)BarField.Ticker];

    /// <summary>The bars in the order in which they were read.</summary>
    public IReadOnlyList<HistoricalBar> Bars => _bars;

    /// <summary>Takes a cell of the row at hand; one that is no number stays unknown.</summary>
    public void Take(BarField field, ReadOnlySpan<byte> text)
    {
        if (field is > BarField.Time and < BarField.Ticker)
        {
            _cells[(int)field] = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value) ? value : null;
        }
    }

    /// <summary>Ends the row at hand.</summary>
    /// <param name="time">Its open time in nanoseconds since 1970.</param>
    /// <param name="isBar">False when it is none and is left out.</param>
    public void End(long time, bool isBar)
    {
        if (isBar)
        {
            _bars.Add(new HistoricalBar
            {
                OpenTime = new Timestamp(time),
                Open = Number(BarField.Open),
                High = Number(BarField.High),
                Low = Number(BarField.Low),
                Close = Number(BarField.Close),
                Volume = Number(BarField.Volume),
                QuoteVolume = _cells[(int)BarField.QuoteVolume],
                TradeCount = _cells[(int)BarField.TradeCount] is { } count and >= 0 and <= long.MaxValue ? (long)count : null,
                TakerBuyVolume = _cells[(int)BarField.TakerBuyVolume],
                TakerBuyQuoteVolume = _cells[(int)BarField.TakerBuyQuoteVolume],
            });
        }

        Array.Clear(_cells);
    }

    // The table has taken the row, so its numbers are there.
    private decimal Number(BarField field) => _cells[(int)field] ?? throw new BarDataException("data", field.ToString(), "a number that fits 28 digits");
}
