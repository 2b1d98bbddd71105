using Harrier.Domain;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>
/// Quick reading of the messages that make up nearly all traffic: depth changes, trades, best prices. A message of any other shape is left
/// alone, and nothing has happened when <see cref="TryDecode"/> answers false.
/// </summary>
internal sealed class HotMessages(SymbolDirectory symbols, IMarketReceiver receiver)
{
    private const int ShortestLevel = 10;

    private static readonly ulong DepthKeys = Bits("EUusba");
    private static readonly ulong TradeKeys = Bits("pqTsm");
    private static readonly ulong TopKeys = Bits("usbBaA");
    private static readonly ulong AsksKey = Bits("a");
    private static readonly ulong TransactionTimeKey = Bits("T");
    private static readonly ulong TimeKeys = Bits("TE");

    private readonly LevelBuffer _levels = new();

    // Times and ids of one connection mostly have the same length; where they have not, their digits are counted.
    private int _timeDigits = 13;
    private int _idDigits = 1;
    private int _tradeDigits = 1;

    public bool TryDecode(ReadOnlySpan<byte> frame, Timestamp received)
    {
        int at = 0;
        bool isCombined = HotScanner.TryPass(frame, ref at, "{\"stream\":"u8);
        if (isCombined)
        {
            at = StreamName.End(frame, at);
            if (at < 0 || !HotScanner.TryPass(frame, ref at, ",\"data\":"u8))
            {
                return false;
            }
        }

        Envelope envelope = new(at, isCombined, received);
        ReadOnlySpan<byte> message = frame[at..];
        if (message.StartsWith("{\"e\":\"trade\","u8))
        {
            return TryTrade(frame, envelope.At("{\"e\":\"trade\","u8.Length), 't');
        }

        if (message.StartsWith("{\"e\":\"depthUpdate\","u8))
        {
            return TryDepth(frame, envelope.At("{\"e\":\"depthUpdate\","u8.Length));
        }

        if (message.StartsWith("{\"e\":\"aggTrade\","u8))
        {
            return TryTrade(frame, envelope.At("{\"e\":\"aggTrade\","u8.Length), 'a');
        }

        int opening = message.StartsWith("{\"e\":\"bookTicker\","u8) ? "{\"e\":\"bookTicker\","u8.Length : 1;
        return message.StartsWith((byte)'{') && TryTop(frame, envelope.At(opening));
    }

    /// <summary>Remembers which keys were there; answers false for one that comes twice.</summary>
    private static bool TryMark(ref ulong seen, byte key)
    {
        ulong bit = 1UL << (key & 63);
        bool isNew = (seen & bit) == 0;
        seen |= bit;
        return isNew;
    }

    private static ulong Bits(ReadOnlySpan<char> keys)
    {
        ulong bits = 0;
        foreach (char key in keys)
        {
            bits |= 1UL << (key & 63);
        }

        return bits;
    }

    private bool TryDepth(ReadOnlySpan<byte> frame, in Envelope envelope)
    {
        HotScanner scanner = new(frame, envelope.Start);
        _levels.Begin(frame.Length / ShortestLevel);
        SymbolEntry? entry = null;
        DepthIds ids = default;
        ulong seen = 0;
        do
        {
            if (!scanner.TryKey(out byte key) || !TryMark(ref seen, key))
            {
                return false;
            }

            bool isRead = key switch
            {
                (byte)'E' => scanner.TryInteger(ref _timeDigits, out ids.EventTime),
                (byte)'T' => scanner.TryInteger(ref _timeDigits, out ids.TransactionTime),
                (byte)'U' => scanner.TryInteger(ref _idDigits, out ids.First),
                (byte)'u' => scanner.TryInteger(ref _idDigits, out ids.Final),
                HotScanner.PreviousIdKey => scanner.TryInteger(ref _idDigits, out ids.Previous),
                (byte)'s' => (entry = scanner.Symbol(symbols)) is not null,
                (byte)'b' => entry is not null && (seen & AsksKey) == 0 && scanner.TryLevels(entry, isAsk: false, _levels),
                (byte)'a' => entry is not null && scanner.TryLevels(entry, isAsk: true, _levels),
                _ => false,
            };
            if (!isRead)
            {
                return false;
            }
        }
        while (scanner.TryPass((byte)','));

        long time = (seen & TransactionTimeKey) != 0 ? ids.TransactionTime : ids.EventTime;
        if (!scanner.TryEnd(envelope.IsCombined) || (seen & DepthKeys) != DepthKeys || !VenueTime.TryRead(time, out Timestamp exchange))
        {
            return false;
        }

        receiver.OnDepth(entry!.Instrument.Id, new DepthUpdate
        {
            FirstId = ids.First,
            FinalId = ids.Final,
            PreviousId = ids.Previous,
            ExchangeTime = exchange,
            ReceivedTime = envelope.Received,
            Changes = _levels.Changes,
        });
        return true;
    }

