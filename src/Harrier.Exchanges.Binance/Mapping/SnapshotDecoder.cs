using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>Reads the answer of the depth endpoints, <c>/api/v3/depth</c> and <c>/fapi/v1/depth</c>. One decoder belongs to one thread.</summary>
public sealed class SnapshotDecoder
{
    private const int ShortestLevel = 10;

    private readonly LevelBuffer _levels = new();

    /// <summary>Levels left out because their price lies between two ticks: orders from before the venue made its grid coarser.</summary>
    public long OffGridLevels { get; private set; }

    /// <summary>Sizes rounded down to whole lots, and at least one, for the same reason.</summary>
    public long RoundedSizes { get; private set; }

    /// <summary>Properties that are neither read nor known.</summary>
    public long UnmappedProperties { get; private set; }

    /// <summary>Reads an answer.</summary>
    /// <param name="body">The answer in UTF-8.</param>
    /// <param name="entry">Whose book it is: the answer does not say.</param>
    /// <param name="request">The number of the request, handed on, and when the answer reached us.</param>
    /// <param name="snapshot">The book; its levels are valid until the next call.</param>
    /// <returns>Null, or why it could not be used.</returns>
    public MarketFault? Decode(ReadOnlySpan<byte> body, SymbolEntry entry, (int Number, Timestamp Received) request, out DepthSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(entry);
        snapshot = default;
        if (body.Length > MarketDecoder.MaxFrameBytes)
        {
            return MarketFault.Oversized;
        }

        try
        {
            Utf8JsonReader reader = new(body);
            while (reader.Read())
            {
            }
        }
        catch (JsonException)
        {
            return MarketFault.Malformed;
        }

        return Read(body, entry, request, out snapshot);
    }

    private MarketFault? Read(ReadOnlySpan<byte> body, SymbolEntry entry, (int Number, Timestamp Received) request, out DepthSnapshot snapshot)
    {
        snapshot = default;
        if (!TryFind(body, out SnapshotSlots slots))
        {
            return MarketFault.Malformed;
        }

        Timestamp time = request.Received;
        if (!MessageFields.TryInteger(body, slots.LastUpdateId, out long lastUpdateId)
            || (slots.Time.Kind != JsonTokenType.None && !(MessageFields.TryInteger(body, slots.Time, out long venueTime) && VenueTime.TryRead(venueTime, out time))))
        {
            return MarketFault.Malformed;
        }

        _levels.Begin(body.Length / ShortestLevel);
        LevelFaults faults = default;
        if (!LevelReader.TryRead(body.Slice(slots.Bids.Start, slots.Bids.Length), entry, isAsk: false, _levels, ref faults)
            || !LevelReader.TryRead(body.Slice(slots.Asks.Start, slots.Asks.Length), entry, isAsk: true, _levels, ref faults))
        {
            return MarketFault.Malformed;
        }

        OffGridLevels += faults.OffGridPrices;
        RoundedSizes += faults.RoundedSizes;
        snapshot = new DepthSnapshot
        {
            Request = request.Number,
            LastUpdateId = lastUpdateId,
            ExchangeTime = time,
            ReceivedTime = request.Received,
            Levels = _levels.Changes,
        };
        return null;
    }

    private bool TryFind(ReadOnlySpan<byte> body, out SnapshotSlots slots)
    {
        slots = default;
        Utf8JsonReader reader = new(body);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            reader.Read();
            FieldSlot slot = MessageFields.SlotOf(ref reader, 0);
            if (name.SequenceEqual("lastUpdateId"u8))
            {
                slots.LastUpdateId = slot;
            }
            else if (name.SequenceEqual("bids"u8))
            {
                slots.Bids = slot;
            }
            else if (name.SequenceEqual("asks"u8))
            {
                slots.Asks = slot;
            }
            else if (name.SequenceEqual("T"u8))
            {
                slots.Time = slot;
            }
            else if (!name.SequenceEqual("E"u8))
            {
                // E is left out on purpose: it says when the answer was made, T when the book last changed.
                UnmappedProperties++;
            }
        }

        return slots.Bids.Kind == JsonTokenType.StartArray && slots.Asks.Kind == JsonTokenType.StartArray;
    }

    private struct SnapshotSlots
    {
        public FieldSlot LastUpdateId;
        public FieldSlot Time;
        public FieldSlot Bids;
        public FieldSlot Asks;
    }
}
