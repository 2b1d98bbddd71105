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
    private double _value;

    public DirectionalSum(int period, Smoothing smoothing)
    {
        _period = period;
        _weight = 1.0 / period;
        _average = smoothing == Smoothing.Wilder ? null : new Smoother(period, smoothing);
    }

    public int WarmUp => _period;

    public bool IsReady => _count == _period;

    /// <summary>The average; NaN while warming up.</summary>
    public double Value => _count == _period ? _value : double.NaN;

    public void Update(double value)
    {
        if (_average is not null)
        {
            _value = _average.Update(value);
        }
        else if (_count < _period - 1)
        {
            _value += value * _weight;
        }
        else
        {
            _value = Math.FusedMultiplyAdd(_weight, value - _value, _value);
        }

        if (_count < _period)
        {
            _count++;
        }
    }

    public void Reset()
    {
        _average?.Reset();
        _count = 0;
        _value = 0;
    }

    public void Save(ref StateWriter writer)
    {
        _average?.Save(ref writer);
        writer.Write(_count);
        writer.Write(_value);
    }

    public void Restore(ref StateReader reader)
    {
        _average?.Restore(ref reader);
        _count = reader.ReadPosition(_period);
        _value = reader.ReadDouble();
    }
}
