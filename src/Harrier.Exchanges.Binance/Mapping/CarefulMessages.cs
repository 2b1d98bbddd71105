using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>Reads every market message in any spelling that JSON allows. The message must be known to be valid JSON.</summary>
internal sealed class CarefulMessages(SymbolDirectory symbols, IMarketReceiver receiver, DecoderStatistics statistics)
{
    private const int ShortestLevel = 10;

    private readonly LevelBuffer _levels = new();

    public void Decode(ReadOnlySpan<byte> frame, Timestamp received)
    {
        Utf8JsonReader reader = new(frame);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            DecodeArray(frame, (int)reader.TokenStartIndex, received);
        }
        else if (reader.TokenType != JsonTokenType.StartObject)
        {
            Fail(MarketFault.Malformed, null);
        }
        else if (FrameEnvelope.TryRead(frame, out FrameEnvelope envelope))
        {
            DecodeCombined(frame, in envelope, received);
        }
        else if (envelope.IsControl)
        {
            receiver.OnControl(frame);
        }
        else
        {
            DecodeObject(frame, (int)reader.TokenStartIndex, received);
        }
    }

    private void DecodeCombined(ReadOnlySpan<byte> frame, in FrameEnvelope envelope, Timestamp received)
    {
        ReadOnlySpan<byte> stream = frame.Slice(envelope.Stream.Start, envelope.Stream.Length);
        if (stream.SequenceEqual("!serverShutdown"u8))
        {
            receiver.OnControl(frame);
        }
        else if (DepthStream.IsPartial(stream))
        {
            statistics.Skipped++;
        }
        else if (envelope.Data.Kind == JsonTokenType.StartArray)
        {
            DecodeArray(frame, envelope.Data.Start, received);
        }
        else if (envelope.Data.Kind == JsonTokenType.StartObject)
        {
            DecodeObject(frame, envelope.Data.Start, received);
        }
        else
        {
            Fail(MarketFault.Malformed, null);
        }
    }

    private void DecodeArray(ReadOnlySpan<byte> frame, int start, Timestamp received)
    {
        Utf8JsonReader reader = new(frame[start..]);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            FieldSlot slot = MessageFields.SlotOf(ref reader, start);
            if (slot.Kind == JsonTokenType.StartObject)
            {
                DecodeObject(frame, slot.Start, received);
            }
            else
            {
                Fail(MarketFault.Malformed, null);
            }
        }
    }

    private void DecodeObject(ReadOnlySpan<byte> frame, int start, Timestamp received)
    {
        MessageFields fields = MessageFields.Read(frame, start);
        ReadOnlySpan<byte> type = default;
        if (fields.Has('e') && !fields.TryText('e', out type))
        {
            Fail(MarketFault.Malformed, null);
            return;
        }

        if (type.SequenceEqual("kline"u8))
        {
            DecodeKline(frame, in fields, received);
        }
        else if (type.SequenceEqual("forceOrder"u8))
        {
            DecodeLiquidation(frame, in fields);
        }
        else if (type.SequenceEqual("serverShutdown"u8))
        {
            receiver.OnControl(frame);
        }
        else if (EventTypes.Find(type, in fields) is not EventType.Unknown and EventType known)
        {
            DecodeFlat(frame, known, in fields, received);
        }
        else
        {
            Fail(MarketFault.UnknownEvent, null);
        }
    }

    private void DecodeFlat(ReadOnlySpan<byte> frame, EventType type, in MessageFields fields, Timestamp received)
    {
        CountUnmapped(in fields, EventTypes.FieldsOf(type));
        if (!TryEntry(in fields, out SymbolEntry? entry))
        {
            return;
        }

        MappingResult result;
        switch (type)
        {
            case EventType.Depth:
                result = Depth(frame, in fields, entry, received);
                break;
            case EventType.Trade or EventType.AggregateTrade:
                result = MarketMapping.Trade(in fields, entry, type == EventType.Trade ? 't' : 'a', received, out MarketEvent trade);
                if (result == MappingResult.Done)
                {
                    receiver.OnTrade(in trade);
                }

                break;
            case EventType.Top:
                result = MarketMapping.Top(in fields, entry, received, out TopUpdate top);
                if (result == MappingResult.Done)
                {
                    receiver.OnTop(in top);
                }

                break;
            case EventType.MarkPrice:
                result = MarketMapping.MarkPrice(in fields, entry, received, out MarkPriceUpdate mark);
                if (result == MappingResult.Done)
                {
                    receiver.OnMarkPrice(in mark);
                }

                break;
            default:
                result = MarketMapping.Ticker(in fields, entry, received, out TickerUpdate ticker);
                if (result == MappingResult.Done)
                {
                    receiver.OnTicker(in ticker);
                }

                break;
        }

        Count(result, entry);
    }

    private MappingResult Depth(ReadOnlySpan<byte> frame, in MessageFields fields, SymbolEntry entry, Timestamp received)
    {
        FieldSlot bids = fields['b'];
        FieldSlot asks = fields['a'];
        long previous = 0;
        if (bids.Kind != JsonTokenType.StartArray || asks.Kind != JsonTokenType.StartArray
            || !fields.TryInteger('U', out long first) || !fields.TryInteger('u', out long final) || !fields.TryInteger('E', out _)
            || (fields.Has(MarketFields.PreviousId) && !fields.TryInteger(MarketFields.PreviousId, out previous))
            || !MarketMapping.TryTime(in fields, fields.Has('T') ? 'T' : 'E', out Timestamp time))
        {
            return MappingResult.Malformed;
        }

        _levels.Begin((bids.Length + asks.Length) / ShortestLevel);
        LevelFaults faults = default;
        if (!LevelReader.TryRead(frame.Slice(bids.Start, bids.Length), entry, isAsk: false, _levels, ref faults)
            || !LevelReader.TryRead(frame.Slice(asks.Start, asks.Length), entry, isAsk: true, _levels, ref faults))
        {
            return MappingResult.Malformed;
        }

        receiver.OnDepth(entry.Instrument.Id, new DepthUpdate
        {
            FirstId = first,
            FinalId = final,
            PreviousId = previous,
            ExchangeTime = time,
            ReceivedTime = received,
            Changes = _levels.Changes,
        });
        statistics.RoundedSizes += faults.RoundedSizes;
        return faults.OffGridPrices > 0 ? MappingResult.OffGrid : MappingResult.Done;
    }

    private void DecodeKline(ReadOnlySpan<byte> frame, in MessageFields envelope, Timestamp received)
    {
        CountUnmapped(in envelope, MarketFields.KlineEvent);
        if (!TryEntry(in envelope, out SymbolEntry? entry))
        {
            return;
        }

        if (envelope['k'].Kind != JsonTokenType.StartObject || !MarketMapping.TryTime(in envelope, 'E', out Timestamp time))
        {
            Count(MappingResult.Malformed, entry);
            return;
        }

        MessageFields kline = MessageFields.Read(frame, envelope['k'].Start);
        CountUnmapped(in kline, MarketFields.Kline);
        MappingResult result = MarketMapping.Kline(in kline, entry, (time, received), out KlineUpdate update);
        if (result == MappingResult.Done)
        {
            receiver.OnKline(in update);
        }

        Count(result, entry);
    }

    private void DecodeLiquidation(ReadOnlySpan<byte> frame, in MessageFields envelope)
    {
        CountUnmapped(in envelope, MarketFields.LiquidationEvent);
        if (envelope['o'].Kind != JsonTokenType.StartObject)
        {
            Fail(MarketFault.Malformed, null);
            return;
        }

        MessageFields order = MessageFields.Read(frame, envelope['o'].Start);
        CountUnmapped(in order, MarketFields.Liquidation);
        if (!TryEntry(in order, out SymbolEntry? entry))
        {
            return;
        }

        MappingResult result = MarketMapping.Liquidation(in order, entry, out LiquidationUpdate update);
        if (result == MappingResult.Done)
        {
            receiver.OnLiquidation(in update);
        }

        Count(result, entry);
    }

    private bool TryEntry(in MessageFields fields, [NotNullWhen(true)] out SymbolEntry? entry)
    {
        entry = null;
        if (!fields.TryText('s', out ReadOnlySpan<byte> symbol))
        {
            Fail(MarketFault.Malformed, null);
            return false;
        }

        entry = symbols.Find(symbol);
        if (entry is null)
        {
            Fail(MarketFault.UnknownSymbol, null);
        }

        return entry is not null;
    }

    private void CountUnmapped(in MessageFields fields, UInt128 known) =>
        statistics.UnmappedProperties += fields.Others + (long)UInt128.PopCount(fields.Present & ~known);

    private void Count(MappingResult result, SymbolEntry entry)
    {
        switch (result)
        {
            case MappingResult.Malformed:
                Fail(MarketFault.Malformed, entry.Instrument.Id);
                break;
            case MappingResult.OffGrid:
                Fail(MarketFault.OffGrid, entry.Instrument.Id);
                break;
            case MappingResult.Skipped:
                statistics.Skipped++;
                break;
            default:
                break;
        }
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
