using Harrier.Domain;

namespace Harrier.Engine.Strategies;

/// <summary>One step of a strategy's thinking, for diagnostics: it explains a decision and changes none.</summary>
/// <param name="Component">What was looked at: <c>levels</c>, <c>density</c>, <c>activity</c>, <c>signal</c>.</param>
/// <param name="Stage">At which step: <c>momentum</c>, <c>lifecycle</c>.</param>
/// <param name="Instrument">Of which instrument.</param>
/// <param name="Reason">Why it did not pass, or what happened, such as <c>signal:momentum:volume</c>; null when there is nothing to say.</param>
/// <param name="Passed">False when nothing is entered because of this.</param>
public readonly record struct StrategyDecision(string Component, string Stage, InstrumentId Instrument, string? Reason, bool Passed);

/// <summary>Sees what strategies explain. The engine itself writes nothing anywhere: whoever watches it does.</summary>
public interface IDecisionObserver
{
    /// <summary>A strategy explained a step at the input being handled.</summary>
    /// <param name="bot">Who.</param>
    /// <param name="time">The time of the input.</param>
    /// <param name="decision">The step.</param>
    /// <param name="payload">Names and values behind it; a value that is not known is NaN. Valid during the call only.</param>
    void OnDecision(BotId bot, Timestamp time, in StrategyDecision decision, ReadOnlySpan<(string Name, double Value)> payload);
}
