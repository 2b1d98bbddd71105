namespace Harrier.Domain;

/// <summary>Buy or sell.</summary>
public enum OrderSide : byte
{
    /// <summary>Buy the base asset, or go long.</summary>
    Buy = 0,

    /// <summary>Sell the base asset, or go short.</summary>
    Sell = 1,
}

/// <summary>How an order finds its price.</summary>
public enum OrderType : byte
{
    /// <summary>At once, at what the market offers.</summary>
    Market = 0,

    /// <summary>At the limit price or better.</summary>
    Limit = 1,

    /// <summary>A market order that wakes when the price moves against us to the trigger.</summary>
    Stop = 2,

    /// <summary>A limit order that wakes when the price moves against us to the trigger.</summary>
    StopLimit = 3,

    /// <summary>A market order that wakes when the price moves in our favour to the trigger.</summary>
    TakeProfit = 4,

    /// <summary>A stop whose trigger follows the best price at a fixed distance and never goes back.</summary>
    TrailingStop = 5,
}

/// <summary>How long an order lives.</summary>
public enum TimeInForce : byte
{
    /// <summary>Until filled or canceled.</summary>
    GoodTilCanceled = 0,

    /// <summary>Fill what can be filled at once, cancel the rest.</summary>
    ImmediateOrCancel = 1,

    /// <summary>Fill all at once or nothing.</summary>
    FillOrKill = 2,
}

/// <summary>Which position of an instrument an order or fill belongs to.</summary>
public enum PositionSide : byte
{
    /// <summary>One netted position, the only mode that live trading supports yet.</summary>
    Both = 0,

    /// <summary>The long leg of a hedge-mode account.</summary>
    Long = 1,

    /// <summary>The short leg of a hedge-mode account.</summary>
    Short = 2,
}

/// <summary>Why a strategy or rule placed an order; becomes the exit reason of a round trip.</summary>
public enum OrderPurpose : byte
{
    /// <summary>A decision of the strategy.</summary>
    Signal = 0,

    /// <summary>Protection against loss.</summary>
    StopLoss = 1,

    /// <summary>The target was reached.</summary>
    TakeProfit = 2,

    /// <summary>Protection that followed the price.</summary>
    TrailingStop = 3,

    /// <summary>The position was held for its longest time.</summary>
    TimeStop = 4,

    /// <summary>The operator flattened the position.</summary>
    Panic = 5,

    /// <summary>The venue closed the position for lack of margin.</summary>
    Liquidation = 6,

    /// <summary>The data ended while a position was open.</summary>
    EndOfData = 7,

    /// <summary>The reconciler booked what the venue has and no working order explains.</summary>
    Reconciliation = 8,

    /// <summary>A position that goes well was made larger.</summary>
    AddOn = 9,

    /// <summary>The first target of a planned entry was reached.</summary>
    FirstTarget = 10,

    /// <summary>The second target of a planned entry was reached.</summary>
    SecondTarget = 11,

    /// <summary>The stop that moved to the entry price after the first target.</summary>
    BreakevenStop = 12,

    /// <summary>The stop that followed the highest high, or lowest low, at a distance in average true ranges.</summary>
    Chandelier = 13,

    /// <summary>The activity of the market dropped.</summary>
    PanicActivityDrop = 14,

    /// <summary>The position was held for the longest time allowed, whatever else.</summary>
    MaxHold = 15,

    /// <summary>The position earned too little for its age.</summary>
    NoProgress = 16,

    /// <summary>The account lost more than its kill switch allows.</summary>
    KillSwitch = 17,

    /// <summary>The account lost more in a day than it may.</summary>
    DailyLoss = 18,

    /// <summary>The account's equity fell further from its peak than it may.</summary>
    MaxDrawdown = 19,

    /// <summary>A person placed it by hand.</summary>
    Operator = 20,

    /// <summary>Takes back at once what an exit traded beyond its position, because two exits crossed each other.</summary>
    Overshoot = 21,
}
