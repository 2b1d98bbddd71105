namespace Harrier.Engine.Strategies;

/// <content>Explaining decisions to whoever watches.</content>
public abstract partial class Strategy
{
    /// <summary>True while somebody hears what <see cref="Report"/> says; values that are shown only need not be computed otherwise.</summary>
    protected bool IsWatched => Bot.Host.DecisionObserver is not null;

    /// <summary>Explains a step. Without an observer it costs nothing; it must not change what the strategy does.</summary>
    /// <param name="decision">The step.</param>
    /// <param name="payload">Names and values behind it.</param>
    protected void Report(in StrategyDecision decision, params ReadOnlySpan<(string Name, double Value)> payload) =>
        Bot.Host.DecisionObserver?.OnDecision(Bot.Id, Bot.Host.Now, in decision, payload);
}
