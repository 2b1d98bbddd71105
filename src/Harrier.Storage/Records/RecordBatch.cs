using Harrier.Storage.Records.Rows;

namespace Harrier.Storage.Records;

/// <summary>Rows of one account that are written together: all or none.</summary>
public sealed record RecordBatch
{
    /// <summary>Positions that ended.</summary>
    public IReadOnlyList<TradeRow> Trades { get; init; } = [];

    /// <summary>Executions.</summary>
    public IReadOnlyList<FillRow> Fills { get; init; } = [];

    /// <summary>Orders that were sent, or refused by a gate.</summary>
    public IReadOnlyList<OrderRow> Orders { get; init; } = [];

    /// <summary>What became of orders, oldest first.</summary>
    public IReadOnlyList<OrderStep> OrderSteps { get; init; } = [];

    /// <summary>Worth of bots.</summary>
    public IReadOnlyList<EquityRow> Equity { get; init; } = [];

    /// <summary>What happened.</summary>
    public IReadOnlyList<EventRow> Events { get; init; } = [];

    /// <summary>Decisions of portfolio bots; unlike the other rows, those that are there are brought up to date.</summary>
    public IReadOnlyList<DecisionRow> Decisions { get; init; } = [];

    /// <summary>Number of the session before which nothing is missing any more; null when that is not known to have changed.</summary>
    public long? CompleteTo { get; init; }

    /// <summary>Rows that are written together, in the order of the batches.</summary>
    public static RecordBatch Join(IReadOnlyCollection<RecordBatch> batches) => new()
    {
        Trades = [.. batches.SelectMany(static batch => batch.Trades)],
        Fills = [.. batches.SelectMany(static batch => batch.Fills)],
        Orders = [.. batches.SelectMany(static batch => batch.Orders)],
        OrderSteps = [.. batches.SelectMany(static batch => batch.OrderSteps)],
        Equity = [.. batches.SelectMany(static batch => batch.Equity)],
        Events = [.. batches.SelectMany(static batch => batch.Events)],
        CompleteTo = batches.Max(static batch => batch.CompleteTo),
    };
}
