using Harrier.Domain;
using Harrier.Research.Backtests;

namespace Harrier.Research.Replays;

/// <summary>What to play, and how.</summary>
public sealed record ReplayInput
{
    /// <summary>Trades, books and marks.</summary>
    public required MarketTape Tape { get; init; }

    /// <summary>How they are played.</summary>
    public required ReplaySettings Settings { get; init; }

    /// <summary>The bars of the trades, for charts and checks, and the name of the tape as the hash of the data; every series has at least one bar.</summary>
    public required BacktestInput Bars { get; init; }

    /// <summary>Number of events.</summary>
    public required long Events { get; init; }

    /// <summary>When the first event was received.</summary>
    public required Timestamp From { get; init; }
}
