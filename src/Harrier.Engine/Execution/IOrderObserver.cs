namespace Harrier.Engine.Execution;

/// <summary>Sees every order of an engine from its sending to its end, on the engine's thread. Whoever implements it returns at once.</summary>
public interface IOrderObserver
{
    /// <summary>An order passed the gate and is sent.</summary>
    void OnSent(Order order);

    /// <summary>The venue told something about an order, and it has been applied.</summary>
    /// <param name="order">The order as it is now.</param>
    /// <param name="report">What was told.</param>
    void OnReport(Order order, in ExecutionReport report);
}
