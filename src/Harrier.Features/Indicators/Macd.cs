using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Moving average convergence divergence (Appel): fast EMA minus slow EMA, an EMA of that difference as signal, and their difference.
/// All three are shown from the signal's first value on. As in TA-Lib both averages start together, see <see cref="FastSeed.WithSlow"/>.
/// </summary>
public sealed class Macd : IPriceIndicator
{
    private readonly AbsolutePriceOscillator _oscillator;
    private readonly Smoother _signal;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="fast">Period of the fast EMA.</param>
    /// <param name="slow">Period of the slow EMA; the two are swapped when it is the shorter.</param>
    /// <param name="signal">Period of the signal line.</param>
    /// <param name="seeding">Where all three averages start.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Macd(int fast = 12, int slow = 26, int signal = 9, Seeding seeding = Seeding.SimpleMean)
    {
        _oscillator = new AbsolutePriceOscillator(fast, slow, FastSeed.WithSlow, seeding);
        IndicatorParameterException.RequirePeriod(signal);
        _signal = new Smoother(signal, Smoothing.Exponential, seeding);
    }

    /// <inheritdoc/>
    public bool IsReady => _signal.IsReady;

    /// <inheritdoc/>
    public int WarmUp => _oscillator.WarmUp + _signal.WarmUp - 1;

    /// <summary>The line: fast minus slow average, in price units.</summary>
    public double Value => _value;

    /// <summary>EMA of the line.</summary>
    public double Signal => _signal.Value;

    /// <summary>Line minus signal.</summary>
    public double Histogram => _value - _signal.Value;

    /// <inheritdoc/>
    public int OutputCount => 3;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar) => Update(bar.Close);

    /// <inheritdoc/>
    public double Update(double value)
    {
        double line = _oscillator.Update(value);
        if (_oscillator.IsReady)
        {
            _signal.Update(line);
            _value = _signal.IsReady ? line : double.NaN;
        }

        return _value;
    }

    /// <inheritdoc/>
    public double Output(int index) => index switch
    {
        0 => Value,
        1 => Signal,
        2 => Histogram,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    public void Reset()
    {
        _oscillator.Reset();
        _signal.Reset();
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_oscillator);
        writer.Write(_signal);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_oscillator);
        reader.Read(_signal);
        _value = reader.ReadDouble();
    }

    internal double FastAverage => _oscillator.FastAverage;

    internal double SlowAverage => _oscillator.SlowAverage;
}
