using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Linearly weighted moving average: weights 1 for the oldest to n for the newest value, divided by n(n+1)/2. Built from the
/// weighted sums of two neighboring blocks, so nothing is ever subtracted.
/// </summary>
public sealed class Wma : IPriceIndicator
{
    private readonly int _period;
    private readonly double _weights;

    // Below _position: values of the block being filled. From it on: sums of the previous block from there to its end.
    private readonly double[] _tailSums;
    private readonly double[] _tailWeighted;
    private double _headSum;
    private double _headWeighted;
    private int _position;
    private int _count;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">Length of the window, 1 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Wma(int period)
    {
        _period = IndicatorParameterException.RequirePeriod(period);
        _weights = period * (period + 1.0) / 2;
        _tailSums = new double[period + 1];
        _tailWeighted = new double[period + 1];
    }

    /// <inheritdoc/>
    public bool IsReady => _count == _period;

    /// <inheritdoc/>
    public int WarmUp => _period;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar) => Update(bar.Close);

    /// <inheritdoc/>
    public double Update(double value)
    {
        _tailSums[_position] = value;
        _headSum += value;
        _headWeighted += ++_position * value;
        _count = Math.Max(_count, _position);
        if (_count == _period)
        {
            // The head is newer: each of its weights stands above all those of the tail.
            double weighted = _tailWeighted[_position] + _headWeighted + ((_period - _position) * _headSum);
            _value = weighted / _weights;
        }

        if (_position == _period)
        {
            CloseBlock();
        }

        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_tailSums);
        Array.Clear(_tailWeighted);
        _headSum = 0;
        _headWeighted = 0;
        _position = 0;
        _count = 0;
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_tailSums);
        writer.Write(_tailWeighted);
        writer.Write(_headSum);
        writer.Write(_headWeighted);
        writer.Write(_position);
        writer.Write(_count);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.ReadDoubles(_tailSums);
        reader.ReadDoubles(_tailWeighted);
        _headSum = reader.ReadDouble();
        _headWeighted = reader.ReadDouble();
        _position = reader.ReadPosition(_period - 1);
        _count = reader.ReadPosition(_period);
        _value = reader.ReadDouble();
    }

    private void CloseBlock()
    {
        for (int i = _period - 1; i >= 0; i--)
        {
            double value = _tailSums[i];
            _tailSums[i] = value + _tailSums[i + 1];
            _tailWeighted[i] = _tailWeighted[i + 1] + _tailSums[i];
        }

        _headSum = 0;
        _headWeighted = 0;
        _position = 0;
    }
}
