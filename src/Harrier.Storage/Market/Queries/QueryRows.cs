using System.Globalization;
using Harrier.Domain;
using Harrier.Storage.DuckDb;

namespace Harrier.Storage.Market.Queries;

/// <summary>The rows of a query, made while they are read.</summary>
public sealed class QueryRows : IDisposable
{
    private readonly DuckResult _result;

    internal QueryRows(DuckResult result)
    {
        _result = result;
        Columns = [.. Enumerable.Range(0, result.ColumnCount).Select(result.NameOf)];
    }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>
    /// The rows; each is read once, and the array is the same at each step. A cell is null, a <see cref="bool"/>, a <see cref="long"/>, an <see cref="Int128"/>,
    /// a <see cref="double"/>, or a <see cref="string"/>; times are ISO 8601.
    /// </summary>
    /// <exception cref="DuckDbException">The query failed on its way.</exception>
    public IEnumerable<object?[]> Read()
    {
        object?[] row = new object?[Columns.Count];
        while (_result.Read())
        {
            for (int i = 0; i < _result.RowCount; i++)
            {
                for (int column = 0; column < row.Length; column++)
                {
                    row[column] = _result.IsNull(column, i) ? null : Cell(column, i);
                }

                yield return row;
            }
        }
    }

    /// <summary>Gives everything back.</summary>
    public void Dispose() => _result.Dispose();

    /// <summary>True for the types that <see cref="Read"/> knows.</summary>
    internal static bool IsReadable(DuckType type) => type is DuckType.Boolean or DuckType.Varchar or DuckType.HugeInt or DuckType.Date
        or (>= DuckType.TinyInt and <= DuckType.Timestamp) or DuckType.TimestampTz;

    private object Cell(int column, int row) => _result.TypeOf(column) switch
    {
        DuckType.Boolean => _result.Column<bool>(column)[row],
        DuckType.TinyInt => (long)_result.Column<sbyte>(column)[row],
        DuckType.SmallInt => (long)_result.Column<short>(column)[row],
        DuckType.Integer => (long)_result.Column<int>(column)[row],
        DuckType.BigInt => _result.Column<long>(column)[row],
        DuckType.UTinyInt => (long)_result.Column<byte>(column)[row],
        DuckType.USmallInt => (long)_result.Column<ushort>(column)[row],
        DuckType.UInteger => (long)_result.Column<uint>(column)[row],
        DuckType.UBigInt => (Int128)_result.Column<ulong>(column)[row],
        DuckType.HugeInt => _result.Column<Int128>(column)[row],
        DuckType.Float => (double)_result.Column<float>(column)[row],
        DuckType.Double => _result.Column<double>(column)[row],
        DuckType.Date => DateTime.UnixEpoch.AddDays(_result.Column<int>(column)[row]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DuckType.Timestamp => TimeOf(_result.Column<long>(column)[row]).TrimEnd('Z'),
        DuckType.TimestampTz => TimeOf(_result.Column<long>(column)[row]),
        _ => _result.Text(column, row)!,
    };

    private static string TimeOf(long micros) => micros is > long.MaxValue / 1000 or < long.MinValue / 1000
        ? micros.ToString(CultureInfo.InvariantCulture)
        : new Timestamp(micros * 1000).ToString();
}
