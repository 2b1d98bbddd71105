using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Fast stochastic of the RSI (Chande and Kroll, 1994), 0 to 100; 0 where the RSI did not move.
/// </summary>
public sealed class StochasticRsi : IPriceIndicator
{
    private readonly Rsi _rsi;
    private readonly Stochastic _stochastic;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n of the RSI, 2 or more.</param>
    /// <param name="fastK">Length of the window in which the RSI is ranked.</param>
    /// <param name="fastD">Length of the simple mean that makes %D.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public StochasticRsi(int period = 14, int fastK = 5, int fastD = 3)
    {
        _rsi = new Rsi(period);
        _stochastic = new Stochastic(fastK, 1, fastD);
    }

    /// <inheritdoc/>
    public bool IsReady => _stochastic.IsReady;

    /// <inheritdoc/>
    public int WarmUp => _rsi.WarmUp + _stochastic.WarmUp - 1;

    /// <summary>%K.</summary>
    public double Value => _stochastic.Value;

    /// <summary>%K, 0 to 100.</summary>
    public double K => _stochastic.K;

    /// <summary>%D, 0 to 100.</summary>
    public double D => _stochastic.D;

    /// <inheritdoc/>
    public int OutputCount => 2;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar) => Update(bar.Close);

    /// <inheritdoc/>
    public double Update(double value)
    {
        double rsi = _rsi.Update(value);
        return _rsi.IsReady ? _stochastic.Update(rsi, rsi, rsi) : double.NaN;
    }

    /// <inheritdoc/>
    public double Output(int index) => index switch
    {
        0 => K,
        1 => D,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    public void Reset()
    {
        _rsi.Reset();
        _stochastic.Reset();
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_rsi);
        writer.Write(_stochastic);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_rsi);
        reader.Read(_stochastic);
    }
}
