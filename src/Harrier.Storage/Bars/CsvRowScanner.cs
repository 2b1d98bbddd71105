using System.Runtime.CompilerServices;

namespace Harrier.Storage.Bars;

/// <summary>
/// Reads rows of plain digits straight from a block of bytes, without strings and without decimals. Anything unusual (quotes, spaces, signs,
/// exponents, 16 and more significant digits in a price, missing cells) makes it give the row back to <see cref="BarRowParser"/>.
/// </summary>
/// <param name="columns">Which column holds what; the delimiter must be a comma.</param>
internal sealed class CsvRowScanner(BarColumns columns)
{
    private const long FirstDustyMantissa = 1_000_000_000_000_000;
    private readonly BarField[] _fields = columns.FastFields;
    private byte[] _ticker = [];

    /// <summary>Remembers the text of a ticker cell of the wanted symbol, so that equal cells need no reading.</summary>
    public void AcceptTicker(ReadOnlySpan<byte> text) => _ticker = text.ToArray();

    /// <summary>Reads one row.</summary>
    /// <param name="data">Bytes from the start of the row; a line feed must be among them.</param>
    /// <param name="row">Filled when the row was taken; otherwise in any state.</param>
    /// <returns>Number of bytes including the line feed, or -1 when the row needs the tolerant reader.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int TryRead(ReadOnlySpan<byte> data, ref BarRow row)
    {
        ReadOnlySpan<BarField> fields = _fields;
        int position = 0;
        for (int column = 0; column < fields.Length; column++)
        {
            if (!TryReadCell(data, fields[column], ref position, ref row))
            {
                return -1;
            }

            byte end = data[position];
            if (column < fields.Length - 1 ? end != ',' : end is not ((byte)',' or (byte)'\n' or (byte)'\r'))
            {
                return -1;
            }

            position++;
        }

        if (data[position - 1] == '\n')
        {
            return position;
        }

        int rest = data[position..].IndexOf((byte)'\n');
        return position + rest + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadCell(ReadOnlySpan<byte> data, BarField field, ref int position, ref BarRow row)
    {
        switch (field)
        {
            case BarField.Skip:
                return Skip(data, ref position);
            case BarField.Time:
                return TryReadTime(data, ref position, ref row);
            case BarField.Open:
                return TryReadPrice(data, ref position, out row.Open);
            case BarField.High:
                return TryReadPrice(data, ref position, out row.High);
            case BarField.Low:
                return TryReadPrice(data, ref position, out row.Low);
            case BarField.Close:
                return TryReadPrice(data, ref position, out row.Close);
            case BarField.Volume:
                return TryReadDigits(data, ref position, out row.Volume)
                    && (row.Volume.Mantissa < FirstDustyMantissa || row.Volume.Trimmed().Mantissa < FirstDustyMantissa);
            case BarField.QuoteVolume:
                return TryReadStatistic(data, ref position, out row.QuoteVolume);
            case BarField.TakerBuyVolume:
                return TryReadStatistic(data, ref position, out row.TakerBuyVolume);
            case BarField.TradeCount:
                bool whole = TryReadDigits(data, ref position, out DecimalDigits count) && count.Scale == 0 && count.Mantissa <= int.MaxValue;
                row.TradeCount = whole ? (int)count.Mantissa : -1;
                return whole;
            default:
                return data[position..].StartsWith(_ticker) && Advance(ref position, _ticker.Length) && _ticker.Length > 0;
        }
    }

    private static bool Advance(ref int position, int count)
    {
        position += count;
        return true;
    }

    private static bool Skip(ReadOnlySpan<byte> data, ref int position)
    {
        int i = position;
        while (data[i] is not ((byte)',' or (byte)'\n' or (byte)'"'))
        {
            i++;
        }

        position = i;
        return data[i] != '"';
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool TryReadTime(ReadOnlySpan<byte> data, ref int position, ref BarRow row)
    {
        int start = position;
        int i = start;
        long value = 0;
        uint digit;
        while ((digit = (uint)(data[i] - '0')) <= 9 && i - start < 19)
        {
            value = (value * 10) + digit;
            i++;
        }

        position = i;
        if (data[i] == ',')
        {
            return TimeText.TryFromNumber(value, out row.Time, out row.Unit);
        }

        int length = data[start..].IndexOfAny((byte)',', (byte)'\n');
        position = start + length;
        row.Unit = TimeUnits.Text;
        return i - start == 4 && TimeText.TryParse(data.Slice(start, length), out row.Time, out row.Unit);
    }

    private static bool TryReadPrice(ReadOnlySpan<byte> data, ref int position, out DecimalDigits digits) =>
        TryReadDigits(data, ref position, out digits) && digits.Mantissa < FirstDustyMantissa;

    private static bool TryReadStatistic(ReadOnlySpan<byte> data, ref int position, out double value)
    {
        bool valid = TryReadDigits(data, ref position, out DecimalDigits digits);
        value = digits.ToDouble();
        return valid;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadDigits(ReadOnlySpan<byte> data, ref int position, out DecimalDigits digits)
    {
        long mantissa = 0;
        int start = position;
        int i = start;
        uint digit;
        while ((digit = (uint)(data[i] - '0')) <= 9)
        {
            mantissa = (mantissa * 10) + digit;
            i++;
        }

        int count = i - start;
        int scale = 0;
        if (data[i] == '.')
        {
            int point = ++i;
            while ((digit = (uint)(data[i] - '0')) <= 9)
            {
                mantissa = (mantissa * 10) + digit;
                i++;
            }

            scale = i - point;
            count += scale;
        }

        position = i;
        bool valid = (uint)(count - 1) < DecimalDigits.MaxDigits;
        digits = valid ? new DecimalDigits(mantissa, scale) : default;
        return valid;
    }
}
