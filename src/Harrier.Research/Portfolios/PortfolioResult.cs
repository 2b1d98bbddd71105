using Harrier.Domain;
using Harrier.Research.Backtests;

namespace Harrier.Research.Portfolios;

/// <summary>A backtest of the portfolio bot beside what it is compared with.</summary>
public sealed record PortfolioResult
{
    /// <summary>What was asked for.</summary>
    public required PortfolioBacktestSettings Settings { get; init; }

    /// <summary>The symbols.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>Where the bars are from.</summary>
    public required VenueId Venue { get; init; }

    /// <summary>Length of the bars.</summary>
    public required string Interval { get; init; }

    /// <summary>Close of the first bars at which everything had a price.</summary>
    public required Timestamp From { get; init; }

    /// <summary>Close of the last bars.</summary>
    public required Timestamp To { get; init; }

    /// <summary>Bars of all symbols.</summary>
    public required long Bars { get; init; }

    /// <summary>SHA-256 of the bars.</summary>
    public required string DataHash { get; init; }

    /// <summary>SHA-256 of the settings.</summary>
    public required string ConfigHash { get; init; }

    /// <summary>Worth at the start, the same for each run.</summary>
    public required decimal InitialEquity { get; init; }

    /// <summary>The bot first, then holding, equal weights, and the methods of target weights.</summary>
    public required IReadOnlyList<PortfolioRun> Runs { get; init; }

    /// <summary>What was checked.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }
}
