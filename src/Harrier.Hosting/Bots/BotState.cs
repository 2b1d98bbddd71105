namespace Harrier.Hosting.Bots;

/// <summary>Where a bot is in its life.</summary>
public enum BotState : byte
{
    /// <summary>Made, and not started.</summary>
    Idle = 0,

    /// <summary>Its account is recovered, its indicators are fed with the past.</summary>
    Initializing = 1,

    /// <summary>Flat: it looks for an entry.</summary>
    Scanning = 2,

    /// <summary>Builds levels that an entry depends on.</summary>
    LevelBuilding = 3,

    /// <summary>Waits at a level for its signal.</summary>
    SignalWait = 4,

    /// <summary>Computes the size of an entry.</summary>
    Sizing = 5,

    /// <summary>Its entry works at the venue.</summary>
    Execution = 6,

    /// <summary>Holds a position.</summary>
    Managing = 7,

    /// <summary>Told to open nothing.</summary>
    Paused = 8,

    /// <summary>Failed; somebody has to look.</summary>
    Error = 9,

    /// <summary>Told to get out of everything at once.</summary>
    Emergency = 10,

    /// <summary>Ended.</summary>
    Stopped = 11,
}
