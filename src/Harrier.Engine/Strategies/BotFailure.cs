using Harrier.Domain;

namespace Harrier.Engine.Strategies;

/// <summary>How a strategy failed.</summary>
public enum BotFault : byte
{
    /// <summary>It threw an exception, or said what is no number.</summary>
    Threw = 0,

    /// <summary>It did not come back.</summary>
    Hung = 1,
}

/// <summary>A strategy failed, and is made anew later.</summary>
/// <param name="Bot">Whose.</param>
/// <param name="Fault">How.</param>
/// <param name="Count">Failures in a row; an hour without one begins anew.</param>
/// <param name="RestartAt">When it is made anew.</param>
/// <param name="Time">When it failed.</param>
public readonly record struct BotFailure(BotId Bot, BotFault Fault, int Count, Timestamp RestartAt, Timestamp Time);

/// <summary>A call of a strategy that has not returned.</summary>
/// <param name="Bot">Whose strategy.</param>
/// <param name="Number">1, 2, 3, ... since the session began: the same inputs make the same calls.</param>
public readonly record struct StrategyCall(BotId Bot, long Number);
