using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Exchanges.Bybit.Mapping;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.History;

/// <summary>The venue's rows as rows of history. Pure; what cannot be a row is an exception of reading.</summary>
internal static class HistoryMapping
{
    private const int BarWidth = 7;
    private const int LevelWidth = 2;

    /// <summary>Bars oldest first.</summary>
    public static List<HistoricalBar> Bars(KlinesMessage message, string symbol)
    {
        if (message.Symbol is { } told && told != symbol)
        {
            throw new JsonException("bars of another symbol");
        }

        List<HistoricalBar> bars = message.List.ConvertAll(Bar);
        bars.Reverse();
        return bars;
    }

    /// <summary>Payments oldest first.</summary>
    public static List<HistoricalFunding> Funding(ListMessage<FundingRateMessage> message)
    {
        List<HistoricalFunding> payments = message.List.ConvertAll(static row => new HistoricalFunding
        {
            Time = long.TryParse(row.FundingRateTimestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long time) ? Time(time) : throw new JsonException("a time was expected"),
            Rate = row.FundingRate,
        });
        payments.Reverse();
        return payments;
    }

    public static HistoricalBook Book(OrderBookMessage message) => new()
    {
        Time = Time(message.CreatedTime ?? message.Time),
        UpdateId = message.UpdateId,
        Bids = [.. message.Bids.Select(Level)],
        Asks = [.. message.Asks.Select(Level)],
    };

    /// <summary>The best prices of a book.</summary>
    public static BestLevels Best(OrderBookMessage message) => new([.. message.Bids.Select(Level)], [.. message.Asks.Select(Level)]);

    /// <summary>What the venue lists of symbols.</summary>
    public static IReadOnlyDictionary<string, HistoryListing> Listings(BybitMarket market, VenueId venue, IReadOnlyList<InstrumentMessage> listed, IReadOnlyList<string> wanted)
    {
        HashSet<string> names = new(wanted, StringComparer.Ordinal);
        Dictionary<string, HistoryListing> listings = new(StringComparer.Ordinal);
        foreach (InstrumentMessage instrument in listed.Where(instrument => names.Contains(instrument.Symbol)))
        {
            if (SymbolMapping.RulesOf(market, venue, instrument) is { } rules)
            {
                listings[instrument.Symbol] = Listing(rules, instrument.LaunchTime);
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

    private static HistoricalBar Bar(decimal[] row)
    {
        if (row.Length != BarWidth || row[0] != decimal.Truncate(row[0]) || row[0] is < 0 or > long.MaxValue)
        {
            throw new JsonException("a row of seven values was expected");
        }

        return new HistoricalBar
        {
            OpenTime = Time((long)row[0]),
            Open = row[1],
            High = row[2],
            Low = row[3],
            Close = row[4],
            Volume = row[5],
            QuoteVolume = row[6],
        };
    }

    private static HistoricalLevel Level(decimal[] level) =>
        level.Length == LevelWidth ? new HistoricalLevel(level[0], level[1]) : throw new JsonException("a level of price and size was expected");

    private static Timestamp Time(long value) => VenueTime.TryRead(value, out Timestamp time) ? time : throw new JsonException("a time was expected");
}
