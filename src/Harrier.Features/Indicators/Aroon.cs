using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Aroon (Chande, 1995): how recent the highest high and the lowest low of the last n + 1 bars are, 100 for the current bar and 0 for n
/// bars ago. Of equal extremes the latest counts, as in TA-Lib.
/// </summary>
public sealed class Aroon : IIndicator
{
    private readonly int _period;
    private readonly ValueWindow _highs;

    // Lows are kept negated, so that one search serves both.
    private readonly ValueWindow _lows;
    private double _highest = double.NegativeInfinity;
    private double _negatedLowest = double.NegativeInfinity;
    private int _highAge;
    private int _lowAge;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n, 1 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Aroon(int period = 14)
    {
        _period = IndicatorParameterException.RequirePeriod(period);
        _highs = new ValueWindow(period + 1);
        _lows = new ValueWindow(period + 1);
    }

    /// <inheritdoc/>
    public bool IsReady => _highs.IsFull;

    /// <inheritdoc/>
    public int WarmUp => _period + 1;

    /// <summary>Up minus down, -100 to 100.</summary>
    public double Value => Oscillator;

    /// <summary>Recency of the highest high, 0 to 100.</summary>
    public double Up => Recency(_highAge);

    /// <summary>Recency of the lowest low, 0 to 100.</summary>
    public double Down => Recency(_lowAge);

    /// <summary>Up minus down.</summary>
    public double Oscillator => Up - Down;

    /// <inheritdoc/>
    public int OutputCount => 2;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        _highs.Add(bar.High);
        _lows.Add(-bar.Low);
        _highAge = AgeOfMaximum(_highs, bar.High, ref _highest, _highAge);
        _lowAge = AgeOfMaximum(_lows, -bar.Low, ref _negatedLowest, _lowAge);
        return Oscillator;
    }

    /// <inheritdoc/>
    public double Output(int index) => index switch
    {
        0 => Up,
        1 => Down,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    public void Reset()
    {
        _highs.Reset();
        _lows.Reset();
        _highest = double.NegativeInfinity;
        _negatedLowest = double.NegativeInfinity;
        _highAge = 0;
        _lowAge = 0;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_highs);
        writer.Write(_lows);
        writer.Write(_highest);
        writer.Write(_negatedLowest);
        writer.Write(_highAge);
        writer.Write(_lowAge);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_highs);
        reader.Read(_lows);
        _highest = reader.ReadDouble();
        _negatedLowest = reader.ReadDouble();
        _highAge = reader.ReadPosition(_period);
        _lowAge = reader.ReadPosition(_period);
    }

    private double Recency(int age) => IsReady ? 100.0 * (_period - age) / _period : double.NaN;

    private int AgeOfMaximum(ValueWindow window, double newest, ref double maximum, int age)
    {
        if (newest >= maximum)
        {
            maximum = newest;
            return 0;
        }

        if (age < _period)
        {
            return age + 1;
        }

        // The maximum has left the window, which must be full by then: look for the latest of the remaining.
        maximum = double.NegativeInfinity;
        int oldestFirst = 0;
        int at = 0;
        Search(window.Older, ref maximum, ref oldestFirst, ref at);
        Search(window.Newer, ref maximum, ref oldestFirst, ref at);
        return _period - at;
    }

    private static void Search(ReadOnlySpan<double> values, ref double maximum, ref int position, ref int at)
    {
        foreach (double value in values)
        {
            if (value >= maximum)
            {
                maximum = value;
                at = position;
            }

            position++;
        }
    }
}
