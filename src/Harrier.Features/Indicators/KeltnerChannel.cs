using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Keltner channel in Raschke's form: EMA of the close plus and minus a multiple of the average true range.
/// </summary>
public sealed class KeltnerChannel : IIndicator
{
    private readonly Ema _average;
    private readonly Atr _range;
    private readonly double _multiplier;
    private double _middle = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n of the EMA, 1 or more.</param>
    /// <param name="atrPeriod">n of the average true range (Wilder).</param>
    /// <param name="multiplier">Half width in average true ranges, above 0.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public KeltnerChannel(int period = 20, int atrPeriod = 10, double multiplier = 2)
    {
        _average = new Ema(period);
        _range = new Atr(atrPeriod);
        _multiplier = IndicatorParameterException.RequirePositive(multiplier);
    }

    /// <inheritdoc/>
    public bool IsReady => _average.IsReady && _range.IsReady;

    /// <inheritdoc/>
    public int WarmUp => Math.Max(_average.WarmUp, _range.WarmUp);

    /// <summary>The middle line.</summary>
    public double Value => _middle;

    /// <summary>Middle plus the multiple of the range.</summary>
    public double Upper => _middle + (_multiplier * _range.Value);

    /// <summary>EMA of the close.</summary>
    public double Middle => _middle;

    /// <summary>Middle minus the multiple of the range.</summary>
    public double Lower => _middle - (_multiplier * _range.Value);

    /// <inheritdoc/>
    public int OutputCount => 3;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        double middle = _average.Update(bar.Close);
        _range.Update(bar);
        _middle = IsReady ? middle : double.NaN;
        return _middle;
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
        _average.Reset();
        _range.Reset();
        _middle = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_average);
        writer.Write(_range);
        writer.Write(_middle);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_average);
        reader.Read(_range);
        _middle = reader.ReadDouble();
    }
}
