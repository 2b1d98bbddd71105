using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Harrier.Domain;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit.Mapping;

/// <summary>Reads every market message in any spelling that JSON allows. Throws <see cref="JsonException"/> for what is no such message.</summary>
internal sealed class CarefulFrames(SymbolDirectory symbols, BookMessages books, IMarketReceiver receiver, DecoderStatistics statistics)
{
    private readonly LevelBuffer _levels = new();
    private readonly WireCensus _census = new();
    private readonly TickerBoard _tickers = new(receiver);

    public void Decode(ReadOnlySpan<byte> frame, Timestamp received)
    {
        string? topic = TopicOf(frame, out bool isControl);
        string[] parts = topic?.Split('.') ?? [];
        switch (parts)
        {
            case ["orderbook", var depth, _]:
                Book(Read(frame, BybitJson.Default.BookFrame), depth == "1", received);
                break;
            case ["publicTrade", _] or ["trade", ..]:
                Read(frame, BybitJson.Default.TradesFrame).Data.ForEach(trade => Trade(trade, received));
                break;
            case ["tickers", ..]:
                Ticker(Read(frame, BybitJson.Default.TickerFrame), received);
                break;
            case ["kline", _, _]:
                Klines(Read(frame, BybitJson.Default.KlineFrame), parts[2], received);
                break;
            default:
                if (isControl)
                {
                    receiver.OnControl(frame);
                }
                else
                {
                    Fail(topic is null ? MarketFault.Malformed : MarketFault.UnknownEvent, null);
                }

                break;
        }

        statistics.UnmappedProperties = _census.Total;
    }

    private static string? TopicOf(ReadOnlySpan<byte> frame, out bool isControl)
    {
        isControl = false;
        Utf8JsonReader reader = new(frame);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("a message is an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isTopic = reader.ValueTextEquals("topic"u8);
            isControl |= reader.ValueTextEquals("op"u8) || reader.ValueTextEquals("success"u8);
            reader.Read();
            if (isTopic && reader.TokenType == JsonTokenType.String)
            {
                return reader.GetString();
            }

            reader.Skip();
        }

        return null;
    }

    private T Read<T>(ReadOnlySpan<byte> frame, JsonTypeInfo<T> shape)
        where T : WireMessage
    {
        T message = JsonSerializer.Deserialize(frame, shape) ?? throw new JsonException("a message is an object");
        _census.Note(message);
        return message;
    }

    private void Book(BookFrame frame, bool isTop, Timestamp received)
    {
        BookData data = frame.Data ?? throw new JsonException("a book has data");
        _census.Note(data);
        if (!TryEntry(data.S, out SymbolEntry? entry))
        {
            return;
        }

        BookHead head = new() { IsTop = isTop, IsSnapshot = frame.Type == "snapshot", UpdateId = data.U, ReceivedTime = received };
        bool isRead = frame.Type is "snapshot" or "delta" && data.U > 0 && VenueTime.TryRead(frame.Cts ?? frame.Ts, out head.ExchangeTime);
        _levels.Begin(data.B.Count + data.A.Count);
        int offGrid = 0;
        if (!isRead || !TryLevels(data.B, entry!, isAsk: false, ref offGrid) || !TryLevels(data.A, entry!, isAsk: true, ref offGrid))
        {
            Fail(MarketFault.Malformed, entry!.Instrument.Id);
            return;
        }

        books.Deliver(entry!, in head, _levels.Changes);
        if (offGrid > 0)
        {
            Fail(MarketFault.OffGrid, entry!.Instrument.Id);
        }
    }

    /// <summary>Reads levels. A price between two ticks is left out, as no order of ours can meet it; of such a size only whole lots count, and at least one.</summary>
    private bool TryLevels(List<List<string>> levels, SymbolEntry entry, bool isAsk, ref int offGrid)
    {
        foreach (List<string> level in levels)
        {
            if (level.Count < 2 || !NumberText.TryDecimal(Encoding.UTF8.GetBytes(level[0]), out decimal price) || !NumberText.TryDecimal(Encoding.UTF8.GetBytes(level[1]), out decimal size)
                || price <= 0 || !entry.Prices.TryFloor(price, out long ticks) || ticks > OrderBook.MaxTicks || !entry.Sizes.TryFloor(size, out long lots))
            {
                return false;
            }

            if (!entry.Prices.TryCount(price, out ticks))
            {
                offGrid++;
                continue;
            }

            bool isRounded = lots * entry.Sizes.Step != size;
            statistics.RoundedSizes += isRounded ? 1 : 0;
            _levels.Add(new LevelChange(ticks, isRounded ? Math.Max(1, lots) : lots, isAsk));
        }

        return true;
    }

