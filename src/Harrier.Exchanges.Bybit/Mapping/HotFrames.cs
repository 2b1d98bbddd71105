using Harrier.Domain;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.Mapping;

/// <summary>
/// Quick reading of the messages that make up nearly all traffic: books and trades. A message of any other shape is left alone, and nothing has
/// happened when <see cref="TryDecode"/> answers false.
/// </summary>
internal sealed class HotFrames(SymbolDirectory symbols, BookMessages books, IMarketReceiver receiver, DecoderStatistics statistics)
{
    private const int ShortestLevel = 10;

    private readonly LevelBuffer _levels = new();
    private MarketEvent[] _trades = new MarketEvent[64];

    public bool TryDecode(ReadOnlySpan<byte> frame, Timestamp received)
    {
        FrameScanner scanner = new(frame);
        return scanner.TryPass("{\"topic\":\"orderbook."u8) ? TryBook(ref scanner, frame.Length, received)
            : scanner.TryPass("{\"topic\":\"publicTrade."u8) && TryTrades(ref scanner, received);
    }

    private bool TryBook(ref FrameScanner scanner, int length, Timestamp received)
    {
        if (!scanner.TryUpTo((byte)'.', out ReadOnlySpan<byte> depth) || !scanner.TryUpTo((byte)'"', out ReadOnlySpan<byte> symbol) || symbols.Find(symbol) is not { } entry)
        {
            return false;
        }

        _levels.Begin(length / ShortestLevel);
        BookHead head = new() { IsTop = depth.SequenceEqual("1"u8) };
        long sent = 0;
        long changed = 0;
        bool hasData = false;
        while (scanner.TryPass((byte)','))
        {
            if (!scanner.TryName(out ReadOnlySpan<byte> name))
            {
                return false;
            }

            bool isRead = name switch
            {
                [(byte)'t', (byte)'s'] => scanner.TryInteger(out sent),
                [(byte)'c', (byte)'t', (byte)'s'] => scanner.TryInteger(out changed),
                [(byte)'t', (byte)'y', (byte)'p', (byte)'e'] => TryType(ref scanner, out head.IsSnapshot),
                [(byte)'d', (byte)'a', (byte)'t', (byte)'a'] => !hasData && (hasData = TryBookData(ref scanner, entry, symbol, out head.UpdateId)),
                _ => false,
            };
            if (!isRead)
            {
                return false;
            }
        }

        if (!scanner.TryPass((byte)'}') || !scanner.IsAtEnd || !hasData || !VenueTime.TryRead(changed != 0 ? changed : sent, out head.ExchangeTime))
        {
            return false;
        }

        head.ReceivedTime = received;
        books.Deliver(entry, in head, _levels.Changes);
        return true;
    }

    private bool TryBookData(ref FrameScanner scanner, SymbolEntry entry, ReadOnlySpan<byte> topic, out long updateId)
    {
        const int All = 0b1111;
        updateId = 0;
        int seen = 0;
        if (!scanner.TryPass((byte)'{'))
        {
            return false;
        }

        do
        {
            if (!scanner.TryName(out ReadOnlySpan<byte> name))
            {
                return false;
            }

            (bool isRead, int bit) = name switch
            {
                [(byte)'s'] => (scanner.TryText(out ReadOnlySpan<byte> symbol) && symbol.SequenceEqual(topic), 1),
                [(byte)'b'] => (scanner.TryLevels(entry, isAsk: false, _levels), 2),
                [(byte)'a'] => (scanner.TryLevels(entry, isAsk: true, _levels), 4),
                [(byte)'u'] => (scanner.TryInteger(out updateId), 8),
                [(byte)'s', (byte)'e', (byte)'q'] => (scanner.TryInteger(out _), 16),
                _ => (false, 0),
            };
            if (!isRead || (seen & bit) != 0)
            {
                return false;
            }

            seen |= bit;
        }
        while (scanner.TryPass((byte)','));
        return scanner.TryPass((byte)'}') && (seen & All) == All;
    }

    private bool TryTrades(ref FrameScanner scanner, Timestamp received)
    {
        if (!scanner.TryUpTo((byte)'"', out ReadOnlySpan<byte> symbol) || symbols.Find(symbol) is not { } entry)
        {
            return false;
        }

        int count = 0;
        int skipped = 0;
        bool hasData = false;
        while (scanner.TryPass((byte)','))
        {
            if (!scanner.TryName(out ReadOnlySpan<byte> name))
            {
                return false;
            }

            bool isRead = name switch
            {
                [(byte)'t', (byte)'s'] => scanner.TryInteger(out _),
                [(byte)'t', (byte)'y', (byte)'p', (byte)'e'] => scanner.TryText(out _),
                [(byte)'d', (byte)'a', (byte)'t', (byte)'a'] => !hasData && (hasData = TryTradeList(ref scanner, (entry, received), symbol, out count, out skipped)),
                _ => false,
            };
            if (!isRead)
            {
                return false;
            }
        }

        if (!scanner.TryPass((byte)'}') || !scanner.IsAtEnd || !hasData)
        {
            return false;
        }

        statistics.Skipped += skipped;
        for (int i = 0; i < count; i++)
        {
            receiver.OnTrade(in _trades[i]);
        }

        return true;
    }

