using Harrier.Storage.Market.Files;

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

    /// <summary>Ends the use.</summary>
    public void Dispose() => _context.Dispose();
}
