using System.Globalization;

namespace Harrier.Engine.Risk;

/// <summary>The rule that refused an order.</summary>
public enum DenyRule : byte
{
    /// <summary>No rule refused.</summary>
    None = 0,

    /// <summary>Trading is halted.</summary>
    Halted = 1,

    /// <summary>The order's own fields contradict each other: no size, no price, a price without an order type that uses it.</summary>
    Malformed = 2,

    /// <summary>Smaller than the instrument's smallest order; value and limit in base currency.</summary>
    MinQuantity = 3,

    /// <summary>Larger than the instrument's largest order; value and limit in base currency.</summary>
    MaxQuantity = 4,

    /// <summary>Worth less than the instrument's smallest order value; value and limit in quote currency.</summary>
    MinNotional = 5,

    /// <summary>Costs more than is free; value and limit in the asset that pays.</summary>
    InsufficientBalance = 6,

    /// <summary>A spot sale of more than is held; value and limit in base currency.</summary>
    ShortSale = 7,

    /// <summary>A reduce-only order would open or grow a position; value and limit in base currency.</summary>
    ReduceOnly = 8,

    /// <summary>The position would be worth more than allowed; value and limit in quote currency.</summary>
    MaxPositionNotional = 9,

    /// <summary>Too many orders are working; value and limit are counts.</summary>
    MaxWorkingOrders = 10,

    /// <summary>No price is known, or the last one is suspect since a feed fault.</summary>
    StaleMarket = 11,

    /// <summary>The engine lags behind the market; value and limit in milliseconds.</summary>
    EngineLagging = 12,

    /// <summary>Hedge-mode position sides are not supported yet.</summary>
    HedgeMode = 13,

    /// <summary>The bot has been stopped; only its protective and closing orders pass.</summary>
    BotStopped = 14,

    /// <summary>The quote can no longer be committed; value and limit in milliseconds since the epoch.</summary>
    QuoteExpired = 15,

    /// <summary>A conversion with this id was asked for before.</summary>
    Repeated = 16,

    /// <summary>An order on the same side of the instrument may exist or not; value is how many, limit 0.</summary>
    OutcomeUnknown = 17,

    /// <summary>An order of the instrument could not be found out about in time: no entries until a person or a proof settles it; value is how many, limit 0.</summary>
    OutcomeEscalated = 18,

    /// <summary>The position has lost its stop and the new one is not confirmed yet: first the stop, then entries.</summary>
    Unprotected = 19,

    /// <summary>The stop of a planned entry is not on its losing side; value is the stop, limit the entry, in quote currency.</summary>
    StopSide = 20,

    /// <summary>A planned entry in the instrument still works; value is how many, limit 1.</summary>
    EntryPending = 21,

    /// <summary>The bot holds a position in the instrument already; value is its size, limit 0, in base currency.</summary>
    PositionOpen = 22,

    /// <summary>A veto spoke against a planned entry; value is its confidence, limit the smallest that a veto names, or 1.</summary>
    Vetoed = 23,

    /// <summary>Too many positions are open or being opened; value and limit are counts.</summary>
    MaxPositions = 24,

    /// <summary>Too much was lost since midnight UTC; value and limit are fractions of the equity then.</summary>
    DailyLoss = 25,

    /// <summary>Moves too much like a position that is open; value and limit are correlations of returns.</summary>
    Correlation = 26,

    /// <summary>Too few bars are known to tell how alike two instruments move; value and limit are counts of common returns.</summary>
    CorrelationUnknown = 27,

    /// <summary>Too many positions in a row ended with a loss; value and limit are counts.</summary>
    LossesInARow = 28,

    /// <summary>The kill switch has fired and waits for the operator; value and limit are fractions lost from the peak of equity.</summary>
    KillSwitch = 29,

    /// <summary>The equity at the mark fell too far from its peak, and the operator has not reset it; value and limit are fractions of the peak.</summary>
    MaxDrawdown = 30,

    /// <summary>Too many positions ended within an hour; value and limit are counts.</summary>
    TradeRate = 31,

    /// <summary>Too many orders that grow a position were sent within a minute; value and limit are counts.</summary>
    OrderRate = 32,

    /// <summary>The price is too far from the latest closes, to the disadvantage of the order; value and limit are fractions of their median.</summary>
    PriceCollar = 33,

    /// <summary>The position would be too large a part of the account's equity; value and limit in the currency of reckoning.</summary>
    MaxPositionFraction = 34,

    /// <summary>All positions together would be worth too much, entries that work included; value and limit in the currency of reckoning.</summary>
    MaxExposure = 35,

    /// <summary>All positions together would be too large a multiple of the account's equity; value and limit in the currency of reckoning.</summary>
    MaxLeverage = 36,

    /// <summary>The operator paused the bot: only its protective and closing orders pass.</summary>
    BotPaused = 37,

    /// <summary>The bot's strategy failed: until it is restarted, only its protective and closing orders pass.</summary>
    BotFailed = 38,

    /// <summary>What the venue has of the account is not known at present: first the picture, then entries.</summary>
    PictureLost = 39,

    /// <summary>A model strongly thinks the opposite: <c>strong_sell</c> of a purchase, <c>strong_buy</c> of a sale; value and limit are steps against the order, of two.</summary>
    Prediction = 40,

    /// <summary>The strategy learns from the past: what it wishes for is no order. Only the strategy hears of it.</summary>
    WarmingUp = 41,
}

/// <summary>Why an order was refused: rule, measured value and the limit it broke.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Value">What the rule measured, in the unit that the rule names.</param>
/// <param name="Limit">What it allows, in the same unit.</param>
public readonly record struct DenyReason(DenyRule Rule, decimal Value, decimal Limit)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rule}: {Value} against a limit of {Limit}");
}
