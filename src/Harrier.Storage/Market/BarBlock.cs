namespace Harrier.Storage.Market;

/// <summary>
/// Some bars in order of their time, column by column. The arrays belong to the reader and hold the next bars after the next step: who needs a block longer copies it.
/// Prices and volumes are the nearest doubles of the exact numbers.
/// </summary>
public sealed class BarBlock
{
    private readonly long[] _openTimes;
    private readonly double[][] _values;
    private readonly long[] _tradeCounts;

    internal BarBlock(int capacity)
    {
        _openTimes = new long[capacity];
        _tradeCounts = new long[capacity];
        _values = [.. Enumerable.Range(0, ValueColumns).Select(_ => new double[capacity])];
    }

    /// <summary>Number of bars.</summary>
    public int Count { get; internal set; }

    /// <summary>Starts of the bars in nanoseconds since 1970.</summary>
    public ReadOnlySpan<long> OpenTimeNanos => _openTimes.AsSpan(0, Count);

    /// <summary>First prices.</summary>
    public ReadOnlySpan<double> Open => Values(0);

    /// <summary>Highest prices.</summary>
    public ReadOnlySpan<double> High => Values(1);

    /// <summary>Lowest prices.</summary>
    public ReadOnlySpan<double> Low => Values(2);

    /// <summary>Last prices.</summary>
    public ReadOnlySpan<double> Close => Values(3);

    /// <summary>Volumes in base currency.</summary>
    public ReadOnlySpan<double> Volume => Values(4);

    /// <summary>Volumes in quote currency; NaN where not known.</summary>
    public ReadOnlySpan<double> QuoteVolume => Values(5);

    /// <summary>Volumes bought by takers in base currency; NaN where not known.</summary>
    public ReadOnlySpan<double> TakerBuyVolume => Values(6);

    /// <summary>Volumes bought by takers in quote currency; NaN where not known.</summary>
    public ReadOnlySpan<double> TakerBuyQuoteVolume => Values(7);

    /// <summary>Numbers of trades; -1 where not known.</summary>
    public ReadOnlySpan<long> TradeCount => _tradeCounts.AsSpan(0, Count);

    /// <summary>Columns that hold doubles.</summary>
    internal const int ValueColumns = 8;

    internal Span<long> TimesToFill => _openTimes;

    internal Span<long> TradeCountsToFill => _tradeCounts;

    internal Span<double> ValuesToFill(int column) => _values[column];

    private ReadOnlySpan<double> Values(int column) => _values[column].AsSpan(0, Count);
}
