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
    private static readonly ulong TransactionTimeKey = Bits("T");
    private static readonly ulong TimeKeys = Bits("TE");

    private readonly LevelBuffer _levels = new();

    public bool TryDecode(ReadOnlySpan<byte> frame, Timestamp received)
    {
        HotScanner scanner = new(frame);
        bool isCombined = scanner.TryPass("{\"stream\":"u8);
        if (isCombined)
        {
            // A stream of the best 5, 10 or 20 levels looks like one of changes, and is none.
            if (!scanner.TryText(out ReadOnlySpan<byte> stream) || !scanner.TryPass(",\"data\":"u8) || DepthStream.IsPartial(stream))
            {
                return false;
            }
        }

        if (scanner.TryPass("{\"e\":\"depthUpdate\","u8))
        {
            return TryDepth(ref scanner, frame.Length, isCombined, received);
        }

        if (scanner.TryPass("{\"e\":\"trade\","u8))
        {
            return TryTrade(ref scanner, 't', isCombined, received);
        }

        if (scanner.TryPass("{\"e\":\"aggTrade\","u8))
        {
            return TryTrade(ref scanner, 'a', isCombined, received);
        }

        return (scanner.TryPass("{\"e\":\"bookTicker\","u8) || scanner.TryPass((byte)'{')) && TryTop(ref scanner, isCombined, received);
    }

    private static bool TryEnd(ref HotScanner scanner, bool isCombined) => (!isCombined || scanner.TryPass((byte)'}')) && scanner.IsAtEnd;

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

    private bool TryDepth(ref HotScanner scanner, int length, bool isCombined, Timestamp received)
    {
        _levels.Begin(length / ShortestLevel);
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
                (byte)'E' => scanner.TryInteger(out ids.EventTime),
                (byte)'T' => scanner.TryInteger(out ids.TransactionTime),
                (byte)'U' => scanner.TryInteger(out ids.First),
                (byte)'u' => scanner.TryInteger(out ids.Final),
                HotScanner.PreviousIdKey => scanner.TryInteger(out ids.Previous),
                (byte)'s' => TrySymbol(ref scanner, out entry),
                (byte)'b' => entry is not null && scanner.TryLevels(entry, isAsk: false, _levels),
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
        if (!scanner.TryPass((byte)'}') || !TryEnd(ref scanner, isCombined) || (seen & DepthKeys) != DepthKeys || !VenueTime.TryRead(time, out Timestamp exchange))
        {
            return false;
        }

        receiver.OnDepth(entry!.Instrument.Id, new DepthUpdate
        {
            FirstId = ids.First,
            FinalId = ids.Final,
            PreviousId = ids.Previous,
            ExchangeTime = exchange,
            ReceivedTime = received,
            Changes = _levels.Changes,
        });
        return true;
    }

    private bool TryTrade(ref HotScanner scanner, char idKey, bool isCombined, Timestamp received)
    {
        SymbolEntry? entry = null;
        TradeValues trade = default;
        ulong seen = 0;
        do
        {
            if (!scanner.TryKey(out byte key) || !TryMark(ref seen, key) || !TryTradeValue(ref scanner, key, idKey, ref entry, ref trade))
            {
                return false;
            }
        }
        while (scanner.TryPass((byte)','));

        ulong needed = TradeKeys | 1UL << (idKey & 63);
        if (!scanner.TryPass((byte)'}') || !TryEnd(ref scanner, isCombined) || (seen & needed) != needed || trade.Ticks == 0 || trade.Lots == 0
            || !VenueTime.TryRead(trade.Time, out Timestamp exchange))
        {
            return false;
        }

        receiver.OnTrade(new MarketEvent
        {
            ExchangeTime = exchange,
            ReceivedTime = received,
            Price = new PriceTicks(trade.Ticks),
            Size = new SizeLots(trade.Lots),
            TradeId = trade.Id,
            Instrument = entry!.Instrument.Id,
            Kind = MarketEventKind.Trade,
            IsSell = trade.IsBuyerMaker,
        });
        return true;
    }

    private bool TryTradeValue(ref HotScanner scanner, byte key, char idKey, ref SymbolEntry? entry, ref TradeValues trade)
    {
        if (key == idKey)
        {
            return scanner.TryInteger(out trade.Id);
        }

        switch (key)
        {
            case (byte)'p':
                return entry is not null && scanner.TryNumber(entry.Prices, out trade.Ticks);
            case (byte)'q':
                return entry is not null && scanner.TryNumber(entry.Sizes, out trade.Lots);
            case (byte)'T':
                return scanner.TryInteger(out trade.Time);
            case (byte)'s':
                return TrySymbol(ref scanner, out entry);
            case (byte)'m':
                return scanner.TryBoolean(out trade.IsBuyerMaker);
            case (byte)'M':
                return scanner.TryBoolean(out _);
            case (byte)'X':
                return scanner.TryPass("\"MARKET\""u8);
            case (byte)'E':
                return scanner.TryInteger(out _);
            case (byte)'f' or (byte)'l':
                return idKey == 'a' && scanner.TryInteger(out _);
            default:
                return false;
        }
    }

    private bool TryTop(ref HotScanner scanner, bool isCombined, Timestamp received)
    {
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
                (byte)'u' => scanner.TryInteger(out top.UpdateId),
                (byte)'s' => TrySymbol(ref scanner, out entry),
                (byte)'b' => entry is not null && scanner.TryNumber(entry.Prices, out top.BidTicks),
                (byte)'B' => entry is not null && scanner.TryNumber(entry.Sizes, out top.BidLots),
                (byte)'a' => entry is not null && scanner.TryNumber(entry.Prices, out top.AskTicks),
                (byte)'A' => entry is not null && scanner.TryNumber(entry.Sizes, out top.AskLots),
                (byte)'T' => scanner.TryInteger(out top.TransactionTime),
                (byte)'E' => scanner.TryInteger(out top.EventTime),
                _ => false,
            };
            if (!isRead)
            {
                return false;
            }
        }
        while (scanner.TryPass((byte)','));

        Timestamp exchange = received;
        if (!scanner.TryPass((byte)'}') || !TryEnd(ref scanner, isCombined) || (seen & TopKeys) != TopKeys
            || ((seen & TimeKeys) != 0 && !VenueTime.TryRead((seen & TransactionTimeKey) != 0 ? top.TransactionTime : top.EventTime, out exchange)))
        {
            return false;
        }

        receiver.OnTop(new TopUpdate(entry!.Instrument.Id, top.UpdateId, top.ToBookTop(), exchange, received));
        return true;
    }

    private bool TrySymbol(ref HotScanner scanner, out SymbolEntry? entry)
    {
        entry = scanner.TryText(out ReadOnlySpan<byte> symbol) ? symbols.Find(symbol) : null;
        return entry is not null;
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
