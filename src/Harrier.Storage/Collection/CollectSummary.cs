using Harrier.Domain;
using Harrier.Engine.History;

namespace Harrier.Storage.Collection;

/// <summary>What a run came to.</summary>
/// <param name="Venue">Whose data.</param>
/// <param name="Symbols">Every symbol, in the order asked for.</param>
public sealed record CollectSummary(VenueId Venue, IReadOnlyList<SymbolSummary> Symbols)
{
    /// <summary>What kept all symbols from being collected.</summary>
    /// <value>Null: nothing did.</value>
    public HistoryFault? Fault { get; init; }

    /// <summary>Requests that left, those for the venue's time and its listing included.</summary>
    public long Requests { get; init; }

    /// <summary>True when every symbol is complete.</summary>
    public bool IsComplete => Fault is null && Symbols.All(static one => one.State == SymbolState.Complete);
}

/// <summary>What a run came to for a symbol.</summary>
public sealed record SymbolSummary
{
    /// <summary>The venue's symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>How it ended.</summary>
    public required SymbolState State { get; init; }

    /// <summary>True when the venue has no such data of any symbol.</summary>
    public bool IsNotSupported { get; init; }

    /// <summary>Rows that were not stored before.</summary>
    public required long RowsNew { get; init; }

    /// <summary>Rows that are stored now.</summary>
    public required long RowsTotal { get; init; }

    /// <summary>Time of the first row that is stored; null when none is.</summary>
    public Timestamp? First { get; init; }

    /// <summary>Time of the last row that is stored; null when none is.</summary>
    public Timestamp? Last { get; init; }

    /// <summary>Bars missing between the first and the last, or trades missing by their ids; the venue has none of them.</summary>
    public long Gaps { get; init; }

    /// <summary>Questions to the venue.</summary>
    public required long Requests { get; init; }

    /// <summary>Rows that the venue sent twice, out of order or unasked.</summary>
    public long Repairs { get; init; }

    /// <summary>What a person should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
