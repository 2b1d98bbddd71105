namespace Harrier.Exchanges.Binance.Wire;

/// <summary>The messages whose properties all stand on one level.</summary>
internal enum EventType : byte
{
    Unknown = 0,
    Depth = 1,
    Trade = 2,
    AggregateTrade = 3,
    Top = 4,
    Ticker = 5,
    MiniTicker = 6,
    MarkPrice = 7,
}

/// <summary>Tells messages apart.</summary>
internal static class EventTypes
{
    /// <summary>Finds the type by the property <c>e</c>, which the best prices of spot do not have.</summary>
    public static EventType Find(ReadOnlySpan<byte> name, in MessageFields fields)
    {
        if (name.IsEmpty)
        {
            bool isTop = fields.Has('u') && fields.Has('b') && fields.Has('B') && fields.Has('a') && fields.Has('A');
            return isTop ? EventType.Top : EventType.Unknown;
        }

        if (name.SequenceEqual("depthUpdate"u8))
        {
            return EventType.Depth;
        }

        if (name.SequenceEqual("trade"u8))
        {
            return EventType.Trade;
        }

        if (name.SequenceEqual("aggTrade"u8))
        {
            return EventType.AggregateTrade;
        }

        if (name.SequenceEqual("bookTicker"u8))
        {
            return EventType.Top;
        }

        if (name.SequenceEqual("24hrTicker"u8))
        {
            return EventType.Ticker;
        }

        if (name.SequenceEqual("24hrMiniTicker"u8))
        {
            return EventType.MiniTicker;
        }

        return name.SequenceEqual("markPriceUpdate"u8) ? EventType.MarkPrice : EventType.Unknown;
    }

    /// <summary>The properties read or left out on purpose.</summary>
    public static UInt128 FieldsOf(EventType type) => type switch
    {
        EventType.Depth => MarketFields.Depth,
        EventType.Trade => MarketFields.Trade,
        EventType.AggregateTrade => MarketFields.AggregateTrade,
        EventType.Top => MarketFields.Top,
        EventType.Ticker => MarketFields.Ticker,
        EventType.MiniTicker => MarketFields.MiniTicker,
        _ => MarketFields.MarkPrice,
    };
}
