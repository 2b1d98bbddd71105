using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>A bar while it is being made.</summary>
internal struct BarDraft
{
    private long _openTime;
    private long _lastTime;
    private long _open;
    private long _high;
    private long _low;
    private long _close;
    private double _volume;
    private double _quoteVolume;
    private double _takerBuyVolume;
    private long _tradeCount;
    private bool _countUnknown;

    /// <summary>True once something was added.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Sum of the sizes in base currency.</summary>
    public readonly double Volume => _volume;

    /// <summary>Sum of the values in quote currency.</summary>
    public readonly double QuoteVolume => _quoteVolume;

    /// <summary>Number of trades, or of bars whose trades were not counted.</summary>
    public readonly long TradeCount => _tradeCount;

    /// <summary>Start of the bar in nanoseconds.</summary>
    public readonly long OpenTime => _openTime;

    /// <summary>The latest instant known of the bar in nanoseconds.</summary>
    public readonly long LastTime => _lastTime;

    /// <summary>Highest price so far in ticks.</summary>
    public readonly long High => _high;

    /// <summary>Lowest price so far in ticks.</summary>
    public readonly long Low => _low;

    /// <summary>Begins a bar; nothing is in it yet.</summary>
    public void Start(long openTime, long price)
    {
        this = default;
        IsOpen = true;
        _openTime = _lastTime = openTime;
        _open = _high = _low = _close = price;
    }

    /// <summary>Adds a trade.</summary>
    /// <param name="trade">The trade.</param>
    /// <param name="time">Its time, not before the one added last.</param>
    public void Add(in TradePrint trade, long time)
    {
        long price = trade.Price.Value;
        _high = price > _high ? price : _high;
        _low = price < _low ? price : _low;
        _close = price;
        _lastTime = time;
        _volume += trade.Quantity;
        _quoteVolume += trade.Value;
        _takerBuyVolume += trade.IsSell ? 0 : trade.Quantity;
        _tradeCount++;
    }

    /// <summary>Widens the range by a price that nothing is counted of.</summary>
    public void See(long price)
    {
        _high = Math.Max(_high, price);
        _low = Math.Min(_low, price);
    }

    /// <summary>Adds a shorter bar.</summary>
    public void Add(in Bar bar)
    {
        _high = Math.Max(_high, bar.High.Value);
        _low = Math.Min(_low, bar.Low.Value);
        AddClose(in bar);
    }

    /// <summary>Adds a shorter bar of which only the close is looked at.</summary>
    public void AddClose(in Bar bar)
    {
        _high = Math.Max(_high, bar.Close.Value);
        _low = Math.Min(_low, bar.Close.Value);
        _close = bar.Close.Value;
        _lastTime = bar.CloseTime.Nanos;
        _volume += bar.Volume;
        _quoteVolume += bar.QuoteVolume;
        _takerBuyVolume += bar.TakerBuyVolume;
        _tradeCount += bar.TradeCount < 0 ? 1 : bar.TradeCount;
        _countUnknown |= bar.TradeCount < 0;
    }

    /// <summary>The bar with the prices seen.</summary>
    /// <param name="spec">Its kind with its own length.</param>
    /// <param name="instrument">Which instrument.</param>
    public readonly Bar ToBar(BarSpec spec, InstrumentId instrument) => ToBar(spec, instrument, (_open, _high, _low, _close));

    /// <summary>The bar with other prices.</summary>
    /// <param name="spec">Its kind with its own length.</param>
    /// <param name="instrument">Which instrument.</param>
    /// <param name="prices">Open, high, low and close in ticks.</param>
    public readonly Bar ToBar(BarSpec spec, InstrumentId instrument, (long Open, long High, long Low, long Close) prices) => new()
    {
        OpenTime = new Timestamp(_openTime),
        Open = new PriceTicks(prices.Open),
        High = new PriceTicks(prices.High),
        Low = new PriceTicks(prices.Low),
        Close = new PriceTicks(prices.Close),
        Volume = _volume,
        QuoteVolume = _quoteVolume,
        TakerBuyVolume = _takerBuyVolume,
        TradeCount = _countUnknown ? -1 : (int)Math.Min(_tradeCount, int.MaxValue),
        Spec = spec,
        Instrument = instrument,
    };
}
