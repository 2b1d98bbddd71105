using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// On-balance volume (Granville, 1963): volume added on a higher close and taken away on a lower one. The running total is compensated
/// (Neumaier, 1974), so that years of small volumes are not lost beside it.
/// </summary>
public sealed class Obv : IIndicator
{
    private readonly ObvStart _start;
    private double _previousClose = double.NaN;
    private double _total;
    private double _lost;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="start">Level of the first bar.</param>
    public Obv(ObvStart start = ObvStart.FirstVolume)
    {
        _start = start;
    }

    /// <inheritdoc/>
    public bool IsReady => !double.IsNaN(_previousClose);

    /// <inheritdoc/>
    public int WarmUp => 1;

    /// <inheritdoc/>
    public double Value => IsReady ? _total + _lost : double.NaN;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        double change = bar.Close - _previousClose;
        _previousClose = bar.Close;
        if (double.IsNaN(change))
        {
            _total = _start == ObvStart.FirstVolume ? bar.Volume : 0;
        }
        else if (change != 0)
        {
            Add(change > 0 ? bar.Volume : -bar.Volume);
        }

        return Value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _previousClose = double.NaN;
        _total = 0;
        _lost = 0;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_previousClose);
        writer.Write(_total);
        writer.Write(_lost);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _previousClose = reader.ReadDouble();
        _total = reader.ReadDouble();
        _lost = reader.ReadDouble();
    }

    private void Add(double volume)
    {
        double total = _total + volume;
        _lost += Math.Abs(_total) >= Math.Abs(volume) ? _total - total + volume : volume - total + _total;
        _total = total;
    }
}
