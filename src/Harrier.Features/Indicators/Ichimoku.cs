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
    private readonly RollingRange _conversion;
    private readonly RollingRange _base;
    private readonly RollingRange _span;

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
        _conversion = new RollingRange(conversion);
        _base = new RollingRange(baseLine);
        _span = new RollingRange(spanB);
    }

    /// <inheritdoc/>
    public bool IsReady => _conversion.IsFull && _base.IsFull && _span.IsFull;

    /// <inheritdoc/>
    public int WarmUp => _longest;

    /// <summary>The conversion line.</summary>
    public double Value => Conversion;

    /// <summary>Conversion line (tenkan-sen).</summary>
    public double Conversion => Middle(_conversion);

    /// <summary>Base line (kijun-sen).</summary>
    public double BaseLine => Middle(_base);

    /// <summary>Span A: mean of conversion and base line.</summary>
    public double SpanA => (Conversion + BaseLine) / 2;

    /// <summary>Span B: midpoint of the longest horizon.</summary>
    public double SpanB => Middle(_span);

    /// <inheritdoc/>
    public int OutputCount => 4;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        _conversion.Add(bar.High, bar.Low);
        _base.Add(bar.High, bar.Low);
        _span.Add(bar.High, bar.Low);
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
        _conversion.Reset();
        _base.Reset();
        _span.Reset();
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_conversion);
        writer.Write(_base);
        writer.Write(_span);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_conversion);
        reader.Read(_base);
        reader.Read(_span);
    }

    /// <summary>Bars by which charts draw the spans ahead.</summary>
    public int Displacement { get; }

    private double Middle(RollingRange range) => IsReady ? (range.Highest + range.Lowest) / 2 : double.NaN;
}
