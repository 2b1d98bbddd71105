namespace Harrier.Simulation.Books;

/// <summary>What fills on recorded trades and books assume. Every value is printed with the result.</summary>
public sealed record BookFillOptions
{
    /// <summary>True when the recording has books: takers walk them and resting orders queue in them. False fills on trades alone.</summary>
    /// <value>true.</value>
    public bool HasBook { get; init; } = true;

    /// <summary>Which lots of a level are canceled first.</summary>
    /// <value>Back of queue.</value>
    public QueueModel Queue { get; init; } = new BackOfQueue();

    /// <summary>From us to the venue.</summary>
    /// <value>10 ms.</value>
    public LatencyModel Entry { get; init; } = new ConstantLatency(10);

    /// <summary>From the venue to us, for what it says of our orders.</summary>
    /// <value>10 ms.</value>
    public LatencyModel Response { get; init; } = new ConstantLatency(10);
}
