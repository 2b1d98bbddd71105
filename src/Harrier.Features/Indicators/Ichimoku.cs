using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Ichimoku kinko hyo (Hosoda): midpoints of the high-low range on three horizons. The spans are given at the bar where they become
/// known; charts draw them <see cref="Displacement"/> bars ahead. The lagging span is the close drawn back and no output: as a signal it
/// would look into the future.
/// </summary>
public sealed class Ichimoku : IIndicator
{
    private readonly int _longest;
    private readonly RollingFold<Maximum> _conversionHighs;
    private readonly RollingFold<Minimum> _conversionLows;
    private readonly RollingFold<Maximum> _baseHighs;
    private readonly RollingFold<Minimum> _baseLows;
    private readonly RollingFold<Maximum> _spanHighs;
    private readonly RollingFold<Minimum> _spanLows;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="conversion">Bars of the conversion line.</param>
    /// <param name="baseLine">Bars of the base line; also the displacement.</param>
    /// <param name="spanB">Bars of span B.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Ichimoku(int conversion = 9, int baseLine = 26, int spanB = 52)
    {
        IndicatorParameterException.RequirePeriod(conversion);
        IndicatorParameterException.RequirePeriod(baseLine);
        IndicatorParameterException.RequirePeriod(spanB);
        Displacement = baseLine;
        _longest = Math.Max(conversion, Math.Max(baseLine, spanB));
        _conversionHighs = new RollingFold<Maximum>(conversion);
        _conversionLows = new RollingFold<Minimum>(conversion);
        _baseHighs = new RollingFold<Maximum>(baseLine);
        _baseLows = new RollingFold<Minimum>(baseLine);
        _spanHighs = new RollingFold<Maximum>(spanB);
        _spanLows = new RollingFold<Minimum>(spanB);
    }

    /// <inheritdoc/>
    public bool IsReady => _conversionHighs.IsFull && _baseHighs.IsFull && _spanHighs.IsFull;

    /// <inheritdoc/>
    public int WarmUp => _longest;

    /// <summary>The conversion line.</summary>
    public double Value => Conversion;

    /// <summary>Conversion line (tenkan-sen).</summary>
    public double Conversion => Middle(_conversionHighs, _conversionLows);

    /// <summary>Base line (kijun-sen).</summary>
    public double BaseLine => Middle(_baseHighs, _baseLows);

    /// <summary>Span A: mean of conversion and base line.</summary>
    public double SpanA => (Conversion + BaseLine) / 2;

    /// <summary>Span B: midpoint of the longest horizon.</summary>
    public double SpanB => Middle(_spanHighs, _spanLows);

    /// <inheritdoc/>
    public int OutputCount => 4;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        _conversionHighs.Add(bar.High);
        _conversionLows.Add(bar.Low);
        _baseHighs.Add(bar.High);
        _baseLows.Add(bar.Low);
        _spanHighs.Add(bar.High);
        _spanLows.Add(bar.Low);
        return Value;
    }

    /// <inheritdoc/>
    public double Output(int index) => index switch
    {
        0 => Conversion,
        1 => BaseLine,
        2 => SpanA,
        3 => SpanB,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    public void Reset()
    {
        _conversionHighs.Reset();
        _conversionLows.Reset();
        _baseHighs.Reset();
        _baseLows.Reset();
        _spanHighs.Reset();
        _spanLows.Reset();
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_conversionHighs);
        writer.Write(_conversionLows);
        writer.Write(_baseHighs);
        writer.Write(_baseLows);
        writer.Write(_spanHighs);
        writer.Write(_spanLows);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_conversionHighs);
        reader.Read(_conversionLows);
        reader.Read(_baseHighs);
        reader.Read(_baseLows);
        reader.Read(_spanHighs);
        reader.Read(_spanLows);
    }

    /// <summary>Bars by which charts draw the spans ahead.</summary>
    public int Displacement { get; }

    private double Middle(RollingFold<Maximum> highs, RollingFold<Minimum> lows) => IsReady ? (highs.Value + lows.Value) / 2 : double.NaN;
}
