using System.Runtime.CompilerServices;
using Harrier.Domain;

namespace Harrier.Engine;

/// <summary>What a person should know of at once, though the engine has acted already.</summary>
public enum AlertKind : byte
{
    /// <summary>A protective order ended without our doing, and was placed again.</summary>
    ProtectionReplaced = 0,

    /// <summary>A protective order was canceled by somebody else, and the settings leave the position to its owner.</summary>
    ProtectionLeft = 1,

    /// <summary>The venue refused a protective order, or does not keep it: the position is closed at the market.</summary>
    ExitInsteadOfStop = 2,

    /// <summary>Neither a protective order nor an exit could be brought to the venue, again and again: look at the account.</summary>
    Unprotected = 3,

    /// <summary>What is left of a position is too small to be sold: it stays on the account and is no position any more.</summary>
    DustLeft = 4,

    /// <summary>The kill switch fired: no entries until the operator resets it.</summary>
    KillSwitchFired = 5,

    /// <summary>80 % of what the kill switch allows is lost.</summary>
    KillSwitchNear = 6,

    /// <summary>The loss of the day has reached its limit: no entries until the next.</summary>
    DailyLossReached = 7,

    /// <summary>80 % of what a day may lose is lost.</summary>
    DailyLossNear = 8,

    /// <summary>Too many positions in a row ended with a loss: entries pause.</summary>
    LossesInARow = 9,

    /// <summary>80 % of the losses in a row that are allowed.</summary>
    LossesInARowNear = 10,

    /// <summary>The equity fell further from its peak than allowed: no entries until the operator resets it.</summary>
    DrawdownReached = 11,

    /// <summary>80 % of the fall that is allowed.</summary>
    DrawdownNear = 12,

    /// <summary>Too many positions ended within an hour: entries wait.</summary>
    TradeRateReached = 13,

    /// <summary>80 % of the positions that may end within an hour.</summary>
    TradeRateNear = 14,

    /// <summary>A strategy threw: until it is made anew, its positions are left to their protective orders.</summary>
    StrategyFailed = 15,

    /// <summary>A strategy did not come back, and its account was started again without that call.</summary>
    StrategyHung = 16,

    /// <summary>A failed strategy was made anew.</summary>
    StrategyRestarted = 17,

    /// <summary>Two exits crossed each other and traded more than there was to leave: what is beyond is taken back at once.</summary>
    ExitOvershot = 18,
}

/// <summary>An alert of the engine.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Bot">Whose position; index -1 for the account as a whole.</param>
/// <param name="Instrument">In what; index -1 for the account as a whole.</param>
/// <param name="Size">The position, or what is left of it; below 0 for short.</param>
/// <param name="Time">When.</param>
public readonly record struct EngineAlert(AlertKind Kind, BotId Bot, InstrumentId Instrument, SizeLots Size, Timestamp Time);

/// <summary>Counts the alerts of an engine and passes each on, once.</summary>
public sealed class AlertLog : IStateful
{
    // Saved states have no room for what was added later: those are counted since the process began.
    private const int SavedKinds = 18;

    private readonly int[] _counts = new int[Enum.GetValues<AlertKind>().Length];
    private readonly Action<EngineAlert>? _listener;

    internal AlertLog(Action<EngineAlert>? listener) => _listener = listener;

    /// <summary>How many alerts of a kind so far.</summary>
    public int this[AlertKind kind] => _counts[Unsafe.BitCast<AlertKind, byte>(kind)];

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        for (int i = 0; i < SavedKinds; i++)
        {
            writer.Write(_counts[i]);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        for (int i = 0; i < SavedKinds; i++)
        {
            _counts[i] = reader.ReadInt32();
        }
    }

    internal void Raise(in EngineAlert alert)
    {
        _counts[Unsafe.BitCast<AlertKind, byte>(alert.Kind)]++;
        _listener?.Invoke(alert);
    }
}
