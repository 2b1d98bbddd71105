using System.Diagnostics.CodeAnalysis;
using Harrier.Domain;

namespace Harrier.Hosting.Bots;

/// <summary>A step that a bot made.</summary>
/// <param name="From">Where it was.</param>
/// <param name="To">Where it is.</param>
/// <param name="Time">When.</param>
/// <param name="Reason">Why, in a few words.</param>
public readonly record struct BotStep(BotState From, BotState To, Timestamp Time, string Reason);

/// <summary>
/// The life of a bot: which state may follow which. A step that is not allowed changes nothing and is answered with a reason, because who
/// asks is a person or another part of the program, and neither may end the bot by asking. Belongs to one thread at a time.
/// </summary>
public sealed class BotLifecycle
{
    /// <summary>Steps that are remembered.</summary>
    public const int HistoryLength = 100;

    private readonly Queue<BotStep> _history = new(HistoryLength);

    /// <summary>Where the bot is.</summary>
    public BotState State { get; private set; }

    /// <summary>The latest steps, oldest first.</summary>
    public IReadOnlyCollection<BotStep> History => _history;

    /// <summary>The states that may follow one.</summary>
    public static IReadOnlyList<BotState> After(BotState state) => state switch
    {
        BotState.Idle => [BotState.Initializing, BotState.Scanning, BotState.Stopped, BotState.Error],
        BotState.Initializing => [BotState.Scanning, BotState.Error, BotState.Emergency, BotState.Stopped],
        BotState.Scanning => [BotState.LevelBuilding, BotState.Managing, BotState.Paused, BotState.Error, BotState.Emergency, BotState.Stopped],
        BotState.LevelBuilding => [BotState.SignalWait, BotState.Scanning, BotState.Error, BotState.Emergency, BotState.Stopped],
        BotState.SignalWait => [BotState.Sizing, BotState.Managing, BotState.Scanning, BotState.Paused, BotState.Error, BotState.Emergency, BotState.Stopped],
        BotState.Sizing => [BotState.Execution, BotState.Scanning, BotState.Error, BotState.Emergency, BotState.Stopped],
        BotState.Execution => [BotState.Managing, BotState.Scanning, BotState.Error, BotState.Emergency, BotState.Stopped],
        BotState.Managing => [BotState.Scanning, BotState.Managing, BotState.Paused, BotState.Error, BotState.Emergency, BotState.Stopped],
        BotState.Paused => [BotState.Scanning, BotState.Managing, BotState.Idle, BotState.Error, BotState.Emergency, BotState.Stopped],
        BotState.Error => [BotState.Scanning, BotState.Managing, BotState.Idle, BotState.Emergency, BotState.Stopped],
        BotState.Emergency => [BotState.Stopped, BotState.Idle],
        _ => [BotState.Idle, BotState.Initializing],
    };

    /// <summary>Goes to a state.</summary>
    /// <param name="next">Where to.</param>
    /// <param name="time">When.</param>
    /// <param name="reason">Why, in a few words.</param>
    /// <param name="refusal">Why the bot may not go there.</param>
    /// <returns>False when it may not; then nothing has changed.</returns>
    public bool TryGo(BotState next, Timestamp time, string reason, [NotNullWhen(false)] out string? refusal)
    {
        IReadOnlyList<BotState> allowed = After(State);
        if (!allowed.Contains(next))
        {
            refusal = $"a bot that is {Word(State)} cannot become {Word(next)}; it can become {string.Join(", ", allowed.Select(Word))}";
            return false;
        }

        if (_history.Count == HistoryLength)
        {
            _history.Dequeue();
        }

        _history.Enqueue(new BotStep(State, next, time, reason));
        State = next;
        refusal = null;
        return true;
    }

    /// <summary>A state as people read it: scanning, level building.</summary>
    public static string Word(BotState state) => state switch
    {
        BotState.LevelBuilding => "level building",
        BotState.SignalWait => "waiting for a signal",
        _ => state.ToString().ToLowerInvariant(),
    };
}
