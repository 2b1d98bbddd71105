using Harrier.Engine.Execution;
using Harrier.Engine.Strategies;

namespace Harrier.Engine;

/// <content>Who watches an engine. What they do changes nothing in it.</content>
public sealed partial class TradingEngine
{
    /// <summary>Called with every signal, if set; costs nothing otherwise.</summary>
    public ISignalObserver? SignalObserver
    {
        get => _host.Observer;
        set => _host.Observer = value;
    }

    /// <summary>Called around every call of a strategy, if set.</summary>
    public ICallObserver? CallObserver
    {
        get => _host.CallObserver;
        set => _host.CallObserver = value;
    }

    /// <summary>Called with every step that a strategy explains, if set; costs nothing otherwise.</summary>
    public IDecisionObserver? DecisionObserver
    {
        get => _host.DecisionObserver;
        set => _host.DecisionObserver = value;
    }

    /// <summary>Told every order from its sending to its end, if set.</summary>
    public IOrderObserver? OrderObserver
    {
        get => _host.OrderObserver;
        set => _host.OrderObserver = value;
    }
}
