using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// True range (Wilder, 1978): the bar's range extended to the previous close.
/// </summary>
public sealed class TrueRange : IIndicator
{
    private readonly FirstTrueRange _first;
    private double _previousClose = double.NaN;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="first">What the first bar gives.</param>
    public TrueRange(FirstTrueRange first = FirstTrueRange.Skipped)
    {
        _first = first;
    }

    /// <inheritdoc/>
    public bool IsReady => !double.IsNaN(_value);

    /// <inheritdoc/>
    public int WarmUp => _first == FirstTrueRange.HighLow ? 1 : 2;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        double close = _previousClose;
        _previousClose = bar.Close;
        if (!double.IsNaN(close))
        {
            _value = double.MaxNative(bar.High, close) - double.MinNative(bar.Low, close);
        }
        else if (_first == FirstTrueRange.HighLow)
        {
            _value = bar.High - bar.Low;
        }

        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _previousClose = double.NaN;
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_previousClose);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _previousClose = reader.ReadDouble();
        _value = reader.ReadDouble();
    }
}
