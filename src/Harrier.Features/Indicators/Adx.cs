using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Average directional index (Wilder, 1978): strength of a trend, 0 to 100, as the average of DX. Where DX is undefined it stays.
/// </summary>
public sealed class Adx : IIndicator
{
    private readonly DirectionalMovement _movement;
    private readonly Smoother _average;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n, 2 or more.</param>
    /// <param name="smoothing">How ranges, movements and DX are averaged.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Adx(int period = 14, Smoothing smoothing = Smoothing.Wilder)
    {
        _movement = new DirectionalMovement(period, smoothing);
        _average = new Smoother(period, smoothing);
    }

    /// <inheritdoc/>
    public bool IsReady => _average.IsReady;

    /// <inheritdoc/>
    public int WarmUp => _movement.WarmUp + _average.WarmUp - 1;

    /// <inheritdoc/>
    public double Value => _average.Value;

    /// <summary>+DI of the same period.</summary>
    public double PlusDi => _movement.PlusDi;

    /// <summary>-DI of the same period.</summary>
    public double MinusDi => _movement.MinusDi;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        _movement.Advance(bar);
        if (_movement.IsReady)
        {
            if (_movement.HasDirection)
            {
                _average.Update(_movement.Dx);
            }
            else if (!_average.IsReady)
            {
                _average.Update(0);
            }
        }

        return _average.Value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _movement.Reset();
        _average.Reset();
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_movement);
        writer.Write(_average);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_movement);
        reader.Read(_average);
    }

    internal double Rises => _movement.Rises;

    internal double Falls => _movement.Falls;
}
