using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>
/// Tick imbalance bars (Lopez de Prado, Advances in Financial Machine Learning, 2018, 2.3.2.1): a bar is full when buys and sells differ by more trades than
/// was to be expected, |theta| >= E[T] * |E[b]|. The side of a trade is that of its taker, which venues tell, instead of the tick rule.
/// </summary>
/// <remarks>
/// E[T] is the exponentially weighted mean of the trades per bar over a span of 20 bars, from the size of the series on; E[b] that of the sides (+1, -1)
/// over a span of 20 times that size, from 0 on. Both are taken when a bar begins. As the book gives it the threshold feeds back on itself until every
/// trade is a bar, or none ends. Therefore |E[b]| counts as 1 / sqrt(E[T]) at least, because a smaller mean of E[T] sides is chance and a fair coin
/// reaches sqrt(E[T]) in E[T] steps on average; and E[T] stays within a quarter and four times the size, between which a balanced market lets it drift.
/// Of shorter bars the side is the share of taker buys, or without one the direction of the bar.
/// </remarks>
public sealed class ImbalanceBars : BarBuilder
{
    private const double SpanOfBars = 20;
    private const double Range = 4;

    private readonly double _sideWeight;
    private double _expectedTrades;
    private double _expectedSide;
    private double _threshold;
    private double _theta;

    /// <summary>A builder before its first trade.</summary>
    /// <exception cref="ArgumentException">The series is of another kind.</exception>
    public ImbalanceBars(Instrument instrument, BarSpec spec)
        : base(instrument, spec)
    {
        if (spec.Kind != BarKind.Imbalance)
        {
            throw new ArgumentException($"{spec} is not of kind {BarKind.Imbalance}", nameof(spec));
        }

        _sideWeight = 2 / ((SpanOfBars * Size) + 1);
        _expectedTrades = Size;
        _threshold = Math.Sqrt(Size);
    }

    /// <inheritdoc/>
    public override void Save(ref StateWriter writer)
    {
        base.Save(ref writer);
        writer.Write(_expectedTrades);
        writer.Write(_expectedSide);
        writer.Write(_threshold);
        writer.Write(_theta);
    }

    /// <inheritdoc/>
    public override void Restore(ref StateReader reader)
    {
        base.Restore(ref reader);
        _expectedTrades = reader.ReadDouble();
        _expectedSide = reader.ReadDouble();
        _threshold = reader.ReadDouble();
        _theta = reader.ReadDouble();
    }

    private protected override void Take(in TradePrint trade, long time)
    {
        if (!Draft.IsOpen)
        {
            Start(time, trade.Price.Value);
        }

        double side = trade.IsSell ? -1 : 1;
        Draft.Add(in trade, Math.Max(time, Draft.OpenTime));
        _theta += side;
        _expectedSide += _sideWeight * (side - _expectedSide);
        CloseWhenFull();
    }

    private protected override void Take(in Bar bar)
    {
        if (!Draft.IsOpen)
        {
            Start(bar.OpenTime.Nanos, bar.Open.Value);
        }

        double share = (2 * bar.TakerBuyVolume / bar.Volume) - 1;
        double side = double.IsFinite(share) ? share : Math.Sign(bar.Close.Value - bar.Open.Value);
        double trades = bar.TradeCount < 0 ? 1 : bar.TradeCount;
        Draft.Add(in bar);
        _theta += trades * side;
        _expectedSide += (1 - Math.Pow(1 - _sideWeight, trades)) * (side - _expectedSide);
        CloseWhenFull();
    }

    private void CloseWhenFull()
    {
        if (Math.Abs(_theta) >= _threshold)
        {
            double trades = _expectedTrades + (2 / (SpanOfBars + 1) * (Draft.TradeCount - _expectedTrades));
            _expectedTrades = Math.Clamp(trades, Math.Max(1, Size / Range), Size * Range);
            _threshold = _expectedTrades * Math.Max(Math.Abs(_expectedSide), 1 / Math.Sqrt(_expectedTrades));
            _theta = 0;
            Close();
        }
    }
}
