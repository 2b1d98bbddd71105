using System.Runtime.CompilerServices;

namespace Harrier.Storage.Bars;

/// <summary>Takes the rows of one file into the table of its symbol and keeps what the report says about the file.</summary>
/// <param name="table">Where the rows go.</param>
/// <param name="file">Name for messages.</param>
/// <param name="symbol">The symbol wanted; null takes the first that the rows name.</param>
/// <param name="exact">Keeps the numbers of the rows as written; null where that is not wanted.</param>
internal sealed class BarFileTarget(BarTable table, string file, string? symbol, ExactBars? exact = null)
{
    private readonly int _firstBar = table.Count;

    /// <summary>Where the rows go.</summary>
    public BarTable Table { get; } = table;

    /// <summary>Name for messages.</summary>
    public string File { get; } = file;

    /// <summary>Keeps the numbers of the rows as written; null where that is not wanted.</summary>
    public ExactBars? Exact { get; } = exact;

    /// <summary>The symbol that is read; null as long as nothing names it.</summary>
    public string? Symbol { get; private set; } = symbol;

    /// <summary>Rows of the symbol, refused ones included.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows of other symbols.</summary>
    public long OtherRows { get; private set; }

    /// <summary>A symbol among the other rows.</summary>
    public string? OtherSymbol { get; private set; }

    /// <summary>Time of the first row in nanoseconds since 1970.</summary>
    public long FirstTime { get; private set; }

    /// <summary>Time of the last row in nanoseconds since 1970.</summary>
    public long LastTime { get; private set; }

    /// <summary>How times were written.</summary>
    public TimeUnits Units { get; private set; }

    /// <summary>True when rows are lines of text, false when they are elements of a JSON array.</summary>
    public bool IsText { get; private set; } = true;

    /// <summary>Index of the file's first bar in the table.</summary>
    public int FirstBar => _firstBar;

    /// <summary>True when rows of a symbol are to be read.</summary>
    public bool IsWanted(string ticker) => Symbol is null || ticker == Symbol;

    /// <summary>Takes a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="origin">Who read it.</param>
    /// <param name="ticker">The symbol the row names; null when it names none, or one known to be wanted.</param>
    /// <exception cref="BarDataException">A price needs more digits than can be held.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in BarRow row, BarRowParser origin, string? ticker = null)
    {
        if (ticker is not null && !IsWanted(ticker))
        {
            OtherRows++;
            OtherSymbol = ticker;
            Exact?.End(row.Time, isBar: false);
            return;
        }

        Symbol ??= ticker;
        IsText = origin.IsText;
        FirstTime = Rows++ == 0 ? row.Time : FirstTime;
        LastTime = row.Time;
        Units |= row.Unit;
        int before = Table.Count;
        try
        {
            Table.Add(in row, origin);
        }
        catch (OverflowException)
        {
            throw new BarDataException("data", $"{origin.Place(row.Number)}", "prices that fit 18 digits together with the decimals of all rows");
        }

        Exact?.End(row.Time, Table.Count > before);
    }
}
