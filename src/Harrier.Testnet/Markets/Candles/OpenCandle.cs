using Harrier.Domain;

namespace Harrier.Testnet.Markets;

/// <summary>The candle of one interval that is still growing. Changed in place: every trade meets one per interval.</summary>
internal sealed class OpenCandle
{
    private readonly CandleInterval _interval;
    private decimal _open;
    private decimal _high;
    private decimal _low;
    private decimal _volume;
    private decimal _quoteVolume;
    private decimal _takerBuyVolume;
    private decimal _takerBuyQuoteVolume;
    private int _tradeCount;
    private long _firstTradeId;
    private long _lastTradeId;

    /// <summary>A candle that is flat at a price.</summary>
    public OpenCandle(CandleInterval interval, Timestamp time, decimal price)
    {
        _interval = interval;
        Begin(interval.Start(time), price);
    }

    /// <summary>Start.</summary>
    public Timestamp Start { get; private set; }

    /// <summary>Start of the next candle.</summary>
    public Timestamp Next { get; private set; }

    /// <summary>Last price.</summary>
    public decimal Close { get; private set; }

    /// <summary>Changed since this was last set to false.</summary>
    public bool IsChanged { get; set; }

    /// <summary>When the growing candle was last announced, in nanoseconds.</summary>
    public long Announced { get; set; }

    /// <summary>Adds a later piece of the candle's time; one without trades changes nothing.</summary>
    public void Add(in Candle piece)
    {
        if (piece.TradeCount == 0)
        {
            return;
        }

        if (_tradeCount == 0)
        {
            _open = piece.Open;
            _high = piece.High;
            _low = piece.Low;
        }
        else
        {
            _high = Math.Max(_high, piece.High);
            _low = Math.Min(_low, piece.Low);
        }

        Close = piece.Close;
        _volume += piece.Volume;
        _quoteVolume += piece.QuoteVolume;
        _takerBuyVolume += piece.TakerBuyVolume;
        _takerBuyQuoteVolume += piece.TakerBuyQuoteVolume;
        _tradeCount += piece.TradeCount;
        _firstTradeId = _firstTradeId < 0 ? piece.FirstTradeId : _firstTradeId;
        _lastTradeId = piece.LastTradeId < 0 ? _lastTradeId : piece.LastTradeId;
        IsChanged = true;
    }

    /// <summary>Begins the candle that holds a time, flat at the last price.</summary>
    public void MoveTo(Timestamp time) => Begin(_interval.Start(time), Close);

    /// <summary>The candle as it stands.</summary>
    public Candle ToCandle() => new()
    {
        OpenTime = Start,
        CloseTime = new Timestamp(Next.Nanos - 1_000_000),
        Open = _open,
        High = _high,
        Low = _low,
        Close = Close,
        Volume = _volume,
        QuoteVolume = _quoteVolume,
        TakerBuyVolume = _takerBuyVolume,
        TakerBuyQuoteVolume = _takerBuyQuoteVolume,
        TradeCount = _tradeCount,
        FirstTradeId = _firstTradeId,
        LastTradeId = _lastTradeId,
    };

    private void Begin(Timestamp start, decimal price)
    {
        Start = start;
        Next = _interval.Next(start);
        _open = price;
        _high = price;
        _low = price;
        Close = price;
        _volume = 0;
        _quoteVolume = 0;
        _takerBuyVolume = 0;
        _takerBuyQuoteVolume = 0;
        _tradeCount = 0;
        _firstTradeId = -1;
        _lastTradeId = -1;
        IsChanged = false;
    }
}
