using System.Collections.Frozen;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Binance;

/// <summary>
/// The venue's error codes and messages in our words. Source: the error pages of the Spot and USD-M documents. The hundreds name a class
/// there (11xx: request, 20xx: processing, 40xx: filters), which is what a code missing in the table falls back to.
/// </summary>
public static class BinanceErrors
{
    private static readonly FrozenDictionary<int, VenueErrorKind> Common = Table(
        (VenueErrorKind.Network, [-1001, -1006]),
        (VenueErrorKind.Timeout, [-1007]),
        (VenueErrorKind.RateLimited, [-1003, -1015, -5041]),
        (VenueErrorKind.Overloaded, [-1004, -1008]),
        (VenueErrorKind.Maintenance, [-1016]),
        (VenueErrorKind.NotSupported, [-1020]),
        (VenueErrorKind.ClockSkew, [-1021]),
        (VenueErrorKind.Authentication, [-1002, -1022, -1099, -1125, -2008, -2014, -2015]),
        (VenueErrorKind.Permission, [-1005, -1011, -1109, -2017]),
        (VenueErrorKind.InvalidOrder, [-1013, -1014, -1111, -1112, -2010, -2020, -2038]),
        (VenueErrorKind.UnknownSymbol, [-1108, -1121, -1151]),
        (VenueErrorKind.MarketClosed, [-1220, -2016]),
        (VenueErrorKind.OrderNotFound, [-2011, -2013, -2026, -2039]));

    private static readonly FrozenDictionary<int, VenueErrorKind> Spot = Table(
        (VenueErrorKind.InvalidOrder, [-2021, -2022]));

    private static readonly FrozenDictionary<int, VenueErrorKind> UsdM = Table(
        (VenueErrorKind.BadRequest, [-1108]),
        (VenueErrorKind.UnknownSymbol, [-1122, -1126, -4144]),
        (VenueErrorKind.InsufficientFunds, [-2018, -2019, -2024, -4050, -4051]),
        (VenueErrorKind.WouldTriggerImmediately, [-2021, -4142]),
        (VenueErrorKind.ReduceOnlyRejected, [-2022, -4118]),
        (VenueErrorKind.Permission, [-2023, -4056, -4057, -4080, -4087, -4088, -4192, -4202, -4203, -4205, -4206, -4400, -4401, -4402, -4403]),
        (VenueErrorKind.InvalidOrder, [-2025, -2027, -2028, -4000, -4001, -4002, -4003, -4004, -4005, -4006, -4007, -4008, -4009, -4010, -4011, -4012, -4013, -4014, -4015, -4016, -4021,
            -4023, -4024, -4029, -4030, -4045, -4061, -4062, -4064, -4065, -4068, -4131, -4136, -4137, -4138, -4139, -4164, -4165, -4183, -4184, -5021, -5025, -5026, -5028, -5037, -5038, -5039]),
        (VenueErrorKind.NotSupported, [-2026, -4086, -4120]),
        (VenueErrorKind.AlreadySo, [-4046, -4059, -4167, -4171, -5027]),
        (VenueErrorKind.DuplicateOrder, [-4116]),
        (VenueErrorKind.MarketClosed, [-4140, -4141]),
        (VenueErrorKind.PostOnlyWouldTake, [-5022]));

