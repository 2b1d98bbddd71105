using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Chande momentum oscillator: 100 times average gain minus average loss over their sum, -100 to 100; 0 where there was neither.
/// TA-Lib averages as Wilder does; Chande's own definition (1994) is <see cref="Smoothing.Simple"/>.
/// </summary>
public sealed class Cmo : IPriceIndicator
{
    private readonly Smoother _gains;
    private readonly Smoother _losses;
    private double _previous = double.NaN;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n, 2 or more.</param>
    /// <param name="smoothing">How gains and losses are averaged.</param>
    /// <param name="seeding">Where exponential averages start.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Cmo(int period = 14, Smoothing smoothing = Smoothing.Wilder, Seeding seeding = Seeding.SimpleMean)
    {
        IndicatorParameterException.RequirePeriod(period, 2);
        _gains = new Smoother(period, smoothing, seeding);
        _losses = new Smoother(period, smoothing, seeding);
    }

    /// <inheritdoc/>
    public bool IsReady => _gains.IsReady;

    /// <inheritdoc/>
    public int WarmUp => _gains.WarmUp + 1;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar) => Update(bar.Close);

    /// <inheritdoc/>
    public double Update(double value)
    {
        double change = value - _previous;
        _previous = value;
        if (double.IsNaN(change))
        {
            return _value;
        }

        // Without a branch: the sign of a price change is a coin toss that no processor predicts.
        double rise = double.MaxNative(change, 0);
        double gain = _gains.Update(rise);
        double loss = _losses.Update(rise - change);
        double total = gain + loss;
        _value = total == 0 ? 0 : 100 * ((gain - loss) / total);
        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _gains.Reset();
        _losses.Reset();
        _previous = double.NaN;
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_gains);
        writer.Write(_losses);
        writer.Write(_previous);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_gains);
        reader.Read(_losses);
        _previous = reader.ReadDouble();
        _value = reader.ReadDouble();
    }
}
