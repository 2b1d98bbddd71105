using Harrier.Domain;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;

namespace Harrier.Hosting.Explaining;

/// <summary>What a strategy said last before a moment.</summary>
/// <param name="Time">When.</param>
/// <param name="Side">BUY, SELL, HOLD or EXIT.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Meta">What was behind it.</param>
public sealed record SaidSignal(Timestamp Time, SignalSide Side, double Confidence, IReadOnlyList<KeyValuePair<string, string>> Meta);

/// <summary>An order that a gate refused.</summary>
/// <param name="Time">When.</param>
/// <param name="Side">Bought or sold.</param>
/// <param name="Reason">Rule, value and limit.</param>
public sealed record SaidRefusal(Timestamp Time, OrderSide Side, DenyReason Reason);

/// <summary>An entry that a bot could have asked for, and what every gate would have said.</summary>
/// <param name="Side">Bought or sold.</param>
/// <param name="Quantity">In base currency.</param>
/// <param name="Gates">In the order in which they are asked.</param>
public sealed record PossibleEntry(OrderSide Side, decimal Quantity, IReadOnlyList<GateAnswer> Gates)
{
    /// <summary>The gate that refuses first; null when all let it pass.</summary>
    public GateAnswer? RefusedBy => Gates.FirstOrDefault(static gate => !gate.Reading.Passes);

    /// <summary>Of an entry that passes the gate that is nearest to refusing it; null when none can tell.</summary>
    public GateAnswer? Nearest => Gates.Where(static gate => gate.Reading.Passes && gate.Distance is not null && gate.Reading.Limit > 0).MinBy(static gate => gate.Distance);
}

/// <summary>A bot at a moment: what it was in, what it said, what it got, and what each gate would have said of an entry.</summary>
public sealed record BotMoment
{
    /// <summary>Which account.</summary>
    public required string Account { get; init; }

    /// <summary>Which bot.</summary>
    public required string Bot { get; init; }

    /// <summary>The account's last input at or before the moment.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>Whether its strategy was heard.</summary>
    public required BotCondition Condition { get; init; }

    /// <summary>What the account might do.</summary>
    public required TradingState State { get; init; }

    /// <summary>What it held, in base currency.</summary>
    public required decimal Position { get; init; }

    /// <summary>The latest signal in this session; null when there was none.</summary>
    public required SaidSignal? Signal { get; init; }

    /// <summary>The latest refusal in this session; null when there was none.</summary>
    public required SaidRefusal? Refusal { get; init; }

    /// <summary>A purchase and a sale.</summary>
    public required IReadOnlyList<PossibleEntry> Entries { get; init; }
}
