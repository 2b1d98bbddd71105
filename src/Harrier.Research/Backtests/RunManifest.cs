using Harrier.Domain;

namespace Harrier.Research.Backtests;

/// <summary>Names a run completely: two runs with equal manifests have equal state hashes.</summary>
public sealed record RunManifest
{
    /// <summary>Hash of the engine's whole state at the end and of every decision on the way, lower-case hexadecimal.</summary>
    public required string StateHash { get; init; }

    /// <summary>Hash of all bars used, lower-case hexadecimal.</summary>
    public required string DataHash { get; init; }

    /// <summary>Hash of the effective configuration, lower-case hexadecimal.</summary>
    public required string ConfigHash { get; init; }

    /// <summary>Version of Harrier that ran.</summary>
    public required string Version { get; init; }

    /// <summary>Key of the strategy: MEAN_REVERSION.</summary>
    public required string Strategy { get; init; }

    /// <summary>The strategy's parameters in declaration order.</summary>
    public required IReadOnlyList<KeyValuePair<string, object?>> Parameters { get; init; }

    /// <summary>Where the data comes from.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>The symbols traded.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Bar length as text: 1h.</summary>
    public required string Interval { get; init; }

    /// <summary>Open time of the first bar.</summary>
    public required Timestamp From { get; init; }

    /// <summary>Close time of the last bar.</summary>
    public required Timestamp To { get; init; }

    /// <summary>Number of bars over all symbols.</summary>
    public required long Bars { get; init; }

    /// <summary>The account's currency of reckoning.</summary>
    public required Asset Numeraire { get; init; }

    /// <summary>Seed of everything random in the run.</summary>
    public required long Seed { get; init; }
}
