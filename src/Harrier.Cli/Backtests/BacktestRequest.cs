using Harrier.Cli.Options;
using Harrier.Domain;
using Harrier.Engine.Positions;
using Harrier.Engine.Strategies;
using Harrier.Simulation.Fills;
using Harrier.Storage.Bars;

namespace Harrier.Cli.Backtests;

/// <summary>A backtest as asked for on the command line, every value checked.</summary>
internal sealed record BacktestRequest
{
    /// <summary>What to run.</summary>
    public required StrategyChoice Strategy { get; init; }

    /// <summary>File, folder or store; null for the store of the home when it has the symbols asked for, else the sample market.</summary>
    public required string? Data { get; init; }

    /// <summary>Whose data to take out of a store; null when it has only one venue's.</summary>
    public required VenueId? Venue { get; init; }

    public required BarReadOptions Reading { get; init; }

    /// <summary>Where to begin; null for the beginning. As a day also in <see cref="Reading"/>.</summary>
    public required PointInTime? From { get; init; }

    /// <summary>Where to end, included; null for the end. As a day also in <see cref="Reading"/>.</summary>
    public required PointInTime? To { get; init; }

    /// <summary>How a recording is played; meaningless where the data is none.</summary>
    public required ReplayChoice Replay { get; init; }

    public required decimal Balance { get; init; }

    public required FillOptions Fills { get; init; }

    public required PositionSizing Sizing { get; init; }

    public required ProtectionSettings Protection { get; init; }

    public required double MinConfidence { get; init; }

    public required long Seed { get; init; }

    /// <summary>Folder that holds all state.</summary>
    public required string Home { get; init; }

    /// <summary>Where the result goes; null for a folder of its own under the home.</summary>
    public required string? Out { get; init; }

    /// <summary>Where inputs and decisions are journaled; null for nowhere.</summary>
    public required string? Journal { get; init; }

    /// <summary>File for what strategies explain; null for none.</summary>
    public required string? Diagnostics { get; init; }

    public required bool IsJson { get; init; }

    public InstrumentKind Market => Reading.Market;
}
