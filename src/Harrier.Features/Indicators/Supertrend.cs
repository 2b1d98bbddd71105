using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Supertrend (Seban): a stop line at a multiple of the average true range from the middle of the bar that only tightens until the close
/// crosses it. The first direction is up when the close is at or above the middle of its bar.
/// </summary>
public sealed class Supertrend : IIndicator
{
    private readonly Atr _range;
    private readonly double _multiplier;
    private double _upper = double.NaN;
    private double _lower = double.NaN;
    private double _previousClose = double.NaN;
    private bool _isUp;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n of the average true range (Wilder), 1 or more.</param>
    /// <param name="multiplier">Distance in average true ranges, above 0.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Supertrend(int period = 10, double multiplier = 3)
    {
        _range = new Atr(period);
        _multiplier = IndicatorParameterException.RequirePositive(multiplier);
    }

    /// <inheritdoc/>
    public bool IsReady => _range.IsReady;

    /// <inheritdoc/>
    public int WarmUp => _range.WarmUp;

    /// <summary>The stop line: below the price in an up trend, above it in a down trend.</summary>
    public double Value => _isUp ? _lower : _upper;

    /// <summary>1 up, -1 down; NaN while warming up.</summary>
    public double Direction => !IsReady ? double.NaN : _isUp ? 1 : -1;

    /// <inheritdoc/>
    public int OutputCount => 2;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        double range = _range.Update(bar);
        if (_range.IsReady)
        {
            Move(bar, _multiplier * range);
        }

        _previousClose = bar.Close;
        return Value;
    }

    /// <inheritdoc/>
    public double Output(int index) => index switch
    {
        0 => Value,
        1 => Direction,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    public void Reset()
    {
        _range.Reset();
        _upper = double.NaN;
        _lower = double.NaN;
        _previousClose = double.NaN;
        _isUp = false;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_range);
        writer.Write(_upper);
        writer.Write(_lower);
        writer.Write(_previousClose);
        writer.Write(_isUp);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_range);
        _upper = reader.ReadDouble();
        _lower = reader.ReadDouble();
        _previousClose = reader.ReadDouble();
        _isUp = reader.ReadBoolean();
    }

    private void Move(in Ohlcv bar, double distance)
    {
        double middle = (bar.High + bar.Low) / 2;
        double upper = middle + distance;
        double lower = middle - distance;
        if (double.IsNaN(_upper))
        {
            _upper = upper;
            _lower = lower;
            _isUp = bar.Close >= middle;
        }

        if (upper < _upper || _previousClose > _upper)
        {
            _upper = upper;
        }

        if (lower > _lower || _previousClose < _lower)
        {
            _lower = lower;
        }

        _isUp = bar.Close > (_isUp ? _lower : _upper);
    }
}