    private bool TryTrade(ReadOnlySpan<byte> frame, in Envelope envelope, char idKey)
    {
        HotScanner scanner = new(frame, envelope.Start);
        SymbolEntry? entry = null;
        TradeValues trade = default;
        ulong seen = 0;
        do
        {
            if (!scanner.TryKey(out byte key) || !TryMark(ref seen, key))
            {
                return false;
            }

            bool isRead = key switch
            {
                (byte)'p' => entry is not null
                    && scanner.TryPriceAndSize(entry, (byte)'q', out trade.Ticks, ref trade.Lots, out bool hasSize)
                    && (!hasSize || TryMark(ref seen, (byte)'q')),
                (byte)'q' => entry is not null && scanner.TryNumber(in entry.Sizes, out trade.Lots),
                (byte)'E' => scanner.TryInteger(ref _timeDigits, out _),
                (byte)'T' => scanner.TryInteger(ref _timeDigits, out trade.Time),
                (byte)'s' => (entry = scanner.Symbol(symbols)) is not null,
                (byte)'t' or (byte)'a' => key == idKey && scanner.TryInteger(ref _tradeDigits, out trade.Id),
                (byte)'f' or (byte)'l' => idKey == 'a' && scanner.TryInteger(ref _idDigits, out _),
                (byte)'m' => scanner.TryBoolean(out trade.IsBuyerMaker),
                (byte)'M' => scanner.TryBoolean(out _),
                (byte)'X' => scanner.TryPass("\"MARKET\""u8),
                _ => false,
            };
            if (!isRead)
            {
                return false;
            }
        }
        while (scanner.TryPass((byte)','));

        ulong needed = TradeKeys | 1UL << (idKey & 63);
        if (!scanner.TryEnd(envelope.IsCombined) || (seen & needed) != needed || trade.Ticks == 0 || trade.Lots == 0
            || !VenueTime.TryRead(trade.Time, out Timestamp exchange))
        {
            return false;
        }

        receiver.OnTrade(trade.ToEvent(entry!, exchange, envelope.Received));
        return true;
    }

    private bool TryTop(ReadOnlySpan<byte> frame, in Envelope envelope)
    {
        HotScanner scanner = new(frame, envelope.Start);
        SymbolEntry? entry = null;
        TopValues top = default;
        ulong seen = 0;
        do
        {
            if (!scanner.TryKey(out byte key) || !TryMark(ref seen, key))
            {
                return false;
            }

            bool isRead = key switch
            {
                (byte)'u' => scanner.TryInteger(ref _idDigits, out top.UpdateId),
                (byte)'s' => (entry = scanner.Symbol(symbols)) is not null,
                (byte)'b' => entry is not null
                    && scanner.TryPriceAndSize(entry, (byte)'B', out top.BidTicks, ref top.BidLots, out bool hasSize)
                    && (!hasSize || TryMark(ref seen, (byte)'B')),
                (byte)'B' => entry is not null && scanner.TryNumber(in entry.Sizes, out top.BidLots),
                (byte)'a' => entry is not null
                    && scanner.TryPriceAndSize(entry, (byte)'A', out top.AskTicks, ref top.AskLots, out bool hasAskSize)
                    && (!hasAskSize || TryMark(ref seen, (byte)'A')),
                (byte)'A' => entry is not null && scanner.TryNumber(in entry.Sizes, out top.AskLots),
                (byte)'T' => scanner.TryInteger(ref _timeDigits, out top.TransactionTime),
                (byte)'E' => scanner.TryInteger(ref _timeDigits, out top.EventTime),
                _ => false,
            };
            if (!isRead)
            {
                return false;
            }
        }
        while (scanner.TryPass((byte)','));

        Timestamp exchange = envelope.Received;
        if (!scanner.TryEnd(envelope.IsCombined) || (seen & TopKeys) != TopKeys
            || ((seen & TimeKeys) != 0 && !VenueTime.TryRead((seen & TransactionTimeKey) != 0 ? top.TransactionTime : top.EventTime, out exchange)))
        {
            return false;
        }

        receiver.OnTop(new TopUpdate(entry!.Instrument.Id, top.UpdateId, top.ToBookTop(), exchange, envelope.Received));
        return true;
    }

    /// <summary>What stands around the properties of a message.</summary>
    /// <param name="Start">Where they begin.</param>
    /// <param name="IsCombined">True in <c>{"stream":...,"data":...}</c>.</param>
    /// <param name="Received">When it reached us.</param>
    private readonly record struct Envelope(int Start, bool IsCombined, Timestamp Received)
    {
        public Envelope At(int more) => this with { Start = Start + more };
    }

    private struct DepthIds
    {
        public long EventTime;
        public long TransactionTime;
        public long First;
        public long Final;
        public long Previous;
    }

    private struct TradeValues
    {
        public long Id;
        public long Ticks;
        public long Lots;
        public long Time;
        public bool IsBuyerMaker;

        public readonly MarketEvent ToEvent(SymbolEntry entry, Timestamp exchange, Timestamp received) => new()
        {
            ExchangeTime = exchange,
            ReceivedTime = received,
            Price = new PriceTicks(Ticks),
            Size = new SizeLots(Lots),
            TradeId = Id,
            Instrument = entry.Instrument.Id,
            Kind = MarketEventKind.Trade,
            IsSell = IsBuyerMaker,
        };
    }

    private struct TopValues
    {
        public long UpdateId;
        public long BidTicks;
        public long BidLots;
        public long AskTicks;
        public long AskLots;
        public long TransactionTime;
        public long EventTime;

        public readonly BookTop ToBookTop() => new(
            new BookLevel(new PriceTicks(BidTicks), new SizeLots(BidLots)),
            new BookLevel(new PriceTicks(AskTicks), new SizeLots(AskLots)));
    }
}
