using Harrier.Domain;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.Mapping;

/// <summary>The newest ticker of each symbol. Of contracts only what changed is sent: the rest is remembered from the snapshot on.</summary>
internal sealed class TickerBoard(IMarketReceiver receiver)
{
    private const decimal Percent = 100;

    private readonly Dictionary<int, TickerData> _tickers = [];

    /// <summary>Takes a message.</summary>
    /// <returns>False for a change without a snapshot before it.</returns>
    public bool Take(SymbolEntry entry, TickerData data, bool isSnapshot, (Timestamp Exchange, Timestamp Received) times)
    {
        TickerData? known = isSnapshot ? new TickerData() : _tickers.GetValueOrDefault(entry.Instrument.Id.Index);
        if (known is null)
        {
            return false;
        }

        TickerData now = Merge(known, data);
        _tickers[entry.Instrument.Id.Index] = now;
        DeliverTicker(entry.Instrument.Id, now, times);
        if (data.MarkPrice is not null || data.IndexPrice is not null || data.FundingRate is not null || data.NextFundingTime is not null)
        {
            DeliverMark(entry, now, times);
        }

        return true;
    }

    private static TickerData Merge(TickerData known, TickerData news) => new()
    {
        Symbol = news.Symbol,
        LastPrice = news.LastPrice ?? known.LastPrice,
        PrevPrice24h = news.PrevPrice24h ?? known.PrevPrice24h,
        HighPrice24h = news.HighPrice24h ?? known.HighPrice24h,
        LowPrice24h = news.LowPrice24h ?? known.LowPrice24h,
        Volume24h = news.Volume24h ?? known.Volume24h,
        Turnover24h = news.Turnover24h ?? known.Turnover24h,
        Price24hPcnt = news.Price24hPcnt ?? known.Price24hPcnt,
        Bid1Price = news.Bid1Price ?? known.Bid1Price,
        Bid1Size = news.Bid1Size ?? known.Bid1Size,
        Ask1Price = news.Ask1Price ?? known.Ask1Price,
        Ask1Size = news.Ask1Size ?? known.Ask1Size,
        MarkPrice = news.MarkPrice ?? known.MarkPrice,
        IndexPrice = news.IndexPrice ?? known.IndexPrice,
        FundingRate = news.FundingRate ?? known.FundingRate,
        NextFundingTime = news.NextFundingTime ?? known.NextFundingTime,
    };

    private void DeliverTicker(InstrumentId instrument, TickerData now, (Timestamp Exchange, Timestamp Received) times)
    {
        if (now is { LastPrice: { } last, PrevPrice24h: { } open, HighPrice24h: { } high, LowPrice24h: { } low, Volume24h: { } volume, Turnover24h: { } turnover })
        {
            receiver.OnTicker(new TickerUpdate
            {
                Instrument = instrument,
                ExchangeTime = times.Exchange,
                ReceivedTime = times.Received,
                Last = last,
                Open = open,
                High = high,
                Low = low,
                Volume = volume,
                QuoteVolume = turnover,
                ChangePercent = now.Price24hPcnt * Percent,
                Bid = now.Bid1Price,
                BidSize = now.Bid1Size,
                Ask = now.Ask1Price,
                AskSize = now.Ask1Size,
            });
        }
    }

    private void DeliverMark(SymbolEntry entry, TickerData now, (Timestamp Exchange, Timestamp Received) times)
    {
        if (now is not { MarkPrice: > 0 and decimal mark, IndexPrice: { } index } || mark / (long.MaxValue / 2) > entry.Prices.Step)
        {
            return;
        }

        MarketEvent inTicks = new()
        {
            ExchangeTime = times.Exchange,
            ReceivedTime = times.Received,
            Price = new PriceTicks(Math.Max(1, (long)decimal.Round(mark / entry.Prices.Step))),
            Rate = (double)(now.FundingRate ?? 0),
            Instrument = entry.Instrument.Id,
            Kind = MarketEventKind.MarkPrice,
        };
        receiver.OnMarkPrice(new MarkPriceUpdate(entry.Instrument.Id, mark, index, now.FundingRate ?? 0, BybitWords.Instant(now.NextFundingTime), inTicks));
    }
}
