using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Double exponential moving average: 2 EMA - EMA(EMA) (Mulloy, 1994).
/// </summary>
public sealed class Dema : IPriceIndicator
{
    private readonly Smoother _first;
    private readonly Smoother _second;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n of each EMA, 1 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Dema(int period)
    {
        IndicatorParameterException.RequirePeriod(period);
        _first = new Smoother(period, Smoothing.Exponential);
        _second = new Smoother(period, Smoothing.Exponential);
    }

    /// <inheritdoc/>
    public bool IsReady => _second.IsReady;

    /// <inheritdoc/>
    public int WarmUp => (2 * _first.WarmUp) - 1;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar) => Update(bar.Close);

    /// <inheritdoc/>
    public double Update(double value)
    {
        double first = _first.Update(value);
        if (_first.IsReady)
        {
            double second = _second.Update(first);
            if (_second.IsReady)
            {
                _value = (2 * first) - second;
            }
        }

        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _first.Reset();
        _second.Reset();
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_first);
        writer.Write(_second);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_first);
        reader.Read(_second);
        _value = reader.ReadDouble();
    }
}
