using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// One-bar rate of change, in percent, of a triple EMA (Hutson, 1983).
/// </summary>
public sealed class Trix : IPriceIndicator
{
    private readonly Smoother _first;
    private readonly Smoother _second;
    private readonly Smoother _third;
    private double _previous = double.NaN;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n of each EMA, 1 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Trix(int period = 15)
    {
        IndicatorParameterException.RequirePeriod(period);
        _first = new Smoother(period, Smoothing.Exponential);
        _second = new Smoother(period, Smoothing.Exponential);
        _third = new Smoother(period, Smoothing.Exponential);
    }

    /// <inheritdoc/>
    public bool IsReady => !double.IsNaN(_value);

    /// <inheritdoc/>
    public int WarmUp => (3 * _first.WarmUp) - 1;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar) => Update(bar.Close);

    /// <inheritdoc/>
    public double Update(double value)
    {
        double first = _first.Update(value);
        double second = _first.IsReady ? _second.Update(first) : double.NaN;
        double third = _second.IsReady ? _third.Update(second) : double.NaN;
        if (_third.IsReady)
        {
            _value = _previous == 0 ? 0 : 100 * ((third - _previous) / _previous);
            _previous = third;
        }

        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _first.Reset();
        _second.Reset();
        _third.Reset();
        _previous = double.NaN;
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_first);
        writer.Write(_second);
        writer.Write(_third);
        writer.Write(_previous);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_first);
        reader.Read(_second);
        reader.Read(_third);
        _previous = reader.ReadDouble();
        _value = reader.ReadDouble();
    }
}
