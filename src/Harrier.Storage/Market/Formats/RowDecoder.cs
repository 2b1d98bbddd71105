using System.Globalization;
using Harrier.Domain;
using Harrier.Storage.DuckDb;

namespace Harrier.Storage.Market.Formats;

/// <summary>Reads rows out of the columns of a result; numbers that stand in the exact text are taken from there.</summary>
/// <param name="result">The result.</param>
/// <param name="columns">Its columns.</param>
internal sealed class RowDecoder(DuckResult result, IReadOnlyList<StoreColumn> columns)
{
    private readonly int[] _decimals = new int[columns.Count];
    private string[] _exact = [];
    private int _row;

    /// <summary>Reads the rows of the chunk at hand.</summary>
    /// <exception cref="FormatException">A number cannot be one, or the exact text is malformed.</exception>
    public void Read<TRow>(RowFormat<TRow> format, List<TRow> rows)
        where TRow : struct
    {
        for (_row = 0; _row < result.RowCount; _row++)
        {
            string? exact = result.Text(columns.Count - 1, _row);
            _exact = exact is null ? [] : exact.Split(';');
            rows.Add(format.Decode(this));
        }
    }

    /// <summary>A time.</summary>
    public Timestamp Time(int column) =>
        new(FindExact(column) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : checked(result.Column<long>(column)[_row] * 1000));

    /// <summary>A number.</summary>
    public decimal Number(int column)
    {
        if (FindExact(column) is { } text)
        {
            return decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);
        }

        double value = result.Column<double>(column)[_row];
        return ExactNumber.TryToDecimal(value, ref _decimals[column], out decimal exact) && !result.IsNull(column, _row)
            ? exact
            : throw new FormatException(FormattableString.Invariant($"{columns[column].Name} is {(result.IsNull(column, _row) ? "missing" : value)}"));
    }

    /// <summary>A number, or nothing.</summary>
    public decimal? OptionalNumber(int column) => result.IsNull(column, _row) ? null : Number(column);

    /// <summary>A whole number, or nothing.</summary>
    public long? Integer(int column) => result.IsNull(column, _row) ? null : result.Column<long>(column)[_row];

    /// <summary>A small whole number.</summary>
    public int Small(int column) => result.Column<int>(column)[_row];

    /// <summary>True when a cell holds a word.</summary>
    public bool Is(int column, ReadOnlySpan<byte> word) => !result.IsNull(column, _row) && result.Bytes(column, _row).SequenceEqual(word);

    private string? FindExact(int column)
    {
        foreach (string part in _exact)
        {
            string name = columns[column].Name;
            if (part.Length > name.Length && part[name.Length] == '=' && part.StartsWith(name, StringComparison.Ordinal))
            {
                return part[(name.Length + 1)..];
            }
        }

        return null;
    }
}
