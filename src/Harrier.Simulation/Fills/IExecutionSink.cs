using Harrier.Engine.Execution;

namespace Harrier.Simulation.Fills;

/// <summary>Takes the reports of a simulated venue, one at a time, in order; usually hands them to the engine at once.</summary>
public interface IExecutionSink
{
    /// <summary>Takes one report. Orders submitted from inside this call are live from the same point of the bar's path.</summary>
    void Deliver(in ExecutionReport report);
}
