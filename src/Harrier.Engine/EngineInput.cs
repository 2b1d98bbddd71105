using Harrier.Domain;

namespace Harrier.Engine;

/// <summary>The closed list of what may enter the loop. What is not in it cannot influence a trade.</summary>
public enum EngineInputKind : byte
{
    /// <summary>A closed <see cref="Domain.Bar"/>.</summary>
    Bar = 0,

    /// <summary>A <see cref="MarketEvent"/>.</summary>
    Market = 1,

    /// <summary>An <see cref="Execution.ExecutionReport"/>.</summary>
    Execution = 2,

    /// <summary>An <see cref="AccountReport"/>.</summary>
    Account = 3,

    /// <summary>A <see cref="FeedFault"/>.</summary>
    FeedFault = 4,

    /// <summary>An <see cref="OperatorCommand"/>.</summary>
    Operator = 5,

    /// <summary>A <see cref="Heartbeat"/>.</summary>
    Heartbeat = 6,

    /// <summary>An <see cref="Execution.ConversionReport"/>.</summary>
    Conversion = 7,
}

/// <summary>Money that came into a bot's sub-ledger from outside (above 0) or left it (below 0).</summary>
/// <param name="Bot">Whose sub-ledger.</param>
/// <param name="Amount">Amount and asset.</param>
/// <param name="Time">When.</param>
public readonly record struct AccountReport(BotId Bot, Money Amount, Timestamp Time);

/// <summary>The feed of an instrument can no longer be trusted: a gap, a failed checksum, an overrun. The next good event heals it.</summary>
/// <param name="Instrument">Whose feed.</param>
/// <param name="Time">When it was noticed.</param>
public readonly record struct FeedFault(InstrumentId Instrument, Timestamp Time);

/// <summary>Time passes though nothing happens; carries how far the queue lags behind.</summary>
/// <param name="Time">The wall clock of the process that feeds the engine.</param>
/// <param name="QueueLag">Age of the oldest input that waits.</param>
public readonly record struct Heartbeat(Timestamp Time, TimeSpan QueueLag);

/// <summary>What an operator can order.</summary>
public enum OperatorAction : byte
{
    /// <summary>No order that grows a position is let through until <see cref="Resume"/>.</summary>
    Halt = 0,

    /// <summary>Ends <see cref="Halt"/>, and the block of entries by escalated orders: the operator has looked.</summary>
    Resume = 1,

    /// <summary>Cancel all orders of the bot, close its positions at the market and stop its strategy.</summary>
    Flatten = 2,

    /// <summary>Ends a fired kill switch: the peak of equity is taken anew from what is there now. It ends nothing else.</summary>
    ResetKillSwitch = 3,

    /// <summary>Ends the refusal of entries after <see cref="Risk.RiskLimits.MaxDrawdown"/>: the peak of equity is taken anew from what is there now.</summary>
    ResetDrawdown = 4,

    /// <summary>The bot opens and grows nothing until <see cref="ResumeBot"/>; entries that work are canceled.</summary>
    PauseBot = 5,

    /// <summary>Ends <see cref="PauseBot"/>.</summary>
    ResumeBot = 6,

    /// <summary>Stops the bot's strategy; entries that work are canceled, positions stay with their protective orders.</summary>
    StopBot = 7,

    /// <summary>Starts a bot that was stopped, flattened or has failed, with its strategy made anew.</summary>
    StartBot = 8,

    /// <summary>Changes size and exit rules of the bot; <see cref="OperatorCommand.Edit"/> says to what.</summary>
    EditBot = 9,

    /// <summary>What the venue has of the account is not known at present: no order that grows a position is let through until <see cref="PictureSound"/>. Given by the program.</summary>
    PictureLost = 10,

    /// <summary>Ends <see cref="PictureLost"/>, and nothing else: our books and the venue's say the same again. Given by the program.</summary>
    PictureSound = 11,

    /// <summary>Cancels the entries of all bots that work; positions keep their protective orders. Given by the program before it ends.</summary>
    CancelEntries = 12,

    /// <summary>The account is made of other bots, strategies or limits from now on; <see cref="OperatorCommand.Composition"/> says of which. Nothing follows in this engine.</summary>
    Recompose = 13,

    /// <summary>A person places, closes or cancels by hand, through the risk gate; <see cref="OperatorCommand.Hand"/> says what.</summary>
    Trade = 14,

    /// <summary>What follows is the past, from which features and strategies learn until <see cref="EndWarmUp"/>: what strategies wish for is no order, and is not recorded. Given by the program.</summary>
    BeginWarmUp = 15,

    /// <summary>Ends <see cref="BeginWarmUp"/>. Given by the program.</summary>
    EndWarmUp = 16,
}

/// <summary>An order of the operator, or of the end of the data.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Bot">Which bot; ignored by halt and resume, which concern the account.</param>
/// <param name="Purpose">Exit reason of positions that a flatten closes.</param>
/// <param name="Time">When.</param>
public readonly record struct OperatorCommand(OperatorAction Action, BotId Bot, OrderPurpose Purpose, Timestamp Time)
{
    /// <summary>Who ordered it; empty for the program itself.</summary>
    public string By { get; init; } = "";

    /// <summary>Why, in the words of who did.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What <see cref="OperatorAction.EditBot"/> changes; null for every other action.</summary>
    public BotEdit? Edit { get; init; }

    /// <summary>What <see cref="OperatorAction.Trade"/> does; null for every other action.</summary>
    public HandOrder? Hand { get; init; }

    /// <summary>Of what <see cref="OperatorAction.Recompose"/> makes the account, in the words of whoever makes it; empty for every other action.</summary>
    public string Composition { get; init; } = "";
}
