using System.Globalization;
using Harrier.Testnet.Core;

namespace Harrier.Testnet.Bybit;

/// <summary>
/// Ids in the venue's shapes, made from the exchange's own numbers: on linear markets UUIDs, on spot numbers of 19 digits. The same seed gives the
/// same ids, and an id of an order leads back to its number.
/// </summary>
/// <param name="isSpot">Which shape.</param>
/// <param name="seed">Seed of the UUIDs.</param>
internal sealed class BybitIds(bool isSpot, long seed)
{
    private const long FirstOrder = 1_900_000_000_000_000_000;
    private const long FirstTrade = 2_290_000_000_000_000_000;
    private const long TradesPerInstrument = 1_000_000_000_000;
    private const int TailDigits = 12;
    private const ulong TailMask = 0xFFFF_FFFF_FFFF;
    private const int TextLength = 36;

    /// <summary>The id under which clients know an order: what a conditional order made at its trigger keeps the id.</summary>
    public string Of(ExchangeOrder order) => OfOrder(order.ParentConditionalId == 0 ? order.Id : order.ParentConditionalId);

    /// <summary>The id of an order's number.</summary>
    public string OfOrder(long number) => isSpot
        ? (FirstOrder + number).ToString(CultureInfo.InvariantCulture)
        : Uuid('o', (ulong)number);

    /// <summary>The number of an order's id; null for what is no id of an order.</summary>
    public long? OrderOf(string id)
    {
        if (isSpot)
        {
            return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > FirstOrder ? number - FirstOrder : null;
        }

        if (id.Length != TextLength || !ulong.TryParse(id.AsSpan(TextLength - TailDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong tail))
        {
            return null;
        }

        ulong found = tail ^ (Mix((ulong)seed + 'o') & TailMask);
        return found <= long.MaxValue && Uuid('o', found) == id ? (long)found : null;
    }

    /// <summary>The id of a public trade.</summary>
    public string OfTrade(ListedInstrument instrument, long tradeId)
    {
        long number = (instrument.Index * TradesPerInstrument) + tradeId;
        return isSpot ? (FirstTrade + number).ToString(CultureInfo.InvariantCulture) : Uuid('t', (ulong)number);
    }

    /// <summary>The id of an own fill. The taker has the public trade's, the maker one of its own, so that both sides of a self-trade are told apart.</summary>
    public string Of(ExchangeFill fill)
    {
        ListedInstrument instrument = fill.Order.Instrument;
        if (!fill.IsMaker)
        {
            return OfTrade(instrument, fill.TradeId);
        }

        long number = (instrument.Index * TradesPerInstrument) + fill.TradeId;
        return isSpot ? (FirstTrade + (TradesPerInstrument * 1000) + number).ToString(CultureInfo.InvariantCulture) : Uuid('m', (ulong)number);
    }

    /// <summary>The id of a funding of a position.</summary>
    public string OfFunding(ExchangePosition position, Domain.Timestamp time) =>
        Uuid('f', (ulong)((time.UnixMilliseconds * (TradesPerInstrument / 1_000_000)) + (position.Account.Id * 1000L) + position.Instrument.Index));

    // The tail is the number itself, masked; the head is a digest of it, so that neighbors look nothing alike and made-up ids are found out.
    private string Uuid(char kind, ulong number)
    {
        ulong head = Mix((ulong)seed ^ Mix(number + ((ulong)kind << 56)));
        ulong tail = (number ^ Mix((ulong)seed + kind)) & TailMask;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{head >> 32:x8}-{(head >> 16) & 0xFFFF:x4}-4{head & 0xFFF:x3}-{0x8000 | ((head >> 48) & 0x3FFF):x4}-{tail:x12}");
    }

    // The finalizer of SplitMix64.
    private static ulong Mix(ulong value)
    {
        value += 0x9E37_79B9_7F4A_7C15;
        value = (value ^ (value >> 30)) * 0xBF58_476D_1CE4_E5B9;
        value = (value ^ (value >> 27)) * 0x94D0_49BB_1331_11EB;
        return value ^ (value >> 31);
    }
}
