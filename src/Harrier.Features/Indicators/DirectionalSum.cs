using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Average of ranges or movements inside the directional indicators. Wilder's form seeds with the sum of n - 1 values over n and takes
/// one smoothing step before its first output; only ratios of these averages are used, so sums and means are the same thing.
/// </summary>
internal sealed class DirectionalSum : IStateful
{
    private readonly int _period;
    private readonly double _weight;
    private readonly Smoother? _average;
    private int _count;
    private double _seed;

    // Seeded, and of Wilder's kind: the one question on the hot path.
    private bool _isRunning;

    public DirectionalSum(int period, Smoothing smoothing)
    {
        _period = period;
        _weight = 1.0 / period;
        _average = smoothing == Smoothing.Wilder ? null : new Smoother(period, smoothing);
    }

    public int WarmUp => _period;

    public bool IsReady => _count == _period;

    /// <summary>The average; NaN while warming up.</summary>
    public double Value { get; private set; } = double.NaN;

    public void Update(double value)
    {
        if (_isRunning)
        {
            Value = Math.FusedMultiplyAdd(_weight, value - Value, Value);
        }
        else
        {
            Begin(value);
        }
    }

    public void Reset()
    {
        _average?.Reset();
        _count = 0;
        _seed = 0;
        _isRunning = false;
        Value = double.NaN;
    }

    public void Save(ref StateWriter writer)
    {
        _average?.Save(ref writer);
        writer.Write(_count);
        writer.Write(_seed);
        writer.Write(Value);
    }

    public void Restore(ref StateReader reader)
    {
        _average?.Restore(ref reader);
        _count = reader.ReadPosition(_period);
        _seed = reader.ReadDouble();
        Value = reader.ReadDouble();
        _isRunning = IsReady && _average is null;
    }

    private void Begin(double value)
    {
        _count = Math.Min(_count + 1, _period);
        if (_average is not null)
        {
            Value = _average.Update(value);
        }
        else if (_count < _period)
        {
            _seed += value * _weight;
        }
        else
        {
            Value = Math.FusedMultiplyAdd(_weight, value - _seed, _seed);
            _isRunning = true;
        }
    }
}
