using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>States, comparison results and statistics of an account's positions, and the trail of the last 100 conflicts.</summary>
public sealed class PositionBook
{
    /// <summary>Entries that the trail keeps.</summary>
    public const int TrailLength = 100;

    // A closed position is shown for this long.
    private static readonly TimeSpan KeepClosed = TimeSpan.FromHours(1);

    private readonly SortedDictionary<PositionKey, TrackedPosition> _positions = [];
    private readonly Queue<ConflictEntry> _trail = new();
    private ReconciliationStatistics _statistics = new();

    /// <summary>The tracked positions, in the order of their keys.</summary>
    public IReadOnlyCollection<TrackedPosition> Positions => _positions.Values;

    /// <summary>The newest conflicts, oldest first.</summary>
    public IReadOnlyList<ConflictEntry> Trail => [.. _trail];

    /// <summary>Counts.</summary>
    public ReconciliationStatistics Statistics => _statistics with
    {
        TotalPositions = _positions.Count,
        OpenPositions = _positions.Values.Count(static p => p.State is PositionState.Open or PositionState.Partial or PositionState.Closing),
        PendingPositions = _positions.Values.Count(static p => p.State == PositionState.Pending),
    };

    /// <summary>A position; null when it is not tracked.</summary>
    public TrackedPosition? Find(PositionKey key) => _positions.GetValueOrDefault(key);

    /// <summary>Takes a change of a holding or of its orders.</summary>
    internal void Changed(Holding holding, IReadOnlyCollection<OrderFact> working, Timestamp at)
    {
        TrackedPosition? before = _positions.GetValueOrDefault(holding.Key);
        if (before is null && holding.Net.Quantity == 0 && working.Count == 0)
        {
            return;
        }

        TrackedPosition position = before ?? new TrackedPosition { Key = holding.Key };
        bool isMoved = position.Quantity != holding.Net.Quantity || position.EntryPrice != holding.Net.EntryPrice;
        PositionState state = StateOf(holding.Net.Quantity, working);
        if (!isMoved && before is not null && state == position.State)
        {
            return;
        }

        _positions[holding.Key] = position with
        {
            Quantity = holding.Net.Quantity,
            EntryPrice = holding.Net.EntryPrice,
            Realized = holding.Realized,
            State = state,
            Sync = SyncStatus.Pending,
            Version = position.Version + (isMoved ? 1 : 0),
            Updated = at,
        };
    }

    /// <summary>Takes what a reading showed.</summary>
    internal void Note(IReadOnlyList<Difference> differences, AccountPicture theirs, Timestamp now)
    {
        Refresh(theirs, now);
        foreach (Difference difference in differences)
        {
            Note(difference, now);
        }

        foreach (PositionKey old in _positions.Values.Where(p => p.State == PositionState.Closed && now - p.Updated > KeepClosed).Select(static p => p.Key).ToArray())
        {
            _positions.Remove(old);
        }

        _statistics = _statistics with { SyncCount = _statistics.SyncCount + 1, LastSync = now };
    }

    private static PositionState StateOf(decimal quantity, IReadOnlyCollection<OrderFact> working)
    {
        if (quantity == 0)
        {
            return working.Any(static o => !o.ReduceOnly) ? PositionState.Pending : PositionState.Closed;
        }

        OrderSide growing = quantity > 0 ? OrderSide.Buy : OrderSide.Sell;

        // A stop that rests is protection; the position is closing when an order works that trades now.
        return working.Any(o => o.Side != growing && !o.IsConditional) ? PositionState.Closing
            : working.Any(o => o.Side == growing && o.Executed > 0) ? PositionState.Partial
            : PositionState.Open;
    }

    private void Refresh(AccountPicture theirs, Timestamp now)
    {
        if (!theirs.Complete.HasFlag(PictureParts.Positions))
        {
            return;
        }

        Dictionary<PositionKey, PositionFact> shown = [];
        foreach (PositionFact position in theirs.Positions)
        {
            shown[position.Key] = position;
        }

        foreach (TrackedPosition position in _positions.Values.ToArray())
        {
            bool isShown = shown.TryGetValue(position.Key, out PositionFact? their);
            _positions[position.Key] = position with
            {
                Sync = position.State == PositionState.Error ? position.Sync : SyncStatus.Synced,
                MarkPrice = isShown ? their!.MarkPrice ?? position.MarkPrice : position.MarkPrice,
                Updated = isShown ? now : position.Updated,
            };
        }
    }

    private void Note(Difference difference, Timestamp now)
    {
        ResolutionKind kind = difference.Resolution.Kind;
        bool isPosition = difference.Kind is DifferenceKind.VanishedPosition or DifferenceKind.PositionSide or DifferenceKind.PositionSize;
        if (difference.Position is { } key && _positions.TryGetValue(key, out TrackedPosition? position))
        {
            _positions[key] = difference.Kind == DifferenceKind.MissingOrder
                ? Lost(position, kind)
                : position with
                {
                    Sync = kind switch
                    {
                        ResolutionKind.LookAgain => SyncStatus.Pending,
                        ResolutionKind.Escalate when difference.Kind == DifferenceKind.VanishedPosition => SyncStatus.Error,
                        ResolutionKind.Escalate => SyncStatus.Mismatch,
                        _ => SyncStatus.Synced,
                    },
                };
        }

        if (kind == ResolutionKind.LookAgain || difference.Kind is DifferenceKind.UntrackedPosition or DifferenceKind.MissedFill)
        {
            bool isImport = difference.Kind == DifferenceKind.UntrackedPosition && kind == ResolutionKind.AdjustBook;
            _statistics = isImport ? _statistics with { AutoResolved = _statistics.AutoResolved + 1 } : _statistics;
            return;
        }

        _statistics = _statistics with
        {
            MismatchCount = _statistics.MismatchCount + (isPosition ? 1 : 0),
            AutoResolved = _statistics.AutoResolved + (isPosition && kind == ResolutionKind.AdjustBook ? 1 : 0),
            ManualInterventions = _statistics.ManualInterventions + (kind == ResolutionKind.Escalate ? 1 : 0),
            Conflicts = _statistics.Conflicts + 1,
        };
        _trail.Enqueue(new ConflictEntry(now, difference.Symbol, difference.Kind, difference.Ours, difference.Theirs, kind));
        if (_trail.Count > TrailLength)
        {
            _trail.Dequeue();
        }
    }

    // An order that the venue forgot leaves a position that was only awaited without an explanation.
    private static TrackedPosition Lost(TrackedPosition position, ResolutionKind kind) =>
        kind == ResolutionKind.EndOrder && position.Quantity == 0 ? position with { State = PositionState.Error, Sync = SyncStatus.Error } : position;
}