    // Codes that stand for many things are told apart by their text, which has been stable for years.
    private static readonly (string Text, VenueErrorKind Kind)[] Messages =
    [
        ("insufficient balance", VenueErrorKind.InsufficientFunds),
        ("Duplicate order sent", VenueErrorKind.DuplicateOrder),
        ("Duplicated client order id", VenueErrorKind.DuplicateOrder),
        ("immediately match and take", VenueErrorKind.PostOnlyWouldTake),
        ("would trigger immediately", VenueErrorKind.WouldTriggerImmediately),
        ("Market is closed", VenueErrorKind.MarketClosed),
        ("Unknown order sent", VenueErrorKind.OrderNotFound),
        ("Order does not exist", VenueErrorKind.OrderNotFound),
        ("would change no state", VenueErrorKind.AlreadySo),
        ("not canceled due to cancel restrictions", VenueErrorKind.InvalidOrder),
        ("is not permitted for this account", VenueErrorKind.Permission),
        ("is restricted for this account", VenueErrorKind.Permission),
        ("trading is not enabled", VenueErrorKind.Permission),
        ("may not place or cancel orders", VenueErrorKind.Permission),
        ("action is disabled on this account", VenueErrorKind.Permission),
        ("You don't have permission", VenueErrorKind.Permission),
        ("not authorized", VenueErrorKind.Permission),
        ("API key does not exist", VenueErrorKind.Authentication),
        ("under maintenance", VenueErrorKind.Maintenance),
        ("Too many requests", VenueErrorKind.RateLimited),
    ];

    // Errors that leave it open whether a write took place.
    private static readonly FrozenSet<int> Unclear = FrozenSet.ToFrozenSet([-1000, -1001, -1006, -1007]);

    /// <summary>The class of an error.</summary>
    /// <param name="market">The same code may mean different things per market.</param>
    /// <param name="code">The venue's code.</param>
    /// <param name="message">The venue's text.</param>
    public static VenueErrorKind KindOf(BinanceMarket market, int code, string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        foreach ((string text, VenueErrorKind kind) in Messages)
        {
            if (message.Contains(text, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return (market == BinanceMarket.Spot ? Spot : UsdM).TryGetValue(code, out VenueErrorKind own) ? own
            : Common.TryGetValue(code, out VenueErrorKind common) ? common
            : ClassOf(market, code);
    }

    /// <summary>What an error says about the effect of a write.</summary>
    /// <param name="market">The same code may mean different things per market.</param>
    /// <param name="code">The venue's code.</param>
    /// <param name="kind">Its class.</param>
    public static Outcome OutcomeOf(BinanceMarket market, int code, VenueErrorKind kind)
    {
        // -2021 on spot: the old order of a cancel-and-replace is gone, the new one was not placed. A duplicate id: ours may be in the book.
        bool halfDone = market == BinanceMarket.Spot && code == -2021;
        return Unclear.Contains(code) || halfDone || kind == VenueErrorKind.DuplicateOrder ? Outcome.Unknown : Outcome.NotDone;
    }

    /// <summary>The filter that a message names: <c>Filter failure: LOT_SIZE</c>; null when it names none.</summary>
    public static string? FilterOf(int code, string message)
    {
        const string Prefix = "Filter failure: ";
        ArgumentNullException.ThrowIfNull(message);
        int at = message.IndexOf(Prefix, StringComparison.OrdinalIgnoreCase);
        return at >= 0 ? message[(at + Prefix.Length)..].Trim().TrimEnd('.')
            : code switch
            {
                -4164 => "MIN_NOTIONAL",
                -4014 => "PRICE_FILTER",
                -4003 or -4004 or -4005 or -4023 => "LOT_SIZE",
                -4131 or -4016 or -4024 => "PERCENT_PRICE",
                _ => null,
            };
    }

    private static VenueErrorKind ClassOf(BinanceMarket market, int code) => code switch
    {
        <= -1100 and > -1200 => VenueErrorKind.BadRequest,
        -1023 => VenueErrorKind.BadRequest,
        <= -4000 and > -4500 when market == BinanceMarket.UsdM => VenueErrorKind.BadRequest,
        <= -5000 and > -5100 when market == BinanceMarket.UsdM => VenueErrorKind.InvalidOrder,
        _ => VenueErrorKind.Unknown,
    };

    private static FrozenDictionary<int, VenueErrorKind> Table(params (VenueErrorKind Kind, int[] Codes)[] rows) =>
        rows.SelectMany(r => r.Codes.Select(c => KeyValuePair.Create(c, r.Kind))).ToFrozenDictionary();
}
