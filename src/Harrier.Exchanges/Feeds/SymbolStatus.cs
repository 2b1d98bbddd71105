using Harrier.Domain;
using Harrier.Exchanges.Books;

namespace Harrier.Exchanges.Feeds;

/// <summary>The feed of one symbol at one moment. Prices in quote currency.</summary>
public sealed record SymbolStatus
{
    /// <summary>The venue's symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>Price of the last trade or ticker; null before the first.</summary>
    public required decimal? Last { get; init; }

    /// <summary>Best bid: of the book where it is verified, of the best-price stream otherwise; null when neither is known.</summary>
    public required decimal? Bid { get; init; }

    /// <summary>Best ask, as <see cref="Bid"/>.</summary>
    public required decimal? Ask { get; init; }

    /// <summary>Spread in basis points of the middle; null without both sides.</summary>
    public decimal? SpreadBps => Bid is { } bid && Ask is { } ask && bid + ask > 0 ? (ask - bid) / (bid + ask) * 20_000m : null;

    /// <summary>Messages so far.</summary>
    public required long Messages { get; init; }

    /// <summary>Of these, messages about the book.</summary>
    public long BookMessages { get; init; }

    /// <summary>Messages in the last full second, smoothed.</summary>
    public required double MessagesPerSecond { get; init; }

    /// <summary>Trades so far.</summary>
    public required long Trades { get; init; }

    /// <summary>Messages that could not be used.</summary>
    public required long Faults { get; init; }

    /// <summary>Smoothed time from the venue's clock to ours; null before the first message with a time. Includes how far the clocks disagree.</summary>
    public required TimeSpan? Latency { get; init; }

    /// <summary>Median of that time.</summary>
    public required TimeSpan? LatencyP50 { get; init; }

    /// <summary>99th percentile of that time.</summary>
    public required TimeSpan? LatencyP99 { get; init; }

    /// <summary>State of the book; null when the feed carries none.</summary>
    public required BookState? Book { get; init; }

    /// <summary>Counts of the book; null when the feed carries none.</summary>
    public required BookStatistics? BookCounts { get; init; }

    /// <summary>Connections lost since the start.</summary>
    public required int Reconnects { get; init; }

    /// <summary>When the last message came; null when none has.</summary>
    public required Timestamp? LastMessage { get; init; }
}
