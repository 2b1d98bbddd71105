using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>The average inside RSI, ATR, EMA and others, with smoothing and seeding as options.</summary>
internal sealed class Smoother : IStateful
{
    private readonly double _alpha;
    private readonly int _seedLength;
    private readonly RollingFold<Summation>? _window;
    private int _count;

    // Seeded, and not a window: the one question on the hot path.
    private bool _isRunning;
    private double _sum;
    private double _value = double.NaN;

    public Smoother(int period, Smoothing smoothing, Seeding seeding = Seeding.SimpleMean)
    {
        _alpha = smoothing == Smoothing.Exponential ? 2.0 / (period + 1) : 1.0 / period;
        bool simple = smoothing == Smoothing.Simple;
        _window = simple ? new RollingFold<Summation>(period) : null;
        _seedLength = simple || seeding == Seeding.SimpleMean ? period : 1;
        Period = period;
    }

    public int Period { get; }

    /// <summary>Updates until the first output.</summary>
    public int WarmUp => _seedLength;

    public bool IsReady => _count == _seedLength;

    public double Value => _value;

    public double Update(double value)
    {
        if (_isRunning)
        {
            // The difference first: a flat input then stays exactly where it is.
            double average = Math.FusedMultiplyAdd(_alpha, value - _value, _value);
            _value = average;
            return average;
        }

        return _window is null ? Seed(value) : Slide(_window, value);
    }

    public void Reset()
    {
        _window?.Reset();
        _count = 0;
        _isRunning = false;
        _sum = 0;
        _value = double.NaN;
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(_count);
        writer.Write(_sum);
        writer.Write(_value);
        _window?.Save(ref writer);
    }

    public void Restore(ref StateReader reader)
    {
        _count = reader.ReadPosition(_seedLength);
        _sum = reader.ReadDouble();
        _value = reader.ReadDouble();
        _window?.Restore(ref reader);
        _isRunning = IsReady && _window is null;
    }

    private double Seed(double value)
    {
        _sum += value;
        if (++_count == _seedLength)
        {
            _value = _sum / _seedLength;
            _isRunning = true;
        }

        return _value;
    }

    private double Slide(RollingFold<Summation> window, double value)
    {
        double sum = window.Add(value);
        if (window.IsFull)
        {
            _count = _seedLength;
            _value = sum / _seedLength;
        }

        return _value;
    }
}
