using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Donchian channel: highest high and lowest low of n bars, by default of those before the current one.
/// </summary>
public sealed class DonchianChannel : IIndicator
{
    private readonly int _period;
    private readonly int _delay;
    private readonly RollingRange _range;
    private double _upper = double.NaN;
    private double _lower = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">Bars in the channel, 1 or more.</param>
    /// <param name="window">Whether the current bar belongs to it.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public DonchianChannel(int period = 20, DonchianWindow window = DonchianWindow.PriorBars)
    {
        _period = IndicatorParameterException.RequirePeriod(period);
        _delay = window == DonchianWindow.PriorBars ? 1 : 0;
        _range = new RollingRange(period);
    }

    /// <inheritdoc/>
    public bool IsReady => !double.IsNaN(_upper);

    /// <inheritdoc/>
    public int WarmUp => _period + _delay;

    /// <summary>The middle of the channel.</summary>
    public double Value => Middle;

    /// <summary>Highest high.</summary>
    public double Upper => _upper;

    /// <summary>Mean of the two.</summary>
    public double Middle => (_upper + _lower) / 2;

    /// <summary>Lowest low.</summary>
    public double Lower => _lower;

    /// <inheritdoc/>
    public int OutputCount => 3;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        if (_delay == 0)
        {
            _range.Add(bar.High, bar.Low);
        }

        if (_range.IsFull)
        {
            _upper = _range.Highest;
            _lower = _range.Lowest;
        }

        if (_delay == 1)
        {
            _range.Add(bar.High, bar.Low);
        }

        return Middle;
    }

    /// <inheritdoc/>
    public double Output(int index) => index switch
    {
        0 => Upper,
        1 => Middle,
        2 => Lower,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    public void Reset()
    {
        _range.Reset();
        _upper = double.NaN;
        _lower = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_range);
        writer.Write(_upper);
        writer.Write(_lower);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_range);
        _upper = reader.ReadDouble();
        _lower = reader.ReadDouble();
    }
}
