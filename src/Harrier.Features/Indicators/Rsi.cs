using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Relative strength index (Wilder, 1978): 100 times the average gain over average gain plus average loss, 0 to 100. As in TA-Lib
/// it is 0 where there was neither gain nor loss, unless told otherwise. <see cref="Smoothing.Simple"/> gives Cutler's variant.
/// </summary>
public sealed class Rsi : IPriceIndicator
{
    private readonly Smoother _gains;
    private readonly Smoother _losses;
    private readonly double _flat;
    private double _previous = double.NaN;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n, 2 or more.</param>
    /// <param name="smoothing">How gains and losses are averaged.</param>
    /// <param name="seeding">Where exponential averages start.</param>
    /// <param name="flat">The value where there was neither gain nor loss; 50 says that neither side leads.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Rsi(int period = 14, Smoothing smoothing = Smoothing.Wilder, Seeding seeding = Seeding.SimpleMean, double flat = 0)
    {
        IndicatorParameterException.RequirePeriod(period, 2);
        _gains = new Smoother(period, smoothing, seeding);
        _losses = new Smoother(period, smoothing, seeding);
        _flat = flat;
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
        _value = total == 0 ? _flat : 100 * (gain / total);
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

    internal double AverageGain => _gains.Value;

    internal double AverageLoss => _losses.Value;
}
