using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Least-squares line through the last n values over time. <see cref="Value"/> is its slope.
/// </summary>
public sealed class LinearRegression : IPriceIndicator
{
    private readonly int _period;
    private readonly double _timeSquares;
    private readonly ValueWindow _window;
    private double _mean = double.NaN;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">Length of the window, 2 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public LinearRegression(int period = 14)
    {
        _period = IndicatorParameterException.RequirePeriod(period, 2);
        _timeSquares = period * (((double)period * period) - 1) / 12;
        _window = new ValueWindow(period);
    }

    /// <inheritdoc/>
    public bool IsReady => _window.IsFull;

    /// <inheritdoc/>
    public int WarmUp => _period;

    /// <summary>Slope of the line per bar, in the unit of the input.</summary>
    public double Value => _value;

    /// <summary>The line at the newest bar.</summary>
    public double EndPoint => _mean + (_value * (_period - 1) / 2);

    /// <summary>The line one bar ahead.</summary>
    public double Forecast => _mean + (_value * (_period + 1) / 2);

    /// <inheritdoc/>
    public double Update(in Ohlcv bar) => Update(bar.Close);

    /// <inheritdoc/>
    public double Update(double value)
    {
        _window.Add(value);
        if (!_window.IsFull)
        {
            return _value;
        }

        // Distances from the newest value instead of the values: a small slope on a large price keeps its digits.
        double center = (_period - 1) / 2.0;
        double time = -center;
        double sum = 0;
        double product = 0;
        foreach (double older in _window.Older)
        {
            double distance = older - value;
            sum += distance;
            product += time++ * distance;
        }

        foreach (double newer in _window.Newer)
        {
            double distance = newer - value;
            sum += distance;
            product += time++ * distance;
        }

        _mean = value + (sum / _period);
        _value = product / _timeSquares;
        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _window.Reset();
        _mean = double.NaN;
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_window);
        writer.Write(_mean);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_window);
        _mean = reader.ReadDouble();
        _value = reader.ReadDouble();
    }
}
