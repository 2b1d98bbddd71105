using Harrier.Domain;

namespace Harrier.Engine.Strategies;

/// <summary>Sees every call of a strategy, on the engine's thread. The engine knows no clock: who wants to know how long a call takes brings one.</summary>
public interface ICallObserver
{
    /// <summary>A call begins; calls may stand inside one another.</summary>
    /// <returns>Anything, for <see cref="OnEnd"/>.</returns>
    long OnBegin();

    /// <summary>The call has returned or thrown.</summary>
    /// <param name="bot">Whose strategy was called.</param>
    /// <param name="began">What <see cref="OnBegin"/> gave.</param>
    void OnEnd(BotId bot, long began);
}
