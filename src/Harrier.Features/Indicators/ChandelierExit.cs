using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Chandelier exit (Le Beau): the highest high of n bars minus a multiple of the average true range for longs, the lowest low plus it for
/// shorts; the current bar belongs to the window. It does not ratchet.
/// </summary>
public sealed class ChandelierExit : IIndicator
{
    private readonly int _period;
    private readonly double _multiplier;
    private readonly Atr _range;
    private readonly RollingRange _extremes;
    private double _longStop = double.NaN;
    private double _shortStop = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">Bars of the window, 1 or more; also n of the average true range unless that is given.</param>
    /// <param name="multiplier">Distance in average true ranges, above 0.</param>
    /// <param name="range">Another average true range than Wilder's over the same n; this object takes it over.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public ChandelierExit(int period = 22, double multiplier = 3, Atr? range = null)
    {
        _period = IndicatorParameterException.RequirePeriod(period);
        _multiplier = IndicatorParameterException.RequirePositive(multiplier);
        _range = range ?? new Atr(period);
        _extremes = new RollingRange(period);
    }

    /// <inheritdoc/>
    public bool IsReady => _extremes.IsFull && _range.IsReady;

    /// <inheritdoc/>
    public int WarmUp => Math.Max(_period, _range.WarmUp);

    /// <summary>Stop of a long position.</summary>
    public double Value => _longStop;

    /// <summary>Stop of a long position.</summary>
    public double LongStop => _longStop;

    /// <summary>Stop of a short position.</summary>
    public double ShortStop => _shortStop;

    /// <inheritdoc/>
    public int OutputCount => 2;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        _extremes.Add(bar.High, bar.Low);
        double distance = _multiplier * _range.Update(bar);
        if (_extremes.IsFull)
        {
            _longStop = _extremes.Highest - distance;
            _shortStop = _extremes.Lowest + distance;
        }

        return _longStop;
    }

    /// <inheritdoc/>
    public double Output(int index) => index switch
    {
        0 => LongStop,
        1 => ShortStop,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    public void Reset()
    {
        _range.Reset();
        _extremes.Reset();
        _longStop = double.NaN;
        _shortStop = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_range);
        writer.Write(_extremes);
        writer.Write(_longStop);
        writer.Write(_shortStop);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_range);
        reader.Read(_extremes);
        _longStop = reader.ReadDouble();
        _shortStop = reader.ReadDouble();
    }
}
