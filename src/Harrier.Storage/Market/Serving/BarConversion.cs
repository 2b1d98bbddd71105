using Harrier.Domain;

namespace Harrier.Storage.Market.Serving;

/// <summary>Makes engine bars of stored columns, in one buffer.</summary>
/// <param name="instrument">What was traded.</param>
/// <param name="spec">What to write into the bars.</param>
internal sealed class BarConversion(Instrument instrument, BarSpec spec)
{
    private readonly TickSnap _snap = new(instrument);
    private readonly long[][] _prices = [[], [], [], []];
    private Bar[] _bars = [];

    /// <summary>Prices moved to the grid so far.</summary>
    public long SnappedPrices => _snap.Snapped;

    /// <summary>The bars of a block; valid until the next call.</summary>
    /// <exception cref="StoreException">A bar breaks the rules of a bar.</exception>
    /// <exception cref="Harrier.Storage.Bars.BarDataException">A price is off the grid.</exception>
    public ReadOnlyMemory<Bar> Convert(BarBlock block, SeriesKey key)
    {
        int count = block.Count;
        if (_bars.Length < count)
        {
            _bars = new Bar[count];
            for (int i = 0; i < _prices.Length; i++)
            {
                _prices[i] = new long[count];
            }
        }

        ReadOnlySpan<long> times = block.OpenTimeNanos;
        _snap.Convert(block.Open, _prices[0], times);
        _snap.Convert(block.High, _prices[1], times);
        _snap.Convert(block.Low, _prices[2], times);
        _snap.Convert(block.Close, _prices[3], times);
        Fill(block, key);
        return _bars.AsMemory(0, count);
    }

    private void Fill(BarBlock block, SeriesKey key)
    {
        int count = block.Count;
        ReadOnlySpan<long> times = block.OpenTimeNanos;
        ReadOnlySpan<long> open = _prices[0].AsSpan(0, count);
        ReadOnlySpan<long> high = _prices[1].AsSpan(0, count);
        ReadOnlySpan<long> low = _prices[2].AsSpan(0, count);
        ReadOnlySpan<long> close = _prices[3].AsSpan(0, count);
        ReadOnlySpan<double> volume = block.Volume;
        ReadOnlySpan<double> quoteVolume = block.QuoteVolume;
        ReadOnlySpan<double> takerBuyVolume = block.TakerBuyVolume;
        ReadOnlySpan<long> tradeCount = block.TradeCount;
        Span<Bar> bars = _bars.AsSpan(0, count);
        for (int i = 0; i < bars.Length; i++)
        {
            bool valid = low[i] > 0 && low[i] <= Math.Min(open[i], close[i]) && high[i] >= Math.Max(open[i], close[i]) && volume[i] >= 0;
            if (!valid)
            {
                Refuse(key, new Timestamp(times[i]));
            }

            bars[i] = new Bar
            {
                OpenTime = new Timestamp(times[i]),
                Open = new PriceTicks(open[i]),
                High = new PriceTicks(high[i]),
                Low = new PriceTicks(low[i]),
                Close = new PriceTicks(close[i]),
                Volume = volume[i],
                QuoteVolume = quoteVolume[i],
                TakerBuyVolume = takerBuyVolume[i],
                TradeCount = (int)Math.Min(tradeCount[i], int.MaxValue),
                Spec = spec,
                Instrument = instrument.Id,
            };
        }
    }

    private static void Refuse(SeriesKey key, Timestamp time) => throw new StoreException(
        key.ToString(), $"the bar at {time} breaks the rules of a bar: prices above 0, high and low enclosing open and close, no volume below 0", "data check names all such bars, data repair fetches them again");
}