    private void Trade(TradeData data, Timestamp received)
    {
        _census.Note(data);
        if (!TryEntry(data.Symbol, out SymbolEntry? entry))
        {
            return;
        }

        if (data.IsBlock == true)
        {
            // It did not happen in the book.
            statistics.Skipped++;
            return;
        }

        NumberFault fault = Steps(data.Price, entry!.Prices, out long ticks);
        fault = fault == NumberFault.Malformed ? fault : Steps(data.Size, entry.Sizes, out _) is not NumberFault.None and NumberFault other ? other : fault;
        _ = Steps(data.Size, entry.Sizes, out long lots);
        bool isRead = fault == NumberFault.None && ticks > 0 && lots > 0 && data.Side is "Buy" or "Sell" && VenueTime.TryRead(data.Time, out _)
            && TradeIds.TryRead(Encoding.UTF8.GetBytes(data.Id ?? ""), out _);
        if (!isRead)
        {
            Fail(fault == NumberFault.OffGrid ? MarketFault.OffGrid : MarketFault.Malformed, entry.Instrument.Id);
            return;
        }

        _ = TradeIds.TryRead(Encoding.UTF8.GetBytes(data.Id!), out long id);
        _ = VenueTime.TryRead(data.Time, out Timestamp time);
        receiver.OnTrade(new MarketEvent
        {
            ExchangeTime = time,
            ReceivedTime = received,
            Price = new PriceTicks(ticks),
            Size = new SizeLots(lots),
            TradeId = id,
            Instrument = entry.Instrument.Id,
            Kind = MarketEventKind.Trade,
            IsSell = data.Side == "Sell",
        });
    }

    private void Ticker(TickerFrame frame, Timestamp received)
    {
        TickerData data = frame.Data ?? throw new JsonException("a ticker has data");
        _census.Note(data);
        if (!TryEntry(data.Symbol, out SymbolEntry? entry))
        {
            return;
        }

        if (!VenueTime.TryRead(frame.Ts, out Timestamp time))
        {
            Fail(MarketFault.Malformed, entry!.Instrument.Id);
        }
        else if (!_tickers.Take(entry!, data, frame.Type != "delta", (time, received)))
        {
            // A change of something that is not known yet.
            statistics.Skipped++;
        }
    }

    private void Klines(KlineFrame frame, string symbol, Timestamp received)
    {
        if (!TryEntry(symbol, out SymbolEntry? entry))
        {
            return;
        }

        foreach (KlineData data in frame.Data)
        {
            _census.Note(data);
            if (!KlineMapping.TrySpec(data.Interval, out BarSpec spec))
            {
                // A month has no fixed length, so it is no bar here.
                statistics.Skipped++;
            }
            else if (KlineMapping.Of(data, entry!, spec, out Bar bar) is { } fault)
            {
                Fail(fault, entry!.Instrument.Id);
            }
            else if (VenueTime.TryRead(frame.Ts, out Timestamp time))
            {
                receiver.OnKline(new KlineUpdate(bar, data.Confirm, time, received));
            }
        }
    }

    private static NumberFault Steps(string? text, in DecimalGrid grid, out long steps) => NumberText.Read(Encoding.UTF8.GetBytes(text ?? ""), in grid, out steps);

    private bool TryEntry(string? symbol, out SymbolEntry? entry)
    {
        entry = symbol is null ? null : symbols.Find(Encoding.UTF8.GetBytes(symbol));
        if (entry is null)
        {
            Fail(symbol is null ? MarketFault.Malformed : MarketFault.UnknownSymbol, null);
        }

        return entry is not null;
    }

    private void Fail(MarketFault fault, InstrumentId? instrument)
    {
        switch (fault)
        {
            case MarketFault.OffGrid:
                statistics.OffGrid++;
                break;
            case MarketFault.UnknownSymbol:
                statistics.UnknownSymbols++;
                break;
            case MarketFault.UnknownEvent:
                statistics.UnknownEvents++;
                break;
            default:
                statistics.Malformed++;
                break;
        }

        receiver.OnFault(fault, instrument);
    }
}
