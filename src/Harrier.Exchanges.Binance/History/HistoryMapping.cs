using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.History;

/// <summary>The venue's rows as rows of history. Pure; what cannot be a row is an exception of reading.</summary>
internal static class HistoryMapping
{
    private const long NanosPerMillisecond = 1_000_000;
    private const int LevelWidth = 2;

    /// <exception cref="JsonException">The bar does not end where bars of this length end: the row is not whole.</exception>
    public static HistoricalBar Bar(KlineMessage row, BarSpec interval)
    {
        Timestamp open = Time(row.OpenTime);
        Timestamp close = Time(row.CloseTime);
        long last = open.Nanos + interval.IntervalNanos - close.Nanos;
        return last is > 0 and <= NanosPerMillisecond
            ? new HistoricalBar
            {
                OpenTime = open,
                Open = row.Open,
                High = row.High,
                Low = row.Low,
                Close = row.Close,
                Volume = row.Volume,
                QuoteVolume = row.QuoteVolume,
                TradeCount = row.TradeCount,
                TakerBuyVolume = row.TakerBuyVolume,
                TakerBuyQuoteVolume = row.TakerBuyQuoteVolume,
            }
            : throw new JsonException("a bar ends at another time than bars of its length do");
    }

    public static HistoricalTrade Trade(AggregateTradeMessage row) => new()
    {
        Id = row.Id,
        Time = Time(row.Time),
        Price = row.Price,
        Quantity = row.Quantity,
        IsSell = row.IsBuyerMaker,
        FirstTradeId = row.FirstId,
        LastTradeId = row.LastId,
    };

    public static HistoricalFunding Funding(FundingRateMessage row) => new() { Time = Time(row.FundingTime), Rate = row.FundingRate, MarkPrice = row.MarkPrice };

    public static HistoricalBook Book(BookMessage message, Timestamp now) => new()
    {
        Time = message.Time is { } told ? Time(told) : now,
        UpdateId = message.LastUpdateId,
        Bids = [.. message.Bids.Select(Level)],
        Asks = [.. message.Asks.Select(Level)],
    };

    /// <summary>The best prices of a book.</summary>
    public static BestLevels Best(BookMessage message) => new([.. message.Bids.Select(Level)], [.. message.Asks.Select(Level)]);

    /// <summary>What the venue lists of symbols.</summary>
    public static IReadOnlyDictionary<string, HistoryListing> Listings(BinanceMarket market, VenueId venue, ExchangeInfoMessage message, IReadOnlyList<string> wanted)
    {
        HashSet<string> names = new(wanted, StringComparer.Ordinal);
        Dictionary<string, HistoryListing> listings = new(StringComparer.Ordinal);
        foreach (SymbolMessage symbol in message.Symbols.Where(symbol => names.Contains(symbol.Symbol)))
        {
            if (SymbolMapping.RulesOf(market, venue, symbol) is { } rules)
            {
                listings[symbol.Symbol] = Listing(rules, symbol.OnboardDate);
            }
        }

        return listings;
    }

    private static HistoryListing Listing(SymbolRules rules, long? since) => new()
    {
        Symbol = rules.Definition.Symbol,
        Kind = rules.Definition.Kind,
        TickSize = rules.Definition.TickSize,
        LotSize = rules.Definition.LotSize,
        Status = rules.Status,
        IsTrading = rules.IsTrading,
        ListedSince = since is > 0 ? Time(since.Value) : null,
    };

    private static HistoricalLevel Level(decimal[] level) =>
        level.Length == LevelWidth ? new HistoricalLevel(level[0], level[1]) : throw new JsonException("a level of price and size was expected");

    private static Timestamp Time(long value) => VenueTime.TryRead(value, out Timestamp time) ? time : throw new JsonException("a time was expected");
}