    private bool TryTradeList(ref FrameScanner scanner, (SymbolEntry Entry, Timestamp Received) of, ReadOnlySpan<byte> topic, out int count, out int skipped)
    {
        count = 0;
        skipped = 0;
        if (!scanner.TryPass((byte)'['))
        {
            return false;
        }

        do
        {
            if (!TryTrade(ref scanner, of, topic, out MarketEvent trade, out bool isBlock))
            {
                return false;
            }

            if (isBlock)
            {
                skipped++;
                continue;
            }

            if (count == _trades.Length)
            {
                Array.Resize(ref _trades, count * 2);
            }

            _trades[count++] = trade;
        }
        while (scanner.TryPass((byte)','));
        return scanner.TryPass((byte)']');
    }

    private static bool TryTrade(
        ref FrameScanner scanner, (SymbolEntry Entry, Timestamp Received) of, ReadOnlySpan<byte> topic, out MarketEvent trade, out bool isBlock)
    {
        trade = default;
        if (!TryTradeValues(ref scanner, of.Entry, topic, out TradeValues values, out isBlock) || !VenueTime.TryRead(values.Time, out Timestamp time))
        {
            return false;
        }

        trade = new MarketEvent
        {
            ExchangeTime = time,
            ReceivedTime = of.Received,
            Price = new PriceTicks(values.Ticks),
            Size = new SizeLots(values.Lots),
            TradeId = values.Id,
            Instrument = of.Entry.Instrument.Id,
            Kind = MarketEventKind.Trade,
            IsSell = values.IsSell,
        };
        return true;
    }

    private static bool TryTradeValues(ref FrameScanner scanner, SymbolEntry entry, ReadOnlySpan<byte> topic, out TradeValues values, out bool isBlock)
    {
        const int All = 0b111111;
        isBlock = false;
        values = default;
        int seen = 0;
        if (!scanner.TryPass((byte)'{'))
        {
            return false;
        }

        do
        {
            if (!scanner.TryName(out ReadOnlySpan<byte> name))
            {
                return false;
            }

            (bool isRead, int bit) = name switch
            {
                [(byte)'T'] => (scanner.TryInteger(out values.Time), 1),
                [(byte)'s'] => (scanner.TryText(out ReadOnlySpan<byte> symbol) && symbol.SequenceEqual(topic), 2),
                [(byte)'S'] => (TrySide(ref scanner, out values.IsSell), 4),
                [(byte)'v'] => (scanner.TryNumber(entry.Sizes, out values.Lots), 8),
                [(byte)'p'] => (scanner.TryNumber(entry.Prices, out values.Ticks), 16),
                [(byte)'i'] => (scanner.TryText(out ReadOnlySpan<byte> id) && TradeIds.TryRead(id, out values.Id), 32),
                [(byte)'L'] => (scanner.TryText(out _), 64),
                [(byte)'B', (byte)'T'] => (scanner.TryBoolean(out isBlock), 128),
                [(byte)'R', (byte)'P', (byte)'I'] => (scanner.TryBoolean(out _), 256),
                [(byte)'s', (byte)'e', (byte)'q'] => (scanner.TryInteger(out _), 512),
                _ => (false, 0),
            };
            if (!isRead || (seen & bit) != 0)
            {
                return false;
            }

            seen |= bit;
        }
        while (scanner.TryPass((byte)','));
        return scanner.TryPass((byte)'}') && (seen & All) == All && values.Ticks != 0 && values.Lots != 0;
    }

    private static bool TryType(ref FrameScanner scanner, out bool isSnapshot)
    {
        isSnapshot = scanner.TryPass("\"snapshot\""u8);
        return isSnapshot || scanner.TryPass("\"delta\""u8);
    }

    private static bool TrySide(ref FrameScanner scanner, out bool isSell)
    {
        isSell = scanner.TryPass("\"Sell\""u8);
        return isSell || scanner.TryPass("\"Buy\""u8);
    }

    private struct TradeValues
    {
        public long Time;
        public long Ticks;
        public long Lots;
        public long Id;
        public bool IsSell;
    }
}
