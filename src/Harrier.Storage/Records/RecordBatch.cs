using Harrier.Storage.Records.Rows;

namespace Harrier.Storage.Records;

/// <summary>Rows of one account that are written together: all or none.</summary>
public sealed record RecordBatch
{
    /// <summary>Positions that ended.</summary>
    public IReadOnlyList<TradeRow> Trades { get; init; } = [];

    /// <summary>Executions.</summary>
    public IReadOnlyList<FillRow> Fills { get; init; } = [];

    /// <summary>Worth of bots.</summary>
    public IReadOnlyList<EquityRow> Equity { get; init; } = [];

    /// <summary>What happened.</summary>
    public IReadOnlyList<EventRow> Events { get; init; } = [];

    /// <summary>Number of the session before which nothing is missing any more; null when that is not known to have changed.</summary>
    public long? CompleteTo { get; init; }
}
