namespace Harrier.Hosting.Supervision;

/// <summary>What a look at the memory says.</summary>
public enum MemoryState
{
    /// <summary>There is enough.</summary>
    Well = 0,

    /// <summary>80 % of the bound is used for the first time, or again after it was less.</summary>
    BecameNear = 1,

    /// <summary>The bound is reached: the process should end well, and be started again.</summary>
    Reached = 2,
}

/// <summary>Compares the memory of the process with a bound.</summary>
/// <param name="bound">Bytes that it may use; null for no bound.</param>
public sealed class MemoryWatch(long? bound)
{
    private const double NearShare = 0.8;

    private bool _isNear;

    /// <summary>Looks.</summary>
    /// <param name="used">Bytes that it uses.</param>
    public MemoryState Look(long used)
    {
        if (bound is not { } most)
        {
            return MemoryState.Well;
        }

        if (used >= most)
        {
            return MemoryState.Reached;
        }

        bool wasNear = _isNear;
        _isNear = used >= most * NearShare;
        return _isNear && !wasNear ? MemoryState.BecameNear : MemoryState.Well;
    }
}
