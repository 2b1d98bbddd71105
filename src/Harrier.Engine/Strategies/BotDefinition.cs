using Harrier.Domain;
using Harrier.Engine.Positions;

namespace Harrier.Engine.Strategies;

/// <summary>A strategy instance and how the platform follows it.</summary>
public sealed record BotDefinition
{
    /// <summary>The strategy; an instance belongs to one engine.</summary>
    public required Strategy Strategy { get; init; }

    /// <summary>Makes the strategy anew for a bot that is started again after a stop or a failure.</summary>
    /// <value>null: the same instance goes on.</value>
    public Func<Strategy>? Another { get; init; }

    /// <summary>What it trades; the first is its primary instrument.</summary>
    public required IReadOnlyList<InstrumentId> Instruments { get; init; }

    /// <summary>How large positions become.</summary>
    /// <value>0.95 of equity: the rest covers fees and a move between decision and fill.</value>
    public PositionSizing Sizing { get; init; } = new(SizingMethod.FractionOfEquity, 0.95m);

    /// <summary>Bounds of the size of planned entries.</summary>
    public EntryLimits Entries { get; init; } = new();

    /// <summary>How positions of planned entries are left.</summary>
    /// <value>null: only their stop is kept.</value>
    public ExitRules? Rules { get; init; }

    /// <summary>Exit rules kept by the platform.</summary>
    public ProtectionSettings Protection { get; init; } = new();

    /// <summary>Asked about every signal but EXIT.</summary>
    public IReadOnlyList<ISignalVeto> Vetoes { get; init; } = [];
}
