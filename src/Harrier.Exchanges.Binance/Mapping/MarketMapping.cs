using Harrier.Domain;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>What the mapping of a message led to; the order is that of weight.</summary>
internal enum MappingResult : byte
{
    Done = 0,
    Skipped = 1,
    OffGrid = 2,
    Malformed = 3,
}

/// <summary>Makes our values of the properties of Binance's market messages. Pure: no state, and nothing is sent anywhere.</summary>
internal static class MarketMapping
{
    public static MappingResult Trade(in MessageFields fields, SymbolEntry entry, char idKey, Timestamp received, out MarketEvent trade)
    {
        trade = default;
        if (fields.TryText('X', out ReadOnlySpan<byte> kind) && !kind.SequenceEqual("MARKET"u8))
        {
            // Insurance fund and deleveraging: they did not happen in the book.
            return MappingResult.Skipped;
        }

        NumberFault number = Worse(fields.ReadSteps('p', entry.Prices, out long ticks), fields.ReadSteps('q', entry.Sizes, out long lots));
        if (number != NumberFault.None)
        {
            return Of(number);
        }

        if (ticks == 0 || lots == 0 || !fields.TryInteger(idKey, out long id) || !TryTime(in fields, 'T', out Timestamp time) || !fields.TryBoolean('m', out bool isBuyerMaker))
        {
            return MappingResult.Malformed;
        }

        trade = new MarketEvent
        {
            ExchangeTime = time,
            ReceivedTime = received,
            Price = new PriceTicks(ticks),
            Size = new SizeLots(lots),
            TradeId = id,
            Instrument = entry.Instrument.Id,
            Kind = MarketEventKind.Trade,
            IsSell = isBuyerMaker,
        };
        return MappingResult.Done;
    }

    public static MappingResult Top(in MessageFields fields, SymbolEntry entry, Timestamp received, out TopUpdate top)
    {
        top = default;
        NumberFault bid = Worse(fields.ReadSteps('b', entry.Prices, out long bidTicks), fields.ReadSteps('B', entry.Sizes, out long bidLots));
        NumberFault ask = Worse(fields.ReadSteps('a', entry.Prices, out long askTicks), fields.ReadSteps('A', entry.Sizes, out long askLots));
        Timestamp time = received;
        int timeKey = fields.Has('T') ? 'T' : 'E';
        if (Worse(bid, ask) is not NumberFault.None and NumberFault worst)
        {
            return Of(worst);
        }

        if (!fields.TryInteger('u', out long updateId) || (fields.Has(timeKey) && !TryTime(in fields, timeKey, out time)))
        {
            return MappingResult.Malformed;
        }

        BookTop book = new(new BookLevel(new PriceTicks(bidTicks), new SizeLots(bidLots)), new BookLevel(new PriceTicks(askTicks), new SizeLots(askLots)));
        top = new TopUpdate(entry.Instrument.Id, updateId, book, time, received);
        return MappingResult.Done;
    }

    public static MappingResult Kline(in MessageFields kline, SymbolEntry entry, (Timestamp Exchange, Timestamp Received) times, out KlineUpdate update)
    {
        update = default;
        if (!kline.TryText('i', out ReadOnlySpan<byte> interval) || !TryTime(in kline, 't', out Timestamp open))
        {
            return MappingResult.Malformed;
        }

        if (!KlineInterval.TryRead(interval, out BarSpec spec))
        {
            // A month has no fixed length, so it is no bar here.
            return MappingResult.Skipped;
        }

        NumberFault outer = Worse(kline.ReadSteps('o', entry.Prices, out long first), kline.ReadSteps('c', entry.Prices, out long last));
        NumberFault inner = Worse(kline.ReadSteps('h', entry.Prices, out long high), kline.ReadSteps('l', entry.Prices, out long low));
        if (Worse(outer, inner) is not NumberFault.None and NumberFault worst)
        {
            return Of(worst);
        }

        if (!kline.TryDecimal('v', out decimal volume) || !kline.TryDecimal('q', out decimal quoteVolume) || !kline.TryDecimal('V', out decimal takerVolume)
            || !kline.TryInteger('n', out long count) || !kline.TryBoolean('x', out bool isClosed))
        {
            return MappingResult.Malformed;
        }

        Bar bar = new()
        {
            OpenTime = open,
            Open = new PriceTicks(first),
            High = new PriceTicks(high),
            Low = new PriceTicks(low),
            Close = new PriceTicks(last),
            Volume = (double)volume,
            QuoteVolume = (double)quoteVolume,
            TakerBuyVolume = (double)takerVolume,
            Spec = spec,
            TradeCount = (int)Math.Min(count, int.MaxValue),
            Instrument = entry.Instrument.Id,
        };
        update = new KlineUpdate(bar, isClosed, times.Exchange, times.Received);
        return MappingResult.Done;
    }

