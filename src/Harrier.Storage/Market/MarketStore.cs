using Harrier.Domain;
using Harrier.Storage.Market.Checks;
using Harrier.Storage.Market.Files;
using Harrier.Storage.Market.Formats;

namespace Harrier.Storage.Market;

/// <summary>
/// Market data on disk: a folder of Parquet files that other programs can read as it is. May be used by several threads at once, and the folder by several
/// processes; a series has one writer at a time.
/// </summary>
public sealed class MarketStore : IDisposable
{
    private readonly StoreContext _context;

    private MarketStore(StoreContext context)
    {
        _context = context;
        Bars = new BarStore(context);
        Trades = new TradeStore(context);
        Funding = new FundingStore(context);
        Books = new BookStore(context);
    }

    /// <summary>The folder.</summary>
    public string Root => _context.Layout.Root;

    /// <summary>Closed bars.</summary>
    public BarStore Bars { get; }

    /// <summary>Public trades.</summary>
    public TradeStore Trades { get; }

    /// <summary>Funding payments.</summary>
    public FundingStore Funding { get; }

    /// <summary>Snapshots of order books.</summary>
    public BookStore Books { get; }

    /// <summary>A store in a folder, which need not exist yet.</summary>
    public static MarketStore Open(string root, StoreOptions? options = null) => new(new StoreContext(new StoreLayout(root), options ?? new StoreOptions()));

    /// <summary>All series by venue, symbol, kind and interval.</summary>
    public IReadOnlyList<SeriesKey> List() => _context.Layout.List();

    /// <summary>What a series holds.</summary>
    /// <exception cref="StoreException">A file of it is damaged or has other columns.</exception>
    public SeriesDescription Describe(SeriesKey key) => key.Kind switch
    {
        SeriesKind.Bars => Bars.Describe(key),
        SeriesKind.Trades => Trades.Describe(key),
        SeriesKind.Funding => Funding.Describe(key),
        _ => Books.Describe(key),
    };

    /// <summary>Writes the rows of a span as text: a line of names, then a line for each row, every number exactly as written.</summary>
    /// <exception cref="StoreException">A file is damaged or has other columns.</exception>
    public void ExportText(SeriesKey key, TimeRange range, Stream output)
    {
        switch (key.Kind)
        {
            case SeriesKind.Bars:
                Series(BarFormat.Instance).ExportText(key, range, output);
                break;
            case SeriesKind.Trades:
                Series(TradeFormat.Instance).ExportText(key, range, output);
                break;
            case SeriesKind.Funding:
                Series(FundingFormat.Instance).ExportText(key, range, output);
                break;
            default:
                Series(BookFormat.Instance).ExportText(key, range, output);
                break;
        }
    }

    /// <summary>As <see cref="ExportText(SeriesKey, TimeRange, Stream)"/> into a file, which appears whole or not at all.</summary>
    /// <exception cref="StoreException">A file is damaged, or the target cannot be written.</exception>
    public void ExportText(SeriesKey key, TimeRange range, string target)
    {
        string path = Path.GetFullPath(target);
        _ = StoreFaults.Writing(path, () =>
        {
            DurableFile.Write(path, output => ExportText(key, range, output));
            return true;
        });
    }

    /// <summary>Writes the rows of a span into one Parquet file with the columns of the store, whole or not at all.</summary>
    /// <exception cref="StoreException">A file is damaged, or the target cannot be written.</exception>
    public void ExportParquet(SeriesKey key, TimeRange range, string target)
    {
        switch (key.Kind)
        {
            case SeriesKind.Bars:
                Series(BarFormat.Instance).ExportParquet(key, range, target);
                break;
            case SeriesKind.Trades:
                Series(TradeFormat.Instance).ExportParquet(key, range, target);
                break;
            case SeriesKind.Funding:
                Series(FundingFormat.Instance).ExportParquet(key, range, target);
                break;
            default:
                Series(BookFormat.Instance).ExportParquet(key, range, target);
                break;
        }
    }

    /// <summary>Verifies a series: its files, their order, gaps and values. Only reads.</summary>
    public SeriesCheck Check(SeriesKey key) => new StoreChecker(_context).Run(key);

    /// <summary>
    /// Puts right in a series what needs no source, and notes what is to be asked for. Nothing is deleted: files that cannot be used as they are are moved aside.
    /// </summary>
    /// <param name="key">The series.</param>
    /// <param name="keepChanged">True to take the rows of files that somebody changed after they were written; else these are moved aside too, and their spans are to be asked for.</param>
    /// <exception cref="StoreException">Somebody else writes, the disk is full, or the folder cannot be written.</exception>
    public SeriesRepair Repair(SeriesKey key, bool keepChanged = false) => key.Kind switch
    {
        SeriesKind.Bars => new StoreRepair<HistoricalBar>(_context, key, BarFormat.Instance, keepChanged).Run(),
        SeriesKind.Trades => new StoreRepair<HistoricalTrade>(_context, key, TradeFormat.Instance, keepChanged).Run(),
        SeriesKind.Funding => new StoreRepair<HistoricalFunding>(_context, key, FundingFormat.Instance, keepChanged).Run(),
        _ => new StoreRepair<BookRow>(_context, key, BookFormat.Instance, keepChanged).Run(),
    };

    /// <summary>Ends the use.</summary>
    public void Dispose() => _context.Dispose();

    private SeriesStore<TRow> Series<TRow>(RowFormat<TRow> format)
        where TRow : struct => new(_context, format);
}
