using Harrier.Domain;

namespace Harrier.Engine.Strategies;

/// <content>
/// Calls of strategies, numbered and watched. Where the engine is told to, a strategy that throws is failed and made anew later, instead of ending the account;
/// what throws inside the engine ends it as ever. All of it follows from the inputs, so that a replay fails the same strategy at the same call.
/// </content>
internal sealed partial class StrategyHost
{
    private const int BitsOfNumber = 44;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    private int _depth;
    private long _calls;
    private long _current;

    private delegate void Handler<T1, T2>(Strategy strategy, in T1 first, in T2 second);

    public bool IsSupervised { get; init; }

    public ICallObserver? CallObserver { get; set; }

    /// <summary>Number of the call that is not made: it hung when these inputs were handled before. 0 for none.</summary>
    public long FenceAt { get; set; }

    /// <summary>The call that has not returned; null between two. Safe to read from any thread.</summary>
    public StrategyCall? CurrentCall => Volatile.Read(ref _current) is not 0 and long call
        ? new StrategyCall(new BotId((int)(call >> BitsOfNumber) - 1), call & ((1L << BitsOfNumber) - 1))
        : null;

    /// <summary>A strategy calls the engine: what throws until it returns is not the strategy's fault.</summary>
    public void EngineBegins() => _depth++;

    public void EngineEnds() => _depth--;

    /// <summary>Counts calls from here.</summary>
    public void BeginCalls() => (_calls, FenceAt) = (0, 0);

    private void Hear<T1, T2>(Bot bot, Handler<T1, T2> handler, in T1 first, in T2 second)
    {
        (int depth, long outer) = (_depth, _current);
        if (++_calls == FenceAt)
        {
            Fail(bot, BotFault.Hung, "it did not come back");
            return;
        }

        Volatile.Write(ref _current, ((bot.Id.Index + 1L) << BitsOfNumber) | _calls);
        ICallObserver? observer = CallObserver;
        long began = observer?.OnBegin() ?? 0;
        try
        {
            handler(bot.Strategy, in first, in second);
        }
        catch (Exception fault) when (IsSupervised && _depth == depth && fault is not OutOfMemoryException)
        {
            Fail(bot, BotFault.Threw, $"{fault.GetType().Name}: {fault.Message}");
        }

        observer?.OnEnd(bot.Id, began);
        Volatile.Write(ref _current, outer);
    }

    private void Fail(Bot bot, BotFault fault, string text)
    {
        if (!bot.IsRunning)
        {
            // It was told to be silent and failed over that: there is nothing to restart.
            return;
        }

        bot.Failures = Now - bot.BegunAt >= LongestPause ? 1 : bot.Failures + 1;
        bot.FaultText = text;
        bot.GoesOnAs = bot.Condition;
        bot.Condition = BotCondition.Failed;
        _mustTend = true;
        bot.RetryAt = Now + TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(bot.Failures - 1, 20)));
        bot.Reversal = SignalSide.Hold;
        parts.Decisions.Add(((long)fault << 32) | (uint)bot.Id.Index);
        parts.Decisions.Add(Now.Nanos);
        parts.Journal?.AppendFailure(new BotFailure(bot.Id, fault, bot.Failures, bot.RetryAt, Now));
        parts.Alerts.Raise(new EngineAlert(fault == BotFault.Hung ? AlertKind.StrategyHung : AlertKind.StrategyFailed, bot.Id, new InstrumentId(-1), default, Now));
        CancelEntries(bot);
    }

    private void Restart(Bot bot)
    {
        bot.Condition = bot.GoesOnAs;
        Renew(bot);
        if (bot.IsRunning)
        {
            parts.Alerts.Raise(new EngineAlert(AlertKind.StrategyRestarted, bot.Id, new InstrumentId(-1), default, Now));
        }
    }

    private void Renew(Bot bot)
    {
        bot.BegunAt = Now;
        bot.Renew();
        Hear(bot, static (Strategy strategy, in int _, in int _) => strategy.Start(), 0, 0);
    }
}
