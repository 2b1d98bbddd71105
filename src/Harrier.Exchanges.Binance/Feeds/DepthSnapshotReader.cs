using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Feeds;

/// <summary>The answer to <c>GET /depth</c>: id and time are returned, the levels go into a buffer.</summary>
/// <param name="LastUpdateId">Id of the last change in it.</param>
/// <param name="Time">The venue's time; null on spot, which gives none.</param>
internal readonly record struct DepthSnapshotHead(long LastUpdateId, Timestamp? Time)
{
    /// <summary>Reads an answer.</summary>
    /// <returns>False when it is not one, or off the instrument's grid.</returns>
    public static bool TryRead(ReadOnlySpan<byte> json, SymbolEntry entry, LevelBuffer levels, out DepthSnapshotHead head)
    {
        head = default;
        long id = 0;
        Timestamp? time = null;
        int sides = 0;
        levels.Begin(json.Length / 12);
        try
        {
            Utf8JsonReader reader = new(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isBids = reader.ValueTextEquals("bids"u8);
                bool isSide = isBids || reader.ValueTextEquals("asks"u8);
                bool isId = reader.ValueTextEquals("lastUpdateId"u8);
                bool isTime = reader.ValueTextEquals("T"u8);
                reader.Read();
                int start = (int)reader.TokenStartIndex;
                id = isId ? reader.GetInt64() : id;
                time = isTime && VenueTime.TryRead(reader.GetInt64(), out Timestamp at) ? at : time;
                reader.Skip();
                if (isSide)
                {
                    LevelFaults faults = default;
                    if (!LevelReader.TryRead(json[start..(int)reader.BytesConsumed], entry, !isBids, levels, ref faults))
                    {
                        return false;
                    }

                    sides++;
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }

        head = new DepthSnapshotHead(id, time);
        return sides == 2 && id > 0;
    }
}
