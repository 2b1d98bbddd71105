namespace Harrier.Strategies.Setups;

/// <summary>What makes a trade.</summary>
public enum SetupKind : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A bar that closes beyond a level on volume.</summary>
    Momentum = 1,

    /// <summary>The price comes back to a level and is traded there.</summary>
    Retest = 2,

    /// <summary>A limit order just before a level.</summary>
    Prelevel = 3,

    /// <summary>A wall in the way that was eaten.</summary>
    Density = 4,

    /// <summary>A supply or demand zone.</summary>
    Zone = 5,

    /// <summary>A Wyckoff structure after its spring or upthrust.</summary>
    Spring = 6,

    /// <summary>Price and delta that disagree at two pivots.</summary>
    DeltaDivergence = 7,

    /// <summary>Takers who were absorbed.</summary>
    Absorption = 8,

    /// <summary>Stacked imbalances of a footprint.</summary>
    StackedImbalance = 9,

    /// <summary>The bias of all readings of the order flow.</summary>
    Bias = 10,
}

/// <summary>What speaks for a trade besides the setup itself.</summary>
[Flags]
public enum Confluences
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A level.</summary>
    Level = 1,

    /// <summary>A round number.</summary>
    Round = 2,

    /// <summary>Levels that stand together.</summary>
    Cascade = 4,

    /// <summary>A breakout of the last day.</summary>
    Breakout = 8,

    /// <summary>Volume or trades a minute.</summary>
    Volume = 16,

    /// <summary>The order book.</summary>
    Book = 32,

    /// <summary>A Wyckoff structure.</summary>
    Wyckoff = 64,

    /// <summary>A supply or demand zone.</summary>
    Zone = 128,

    /// <summary>The order flow.</summary>
    Flow = 256,
}

/// <summary>Names as they are shown, made once.</summary>
public static class SetupNames
{
    private static readonly string[] _kinds =
        ["", "momentum", "retest", "prelevel", "density", "zone", "spring", "delta_divergence", "absorption", "stacked_imbalance", "bias"];

    private static readonly string[] _confluences = [.. Enumerable.Range(0, 512).Select(Joined)];

    /// <summary>Name of a setup.</summary>
    public static string Of(SetupKind kind) => _kinds[(int)kind];

    /// <summary>What speaks for a trade, joined by plus signs: <c>level+volume</c>; empty for nothing.</summary>
    public static string Of(Confluences confluences) => _confluences[(int)confluences];

    private static string Joined(int flags) => string.Join(
        '+',
        Enum.GetValues<Confluences>().Where(one => one != Confluences.None && (flags & (int)one) != 0).Select(one => one.ToString().ToLowerInvariant()));
}
