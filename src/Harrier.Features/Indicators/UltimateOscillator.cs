using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Ultimate oscillator (Williams, 1985): buying pressure over true range on three horizons weighted 4, 2 and 1, 0 to 100. A horizon
/// without any range contributes nothing.
/// </summary>
public sealed class UltimateOscillator : IIndicator
{
    private readonly int _longest;
    private readonly RollingFold<Summation> _shortPressure;
    private readonly RollingFold<Summation> _shortRange;
    private readonly RollingFold<Summation> _middlePressure;
    private readonly RollingFold<Summation> _middleRange;
    private readonly RollingFold<Summation> _longPressure;
    private readonly RollingFold<Summation> _longRange;
    private double _previousClose = double.NaN;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="shortest">First horizon in bars.</param>
    /// <param name="middle">Second horizon.</param>
    /// <param name="longest">Third horizon; the three may come in any order.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public UltimateOscillator(int shortest = 7, int middle = 14, int longest = 28)
    {
        Span<int> periods =
        [
            IndicatorParameterException.RequirePeriod(shortest),
            IndicatorParameterException.RequirePeriod(middle),
            IndicatorParameterException.RequirePeriod(longest),
        ];
        periods.Sort();
        _longest = periods[2];
        _shortPressure = new RollingFold<Summation>(periods[0]);
        _shortRange = new RollingFold<Summation>(periods[0]);
        _middlePressure = new RollingFold<Summation>(periods[1]);
        _middleRange = new RollingFold<Summation>(periods[1]);
        _longPressure = new RollingFold<Summation>(periods[2]);
        _longRange = new RollingFold<Summation>(periods[2]);
    }

    /// <inheritdoc/>
    public bool IsReady => _longRange.IsFull;

    /// <inheritdoc/>
    public int WarmUp => _longest + 1;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        double close = _previousClose;
        _previousClose = bar.Close;
        if (double.IsNaN(close))
        {
            return _value;
        }

        double low = Math.Min(bar.Low, close);
        double pressure = bar.Close - low;
        double range = Math.Max(bar.High, close) - low;
        double total = (4 * Share(_shortPressure.Add(pressure), _shortRange.Add(range)))
            + (2 * Share(_middlePressure.Add(pressure), _middleRange.Add(range)))
            + Share(_longPressure.Add(pressure), _longRange.Add(range));
        if (_longRange.IsFull)
        {
            _value = 100 * total / 7;
        }

        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _shortPressure.Reset();
        _shortRange.Reset();
        _middlePressure.Reset();
        _middleRange.Reset();
        _longPressure.Reset();
        _longRange.Reset();
        _previousClose = double.NaN;
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_shortPressure);
        writer.Write(_shortRange);
        writer.Write(_middlePressure);
        writer.Write(_middleRange);
        writer.Write(_longPressure);
        writer.Write(_longRange);
        writer.Write(_previousClose);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_shortPressure);
        reader.Read(_shortRange);
        reader.Read(_middlePressure);
        reader.Read(_middleRange);
        reader.Read(_longPressure);
        reader.Read(_longRange);
        _previousClose = reader.ReadDouble();
        _value = reader.ReadDouble();
    }

    private static double Share(double pressure, double range) => range == 0 ? 0 : pressure / range;
}
