using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Volume-weighted average of the typical price over the last n bars; carried on where they have no volume, NaN before the first volume.
/// </summary>
public sealed class RollingVwap : IIndicator
{
    private readonly int _period;
    private readonly RollingFold<Summation> _amount;
    private readonly RollingFold<Summation> _volume;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">Length of the window, 1 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public RollingVwap(int period = 20)
    {
        _period = IndicatorParameterException.RequirePeriod(period);
        _amount = new RollingFold<Summation>(period);
        _volume = new RollingFold<Summation>(period);
    }

    /// <inheritdoc/>
    public bool IsReady => _volume.IsFull;

    /// <inheritdoc/>
    public int WarmUp => _period;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        double amount = _amount.Add(bar.TypicalPrice * bar.Volume);
        double volume = _volume.Add(bar.Volume);
        if (_volume.IsFull && volume > 0)
        {
            _value = amount / volume;
        }

        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _amount.Reset();
        _volume.Reset();
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_amount);
        writer.Write(_volume);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_amount);
        reader.Read(_volume);
        _value = reader.ReadDouble();
    }
}
