using System.Globalization;
using System.Text;
using Harrier.Domain;
using Harrier.Storage.DuckDb;

namespace Harrier.Storage.Market.Formats;

/// <summary>Writes rows into the columns of a table, and into the last of them the numbers that their doubles do not give back.</summary>
/// <param name="appender">The table.</param>
/// <param name="columns">Its columns.</param>
internal sealed class RowEncoder(DuckAppender appender, IReadOnlyList<StoreColumn> columns)
{
    private readonly StringBuilder _exact = new();
    private int _row;

    /// <summary>Writes rows.</summary>
    public void Write<TRow>(RowFormat<TRow> format, ReadOnlySpan<TRow> rows)
        where TRow : struct
    {
        for (int start = 0; start < rows.Length; start += DuckAppender.Capacity)
        {
            ReadOnlySpan<TRow> part = rows[start..Math.Min(rows.Length, start + DuckAppender.Capacity)];
            appender.Begin(part.Length);
            for (_row = 0; _row < part.Length; _row++)
            {
                format.Encode(this, in part[_row]);
                EndRow();
            }

            appender.End();
        }
    }

    /// <summary>Writes a time; what is finer than a microsecond goes into the exact text.</summary>
    public void Time(int column, Timestamp time)
    {
        long micros = Math.DivRem(time.Nanos, 1000, out long rest);
        appender.Column<long>(column)[_row] = rest < 0 ? micros - 1 : micros;
        if (rest != 0)
        {
            AddExact(column, time.Nanos.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Writes a number.</summary>
    public void Number(int column, decimal value)
    {
        bool lossless = ExactNumber.TryToDouble(value, out appender.Column<double>(column)[_row]);
        if (!lossless)
        {
            AddExact(column, ExactDecimal.Trim(value).ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Writes a number, or nothing.</summary>
    public void Number(int column, decimal? value)
    {
        if (value is { } number)
        {
            Number(column, number);
        }
        else
        {
            appender.SetNull(column, _row);
        }
    }

    /// <summary>Writes a whole number, or nothing.</summary>
    public void Integer(int column, long? value)
    {
        if (value is { } number)
        {
            appender.Column<long>(column)[_row] = number;
        }
        else
        {
            appender.SetNull(column, _row);
        }
    }

    /// <summary>Writes a small whole number.</summary>
    public void Small(int column, int value) => appender.Column<int>(column)[_row] = value;

    /// <summary>Writes a word.</summary>
    public void Word(int column, ReadOnlySpan<byte> word) => appender.SetText(column, _row, word);

    private void AddExact(int column, string text) =>
        _exact.Append(_exact.Length > 0 ? ";" : "").Append(columns[column].Name).Append('=').Append(text);

    private void EndRow()
    {
        int last = columns.Count - 1;
        if (_exact.Length == 0)
        {
            appender.SetNull(last, _row);
            return;
        }

        appender.SetText(last, _row, Encoding.UTF8.GetBytes(_exact.ToString()));
        _exact.Clear();
    }
}
