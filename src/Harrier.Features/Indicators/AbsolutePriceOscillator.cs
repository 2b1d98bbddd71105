using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Fast EMA minus slow EMA, shown once both are ready.
/// </summary>
public sealed class AbsolutePriceOscillator : IPriceIndicator
{
    private readonly Smoother _fast;
    private readonly Smoother _slow;
    private readonly int _fastDelay;
    private int _skipped;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="fast">Period of the fast EMA.</param>
    /// <param name="slow">Period of the slow EMA; the two are swapped when it is the shorter.</param>
    /// <param name="fastSeed">Where the fast average starts; <see cref="FastSeed.WithSlow"/> makes this the MACD line.</param>
    /// <param name="seeding">How both averages start.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public AbsolutePriceOscillator(int fast = 12, int slow = 26, FastSeed fastSeed = FastSeed.OwnStart, Seeding seeding = Seeding.SimpleMean)
    {
        int shorter = Math.Min(IndicatorParameterException.RequirePeriod(fast), IndicatorParameterException.RequirePeriod(slow));
        int longer = Math.Max(fast, slow);
        _fast = new Smoother(shorter, Smoothing.Exponential, seeding);
        _slow = new Smoother(longer, Smoothing.Exponential, seeding);
        _fastDelay = fastSeed == FastSeed.WithSlow ? _slow.WarmUp - _fast.WarmUp : 0;
    }

    /// <inheritdoc/>
    public bool IsReady => _slow.IsReady;

    /// <inheritdoc/>
    public int WarmUp => _slow.WarmUp;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar) => Update(bar.Close);

    /// <inheritdoc/>
    public double Update(double value)
    {
        double slow = _slow.Update(value);
        if (_skipped < _fastDelay)
        {
            _skipped++;
            return _value;
        }

        double fast = _fast.Update(value);
        _value = fast - slow;
        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _fast.Reset();
        _slow.Reset();
        _skipped = 0;
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_fast);
        writer.Write(_slow);
        writer.Write(_skipped);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_fast);
        reader.Read(_slow);
        _skipped = reader.ReadPosition(_fastDelay);
        _value = reader.ReadDouble();
    }

    internal double FastAverage => _fast.Value;

    internal double SlowAverage => _slow.Value;
}
