using Harrier.Domain;

namespace Harrier.Exchanges.Bybit.Mapping;

/// <summary>Ids of public trades in 8 bytes: numbers on spot as they are, UUIDs on linear folded. They tell trades apart and mean nothing else.</summary>
internal static class TradeIds
{
    public static bool TryRead(ReadOnlySpan<byte> text, out long id)
    {
        bool isRead = VenueTradeId.TryParse(text, out VenueTradeId native);
        id = (long)((native.High ^ native.Low) & long.MaxValue);
        return isRead && id != 0;
    }
}
