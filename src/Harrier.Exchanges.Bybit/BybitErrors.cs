using System.Collections.Frozen;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Bybit;

/// <summary>
/// The venue's codes in our words. Source: the error page of its v5 documents, July 2026. The thousands name a family there (110: contracts,
/// 170: spot), which is what a code missing in the table falls back to.
/// </summary>
public static class BybitErrors
{
    private static readonly FrozenDictionary<int, VenueErrorKind> Table = new (VenueErrorKind Kind, int[] Codes)[]
    {
        (VenueErrorKind.Timeout, [10000, 170007, 170146, 170147]),
        (VenueErrorKind.Network, [170032]),
        (VenueErrorKind.Overloaded, [429, 10016, 10019, 10429, 170001, 170031]),
        (VenueErrorKind.Maintenance, [110071, 140071]),
        (VenueErrorKind.BadRequest, [10001, 10404, 20001]),
        (VenueErrorKind.ClockSkew, [10002, -1021]),
        (VenueErrorKind.Authentication, [10003, 10004, 10007, 33004, 131004, -2015]),
        (VenueErrorKind.Permission, [10005, 10008, 10010, 10020, 10024, 10027, 10029, 30011, 30012, 30013, 100028, 110065, 110067, 110068, 110069, 140065, 140067, 140068, 140069,
            170201, 170209, 170224, 170241, 175010, 176035, 176036, 176037]),
        (VenueErrorKind.RateLimited, [10006, 10018, 10403, 20003, 30033, 30035, 170005, 170222]),
        (VenueErrorKind.Banned, [10009]),
        (VenueErrorKind.NotSupported, [10017, 10028, 131231, 131232]),
        (VenueErrorKind.DuplicateOrder, [10014, 20006, 110072, 170141]),
        (VenueErrorKind.UnknownSymbol, [170121]),
        (VenueErrorKind.OrderNotFound, [30034, 110001, 110008, 110010, 140001, 140008, 140010, 170139, 170142, 170143, 170190, 170212, 170213, -2013]),
        (VenueErrorKind.InsufficientFunds, [30010, 30031, 30042, 30049, 30067, 110004, 110006, 110007, 110012, 110014, 110044, 110045, 110051, 110052, 110053, 130021, 131001, 131085,
            131212, 140004, 140006, 140007, 140012, 140014, 140044, 140045, 140051, 140052, 140053, 170033, 170034, 170131, 170223, 170226, 175003, 175006, 176015, 3200300]),
        (VenueErrorKind.AlreadySo, [34036, 34040, 110025, 110026, 110027, 110043, 140025, 140026, 140027, 140043]),
        (VenueErrorKind.ReduceOnlyRejected, [110017, 140017]),
        (VenueErrorKind.PostOnlyWouldTake, [170218]),
        (VenueErrorKind.WouldTriggerImmediately, [110092, 110093]),
        (VenueErrorKind.MarketClosed, [30228, 110063, 110066, 110074, 140063, 140066]),
    }.SelectMany(row => row.Codes.Select(code => KeyValuePair.Create(code, row.Kind))).ToFrozenDictionary();

    // Codes that stand for many things are told apart by their text.
    private static readonly (string Text, VenueErrorKind Kind)[] Messages =
    [
        ("Not supported symbols", VenueErrorKind.UnknownSymbol),
        ("symbol invalid", VenueErrorKind.UnknownSymbol),
        ("qty invalid", VenueErrorKind.InvalidOrder),
        ("price invalid", VenueErrorKind.InvalidOrder),
        ("number of contracts", VenueErrorKind.InvalidOrder),
        ("zero position", VenueErrorKind.InvalidOrder),
        ("order remains unchanged", VenueErrorKind.AlreadySo),
        ("not modified", VenueErrorKind.AlreadySo),
        ("unknown orderInfo", VenueErrorKind.OrderNotFound),
        ("invalid api_key", VenueErrorKind.Authentication),
        ("openapi sign params error", VenueErrorKind.Authentication),
        ("Request timeout", VenueErrorKind.Timeout),
        ("oc_diff", VenueErrorKind.InsufficientFunds),
        ("new_oc", VenueErrorKind.InsufficientFunds),
    ];

    // Errors that leave it open whether a write took place: the venue's gate did not hear from what stands behind it.
    private static readonly FrozenSet<int> Unclear = FrozenSet.ToFrozenSet([10000, 10016, 10019, 170001, 170007, 170031, 170032, 170146, 170147]);

    /// <summary>The class of an error.</summary>
    /// <param name="code">The venue's code.</param>
    /// <param name="message">The venue's text; never a source of numbers, which it scales.</param>
    public static VenueErrorKind KindOf(int code, string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach ((string text, VenueErrorKind kind) in Messages)
        {
            if (message.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return Table.TryGetValue(code, out VenueErrorKind known) ? known : FamilyOf(code);
    }

    /// <summary>What an error says about the effect of a write. A duplicate id: ours may be in the book.</summary>
    /// <param name="code">The venue's code.</param>
    /// <param name="kind">Its class.</param>
    public static Outcome OutcomeOf(int code, VenueErrorKind kind) =>
        Unclear.Contains(code) || kind is VenueErrorKind.DuplicateOrder or VenueErrorKind.Timeout ? Outcome.Unknown : Outcome.NotDone;

    /// <summary>The rule that a code names; null when it names none.</summary>
    public static string? FilterOf(int code) => code switch
    {
        110094 or 170140 => "MIN_NOTIONAL",
        110003 or 170132 or 170133 or 170193 or 170194 => "PERCENT_PRICE",
        170134 => "PRICE_FILTER",
        170124 or 170136 or 170137 or 170148 or 170381 => "LOT_SIZE",
        _ => null,
    };

    private static VenueErrorKind FamilyOf(int code) => (code / 1000) switch
    {
        110 or 140 or 170 or 175 or 30 => VenueErrorKind.InvalidOrder,
        7 or 12 or 20 or 34 or 35 or 130 or 131 or 176 or 181 or 182 or 340 or 3100 or 3200 or 3400 => VenueErrorKind.BadRequest,
        _ => VenueErrorKind.Unknown,
    };
}
