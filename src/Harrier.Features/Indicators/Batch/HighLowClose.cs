namespace Harrier.Features.Indicators.Batch;

/// <summary>Three columns of bars, oldest first and equally long.</summary>
public readonly ref struct HighLowClose
{
    /// <summary>Joins the columns.</summary>
    /// <exception cref="ArgumentException">Their lengths differ.</exception>
    public HighLowClose(ReadOnlySpan<double> high, ReadOnlySpan<double> low, ReadOnlySpan<double> close)
    {
        BatchChecks.SameLength(high.Length, low.Length);
        BatchChecks.SameLength(high.Length, close.Length);
        High = high;
        Low = low;
        Close = close;
    }

    /// <summary>Number of bars.</summary>
    public int Length => Close.Length;

    /// <summary>Highest prices.</summary>
    public ReadOnlySpan<double> High { get; }

    /// <summary>Lowest prices.</summary>
    public ReadOnlySpan<double> Low { get; }

    /// <summary>Last prices.</summary>
    public ReadOnlySpan<double> Close { get; }

    internal Ohlcv this[int index] => new(Close[index], High[index], Low[index], Close[index], 0);
}
