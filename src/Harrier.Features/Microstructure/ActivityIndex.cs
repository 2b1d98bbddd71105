using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>
/// The activity index of a series of samples: the sum of three z-scores over the last n samples, the newest included, with the population
/// deviation; 0 with fewer than two samples or without deviation. The drop is measured on the raw rate, not on the index, which is signed and
/// forgets: 1 - trades a second / their mean over the n - 1 samples before, never below 0; it does not depend on how large the rate is. Where
/// there was activity once and there has been none in the whole window, it is 1.
/// </summary>
public sealed class ActivityIndex : IStateful
{
    private const int FewestForDrop = 10;

    // What is left of equal numbers after sums of them were rounded is no deviation.
    private const double Rounding = 1e-12;

    private readonly double _dropThreshold;
    private readonly double[] _tradesPerMinute;
    private readonly double[] _tradesPerSecond;
    private readonly double[] _volumeDelta;
    private int _next;
    private int _count;
    private bool _hasBeenActive;
    private ActivityReading _reading;

    /// <summary>Creates it.</summary>
    /// <param name="samples">Samples in the window, 2 or more.</param>
    /// <param name="dropThreshold">The drop from which on it is dropping.</param>
    public ActivityIndex(int samples = 60, double dropThreshold = 0.3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 2);
        _dropThreshold = dropThreshold;
        _tradesPerMinute = new double[samples];
        _tradesPerSecond = new double[samples];
        _volumeDelta = new double[samples];
    }

    /// <summary>What the last sample gave.</summary>
    public ActivityReading Reading => _reading;

    /// <summary>Adds a sample.</summary>
    /// <param name="tradesPerMinute">Over 60 seconds.</param>
    /// <param name="tradesPerSecond">Over 10 seconds.</param>
    /// <param name="volumeDelta">Of 60 seconds, signed.</param>
    /// <param name="now">When.</param>
    public ActivityReading Update(double tradesPerMinute, double tradesPerSecond, double volumeDelta, Timestamp now)
    {
        double drop = Drop(tradesPerSecond);
        _tradesPerMinute[_next] = tradesPerMinute;
        _tradesPerSecond[_next] = tradesPerSecond;
        _volumeDelta[_next] = Math.Abs(volumeDelta);
        int newest = _next;
        _next = (_next + 1) % _tradesPerMinute.Length;
        _count = Math.Min(_count + 1, _tradesPerMinute.Length);
        _hasBeenActive |= tradesPerSecond > 0;
        drop = _count >= FewestForDrop ? drop : 0;
        double minute = Z(_tradesPerMinute, newest);
        double second = Z(_tradesPerSecond, newest);
        double delta = Z(_volumeDelta, newest);
        _reading = new ActivityReading
        {
            Index = minute + second + delta,
            TradesPerMinuteZ = minute,
            TradesPerSecondZ = second,
            VolumeDeltaZ = delta,
            DropFraction = drop,
            IsDropping = _count >= FewestForDrop && drop >= _dropThreshold,
            Samples = _count,
            LastUpdate = now,
        };
        return _reading;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_next);
        writer.Write(_count);
        writer.Write(_hasBeenActive);
        writer.Write(_tradesPerMinute);
        writer.Write(_tradesPerSecond);
        writer.Write(_volumeDelta);
        writer.Write(_reading.TradesPerMinuteZ);
        writer.Write(_reading.TradesPerSecondZ);
        writer.Write(_reading.VolumeDeltaZ);
        writer.Write(_reading.DropFraction);
        writer.Write(_reading.LastUpdate);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _next = reader.ReadInt32();
        _count = reader.ReadInt32();
        _hasBeenActive = reader.ReadBoolean();
        reader.ReadDoubles(_tradesPerMinute);
        reader.ReadDoubles(_tradesPerSecond);
        reader.ReadDoubles(_volumeDelta);
        double minute = reader.ReadDouble();
        double second = reader.ReadDouble();
        double delta = reader.ReadDouble();
        double drop = reader.ReadDouble();
        _reading = new ActivityReading
        {
            Index = minute + second + delta,
            TradesPerMinuteZ = minute,
            TradesPerSecondZ = second,
            VolumeDeltaZ = delta,
            DropFraction = drop,
            IsDropping = _count >= FewestForDrop && drop >= _dropThreshold,
            Samples = _count,
            LastUpdate = reader.ReadTimestamp(),
        };
    }

    // Before the newest sample is added: of a full window the oldest does not count any more.
    private double Drop(double tradesPerSecond)
    {
        double sum = 0;
        int before = 0;
        for (int i = 0; i < _count; i++)
        {
            if (_count < _tradesPerSecond.Length || i != _next)
            {
                sum += _tradesPerSecond[i];
                before++;
            }
        }

        double baseline = before > 0 ? sum / before : 0;
        if (baseline <= 0)
        {
            return _hasBeenActive && tradesPerSecond <= 0 ? 1 : 0;
        }

        double drop = 1 - (tradesPerSecond / baseline);
        return drop > Rounding ? drop : 0;
    }

    private double Z(double[] values, int newest)
    {
        ReadOnlySpan<double> window = values.AsSpan(0, _count);
        double sum = 0;
        double largest = 0;
        foreach (double value in window)
        {
            sum += value;
            largest = Math.Max(largest, Math.Abs(value));
        }

        double mean = sum / window.Length;
        double squares = 0;
        foreach (double value in window)
        {
            squares += (value - mean) * (value - mean);
        }

        double deviation = Math.Sqrt(squares / window.Length);
        return window.Length < 2 || deviation <= largest * Rounding ? 0 : (values[newest] - mean) / deviation;
    }
}
