using Harrier.Domain;

namespace Harrier.Testnet.Markets;

/// <summary>Running sums over the closed minutes of the last 24 hours of one symbol; extremes are searched again only after one of them left.</summary>
internal sealed class DayWindow
{
    private long _from;
    private long _to;
    private bool _isStale;

    /// <summary>Traded amount of the base asset.</summary>
    public decimal Volume { get; private set; }

    /// <summary>Traded amount of the quote asset.</summary>
    public decimal QuoteVolume { get; private set; }

    /// <summary>Number of trades.</summary>
    public long TradeCount { get; private set; }

    /// <summary>Highest price traded; 0 without trades.</summary>
    public decimal High { get; private set; }

    /// <summary>Lowest price traded; 0 without trades.</summary>
    public decimal Low { get; private set; }

    /// <summary>First price; null while the window holds no closed minute.</summary>
    public decimal? Open { get; private set; }

    /// <summary>Last price before the window; null when the history does not reach so far.</summary>
    public decimal? PreviousClose { get; private set; }

    /// <summary>Takes in what closed and lets go what is older than a time.</summary>
    public void Update(CandleRing minutes, Timestamp oldest)
    {
        long forgotten = minutes.Added - minutes.Count;
        if (_from < forgotten)
        {
            Restart(forgotten);
        }

        while (_to < minutes.Added)
        {
            Take(minutes[(int)(_to++ - forgotten)]);
        }

        while (_from < _to && minutes[(int)(_from - forgotten)].OpenTime < oldest)
        {
            Drop(minutes[(int)(_from++ - forgotten)]);
        }

        if (_isStale)
        {
            FindExtremes(minutes, forgotten);
        }

        Open = _from < _to ? minutes[(int)(_from - forgotten)].Open : null;
        PreviousClose = _from > forgotten ? minutes[(int)(_from - 1 - forgotten)].Close : null;
    }

    private void Restart(long from)
    {
        _from = from;
        _to = from;
        _isStale = false;
        Volume = 0;
        QuoteVolume = 0;
        TradeCount = 0;
        High = 0;
        Low = 0;
    }

    private void Take(in Candle minute)
    {
        if (minute.TradeCount == 0)
        {
            return;
        }

        Volume += minute.Volume;
        QuoteVolume += minute.QuoteVolume;
        TradeCount += minute.TradeCount;
        High = Math.Max(High, minute.High);
        Low = Low == 0 ? minute.Low : Math.Min(Low, minute.Low);
    }

    private void Drop(in Candle minute)
    {
        if (minute.TradeCount == 0)
        {
            return;
        }

        Volume -= minute.Volume;
        QuoteVolume -= minute.QuoteVolume;
        TradeCount -= minute.TradeCount;
        _isStale |= minute.High >= High || minute.Low <= Low;
    }

    private void FindExtremes(CandleRing minutes, long forgotten)
    {
        High = 0;
        Low = 0;
        for (long i = _from; i < _to; i++)
        {
            ref readonly Candle minute = ref minutes[(int)(i - forgotten)];
            if (minute.TradeCount > 0)
            {
                High = Math.Max(High, minute.High);
                Low = Low == 0 ? minute.Low : Math.Min(Low, minute.Low);
            }
        }

        _isStale = false;
    }
}
