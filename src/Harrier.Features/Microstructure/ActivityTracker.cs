using Harrier.Domain;

namespace Harrier.Features.Microstructure;

/// <summary>
/// How active the market of one instrument is: samples its tape at a fixed cadence, so that a window is a span of time, and silence counts.
/// </summary>
public sealed class ActivityTracker : IClockFeature
{
    private static readonly TimeSpan MeanWindow = TimeSpan.FromHours(1);
    private static readonly TimeSpan LeastForMean = TimeSpan.FromMinutes(1);

    private readonly TradeFlow _flow;
    private readonly ActivityIndex _index;
    private readonly int[] _rates;
    private int _nextRate;
    private int _rateCount;
    private long _rateSum;

    /// <summary>Creates it.</summary>
    /// <param name="flow">The tape, fed by somebody else.</param>
    /// <param name="settings">How it is measured.</param>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public ActivityTracker(TradeFlow flow, ActivitySettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(flow);
        _flow = flow;
        Settings = settings ?? new ActivitySettings();
        Settings.Check();
        _index = new ActivityIndex(Settings.Samples, Settings.DropThreshold);
        _rates = new int[(int)(MeanWindow / Settings.Cadence)];
    }

    /// <summary>How it is measured.</summary>
    public ActivitySettings Settings { get; }

    /// <inheritdoc/>
    public TimeSpan Cadence => Settings.Cadence;

    /// <summary>What the last sample gave; it is at most one cadence old.</summary>
    public ActivityReading Reading => _index.Reading;

    /// <summary>Z(trades a minute) + Z(trades a second) + Z(|volume delta|).</summary>
    public double Index => _index.Reading.Index;

    /// <summary>How far the rate of trades lies under its mean, 0..1.</summary>
    public double DropFraction => _index.Reading.DropFraction;

    /// <summary>True when the drop reaches the threshold of the settings.</summary>
    public bool IsDropping => _index.Reading.IsDropping;

    /// <summary>
    /// The mean of the trades a minute of all samples of the last hour, or of those there are; null before a minute of them: unknown.
    /// </summary>
    public double? MeanTradesPerMinute => _rateCount * Settings.Cadence >= LeastForMean ? (double)_rateSum / _rateCount : null;

    /// <summary>True when the last sample's drop reaches another threshold than that of the settings; never before the tenth sample.</summary>
    /// <param name="dropFraction">0..1.</param>
    public bool IsDroppingBy(double dropFraction) => DropFraction > 0 && DropFraction >= dropFraction;

    /// <inheritdoc/>
    public void OnClock(Timestamp now)
    {
        TradeFlowReading flow = _flow.At(now);
        _index.Update(flow.TradesPerMinute60s, flow.TradesPerSecond10s, flow.VolumeDelta60s, now);
        int rate = (int)flow.TradesPerMinute60s;
        _rateSum += rate - (_rateCount == _rates.Length ? _rates[_nextRate] : 0);
        _rates[_nextRate] = rate;
        _nextRate = (_nextRate + 1) % _rates.Length;
        _rateCount = Math.Min(_rateCount + 1, _rates.Length);
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_index);
        writer.Write(_rateCount);
        for (int i = 0; i < _rateCount; i++)
        {
            writer.Write(_rates[(_nextRate - _rateCount + i + _rates.Length) % _rates.Length]);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_index);
        int count = reader.ReadCount();
        if (count > _rates.Length)
        {
            throw new InvalidDataException($"the saved hour holds {count} samples, the settings ask for {_rates.Length}");
        }

        _rateSum = 0;
        for (int i = 0; i < count; i++)
        {
            _rates[i] = reader.ReadInt32();
            _rateSum += _rates[i];
        }

        _rateCount = count;
        _nextRate = count % _rates.Length;
    }
}