    public static MappingResult Ticker(in MessageFields fields, SymbolEntry entry, Timestamp received, out TickerUpdate ticker)
    {
        ticker = default;
        if (!TryTime(in fields, 'E', out Timestamp time)
            || !fields.TryDecimal('c', out decimal last) || !fields.TryDecimal('o', out decimal open)
            || !fields.TryDecimal('h', out decimal high) || !fields.TryDecimal('l', out decimal low)
            || !fields.TryDecimal('v', out decimal volume) || !fields.TryDecimal('q', out decimal quoteVolume))
        {
            return MappingResult.Malformed;
        }

        ticker = new TickerUpdate
        {
            Instrument = entry.Instrument.Id,
            ExchangeTime = time,
            ReceivedTime = received,
            Last = last,
            Open = open,
            High = high,
            Low = low,
            Volume = volume,
            QuoteVolume = quoteVolume,
            LastSize = Optional(in fields, 'Q'),
            AveragePrice = Optional(in fields, 'w'),
            ChangePercent = Optional(in fields, 'P'),
            Bid = Optional(in fields, 'b'),
            BidSize = Optional(in fields, 'B'),
            Ask = Optional(in fields, 'a'),
            AskSize = Optional(in fields, 'A'),
            TradeCount = fields.TryInteger('n', out long count) ? count : null,
        };
        return MappingResult.Done;
    }

    public static MappingResult MarkPrice(in MessageFields fields, SymbolEntry entry, Timestamp received, out MarkPriceUpdate update)
    {
        update = default;
        if (!TryTime(in fields, 'E', out Timestamp time) || !fields.TryDecimal('p', out decimal mark) || !fields.TryDecimal('i', out decimal index)
            || mark <= 0 || mark / (long.MaxValue / 2) > entry.Prices.Step)
        {
            return MappingResult.Malformed;
        }

        // Delivery contracts have no funding: an empty rate and a time of 0.
        decimal rate = Optional(in fields, 'r') ?? 0;
        Timestamp? next = fields.TryInteger('T', out long due) && due > 0 && VenueTime.TryRead(due, out Timestamp dueTime) ? dueTime : null;
        MarketEvent inTicks = new()
        {
            ExchangeTime = time,
            ReceivedTime = received,
            Price = new PriceTicks(Math.Max(1, (long)decimal.Round(mark / entry.Prices.Step))),
            Rate = (double)rate,
            Instrument = entry.Instrument.Id,
            Kind = MarketEventKind.MarkPrice,
        };
        update = new MarkPriceUpdate(entry.Instrument.Id, mark, index, rate, next, inTicks);
        return MappingResult.Done;
    }

    public static MappingResult Liquidation(in MessageFields order, SymbolEntry entry, out LiquidationUpdate update)
    {
        update = default;
        if (!order.TryText('S', out ReadOnlySpan<byte> side) || !order.TryDecimal('p', out decimal price) || !order.TryDecimal('q', out decimal quantity)
            || !order.TryDecimal('z', out decimal filled) || !TryTime(in order, 'T', out Timestamp time))
        {
            return MappingResult.Malformed;
        }

        decimal average = Optional(in order, MarketFields.AverageMark) ?? 0;
        update = new LiquidationUpdate(entry.Instrument.Id, side.SequenceEqual("SELL"u8), price, average, (quantity, filled), time);
        return MappingResult.Done;
    }

    public static bool TryTime(in MessageFields fields, int key, out Timestamp time)
    {
        time = default;
        return fields.TryInteger(key, out long value) && VenueTime.TryRead(value, out time);
    }

    public static MappingResult Of(NumberFault fault) => fault switch
    {
        NumberFault.None => MappingResult.Done,
        NumberFault.OffGrid => MappingResult.OffGrid,
        _ => MappingResult.Malformed,
    };

    private static decimal? Optional(in MessageFields fields, int key) => fields.TryDecimal(key, out decimal value) ? value : null;

    /// <summary>The graver of two: what cannot be read says nothing about the grid.</summary>
    private static NumberFault Worse(NumberFault left, NumberFault right) =>
        left == NumberFault.Malformed || right == NumberFault.None ? left : right;
}
