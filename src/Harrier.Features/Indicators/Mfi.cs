using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Money flow index (Quong and Soudack, 1989): RSI's form over typical price times volume, 0 to 100. An unchanged typical price counts for
/// neither side. TA-Lib returns 0 wherever the total flow is below 1, which is wrong for tiny prices; here only a flow of exactly 0 gives 0.
/// </summary>
public sealed class Mfi : IIndicator
{
    private readonly int _period;
    private readonly RollingFold<Summation> _positive;
    private readonly RollingFold<Summation> _negative;
    private double _previous = double.NaN;
    private double _value = double.NaN;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n, 1 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Mfi(int period = 14)
    {
        _period = IndicatorParameterException.RequirePeriod(period);
        _positive = new RollingFold<Summation>(period);
        _negative = new RollingFold<Summation>(period);
    }

    /// <inheritdoc/>
    public bool IsReady => _positive.IsFull;

    /// <inheritdoc/>
    public int WarmUp => _period + 1;

    /// <inheritdoc/>
    public double Value => _value;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        double price = bar.TypicalPrice;
        double change = price - _previous;
        _previous = price;
        if (double.IsNaN(change))
        {
            return _value;
        }

        // Without a branch on the sign, which no processor predicts; an unchanged price is rare.
        double flow = change == 0 ? 0 : Math.CopySign(price * bar.Volume, change);
        double inflow = double.MaxNative(flow, 0);
        double positive = _positive.Add(inflow);
        double negative = _negative.Add(inflow - flow);
        if (_positive.IsFull)
        {
            double total = positive + negative;
            _value = total == 0 ? 0 : 100 * (positive / total);
        }

        return _value;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _positive.Reset();
        _negative.Reset();
        _previous = double.NaN;
        _value = double.NaN;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_positive);
        writer.Write(_negative);
        writer.Write(_previous);
        writer.Write(_value);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_positive);
        reader.Read(_negative);
        _previous = reader.ReadDouble();
        _value = reader.ReadDouble();
    }
}
