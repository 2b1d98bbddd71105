using System.Globalization;
using System.Text;

namespace Harrier.Storage.Bars;

/// <summary>
/// The tolerant reader of single cells: optional spaces and quotes, signs, exponents, ISO times, floating-point dust, missing numbers.
/// The fast scanner gives the same rows for the shapes it takes.
/// </summary>
/// <param name="file">Name for messages.</param>
/// <param name="isText">True for lines of text, false for elements of a JSON array.</param>
/// <param name="exact">Keeps every number as written; null where that is not wanted.</param>
internal sealed class BarRowParser(string file, bool isText, ExactBars? exact = null)
{
    /// <summary>
    /// Numbers of a text file from this many digits on have passed through a double: no venue writes so many. JSON numbers are suspect as
    /// soon as a shorter decimal can lie within the tolerance at all.
    /// </summary>
    public const int TextDustDigits = 16;

    private const int JsonNumberDustDigits = 13;

    /// <summary>True for lines of text, false for elements of a JSON array.</summary>
    public bool IsText { get; } = isText;

    /// <summary>Where a row stands.</summary>
    public BarRowPlace Place(int number) => new(file, number, IsText);

    /// <summary>Reads one cell into a row.</summary>
    /// <param name="row">The row to fill; its number is used in messages.</param>
    /// <param name="field">What the cell holds.</param>
    /// <param name="text">The cell without quotes.</param>
    /// <param name="isJsonNumber">True for a number that JSON wrote as a number and not as a string.</param>
    /// <exception cref="BarDataException">The cell is neither what the column holds nor a missing number.</exception>
    public void Read(ref BarRow row, BarField field, ReadOnlySpan<byte> text, bool isJsonNumber)
    {
        int dustDigits = isJsonNumber ? JsonNumberDustDigits : TextDustDigits;
        switch (field)
        {
            case BarField.Time:
                ReadTime(ref row, text);
                break;
            case BarField.Open:
                row.Open = ReadNumber(ref row, field, text, dustDigits);
                break;
            case BarField.High:
                row.High = ReadNumber(ref row, field, text, dustDigits);
                break;
            case BarField.Low:
                row.Low = ReadNumber(ref row, field, text, dustDigits);
                break;
            case BarField.Close:
                row.Close = ReadNumber(ref row, field, text, dustDigits);
                break;
            case BarField.Volume:
                row.Volume = ReadNumber(ref row, field, text, dustDigits);
                break;
            case BarField.QuoteVolume:
                row.QuoteVolume = ReadStatistic(in row, field, text);
                break;
            case BarField.TakerBuyVolume:
                row.TakerBuyVolume = ReadStatistic(in row, field, text);
                break;
            case BarField.TradeCount:
                double count = ReadStatistic(in row, field, text);
                row.TradeCount = count is >= 0 and <= int.MaxValue ? (int)count : -1;
                break;
            default:
                break;
        }

        exact?.Take(field, text);
    }

    /// <summary>The symbol without separators that a cell holds.</summary>
    public string ReadTicker(in BarRow row, ReadOnlySpan<byte> text) =>
        BarFileName.TryNormalizeSymbol(Encoding.UTF8.GetString(text), out string symbol)
            ? symbol
            : throw BarDataException.Cell(Place(row.Number), "symbol", text, "a symbol such as BTCUSDT or BTC/USDT");

    private void ReadTime(ref BarRow row, ReadOnlySpan<byte> text)
    {
        if (!TimeText.TryParse(text, out row.Time, out row.Unit))
        {
            throw BarDataException.Cell(Place(row.Number), "time", text, TimeText.Allowed);
        }
    }

    private DecimalDigits ReadNumber(ref BarRow row, BarField field, ReadOnlySpan<byte> text, int dustDigits)
    {
        if (DecimalDigits.TryParse(text, out DecimalDigits digits))
        {
            return digits.WithoutDust(dustDigits);
        }

        row.HasNoNumber = IsMissing(text) ? true : throw NotANumber(row.Number, field, text);
        return default;
    }

    private double ReadStatistic(in BarRow row, BarField field, ReadOnlySpan<byte> text)
    {
        if (DecimalDigits.TryParse(text, out DecimalDigits digits))
        {
            return digits.ToDouble();
        }

        return IsMissing(text) ? double.NaN : throw NotANumber(row.Number, field, text);
    }

    private BarDataException NotANumber(int number, BarField field, ReadOnlySpan<byte> text) =>
        BarDataException.Cell(Place(number), field.ToString().ToLower(CultureInfo.InvariantCulture), text, "a decimal number with at most 18 digits");

    // What data frames and spreadsheets write where there is no number. Such a bar is refused, the file is not.
    private static bool IsMissing(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart("+-"u8);
        return text.IsEmpty || Ascii.EqualsIgnoreCase(text, "nan"u8) || Ascii.EqualsIgnoreCase(text, "null"u8) || Ascii.EqualsIgnoreCase(text, "none"u8)
            || Ascii.EqualsIgnoreCase(text, "na"u8) || Ascii.EqualsIgnoreCase(text, "n/a"u8) || Ascii.EqualsIgnoreCase(text, "inf"u8)
            || Ascii.EqualsIgnoreCase(text, "infinity"u8);
    }
}
