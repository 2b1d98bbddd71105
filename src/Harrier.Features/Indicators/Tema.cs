using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Triple exponential moving average: 3 EMA - 3 EMA(EMA) + EMA(EMA(EMA)) (Mulloy, 1994).
/// </summary>
public sealed class Tema : IPriceIndicator
{
    private readonly Smoother _first;
    private readonly Smoother _second;
    private readonly Smoother _third;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n of each EMA, 1 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Tema(int period)
    {
        IndicatorParameterException.RequirePeriod(period);
        _first = new Smoother(period, Smoothing.Exponential);
        _second = new Smoother(period, Smoothing.Exponential);
        _third = new Smoother(period, Smoothing.Exponential);
    }

    /// <inheritdoc/>
    public bool IsReady => _third.IsReady;

    /// <inheritdoc/>
    public int WarmUp => (3 * _first.WarmUp) - 2;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar) => Update(bar.Close);

    /// <inheritdoc/>
    public double Update(double value)
    {
        double first = _first.Update(value);
        if (!_first.IsReady)
        {
            return _value;
        }

        double second = _second.Update(first);
        if (!_second.IsReady)
        {
            return _value;
        }

        double third = _third.Update(second);
        if (_third.IsReady)
        {
            _value = (3 * first) - (3 * second) + third;
        }

        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _first.Reset();
        _second.Reset();
        _third.Reset();
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_first);
        writer.Write(_second);
        writer.Write(_third);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_first);
        reader.Read(_second);
        reader.Read(_third);
        _value = reader.ReadDouble();
    }
}
