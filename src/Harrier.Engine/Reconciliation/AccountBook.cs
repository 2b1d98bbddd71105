using System.Diagnostics.CodeAnalysis;
using Harrier.Domain;

namespace Harrier.Engine.Reconciliation;

/// <summary>A part of an inferred execution that a real one took the place of.</summary>
/// <param name="Inferred">The execution that was inferred.</param>
/// <param name="Quantity">How much of it, in base currency.</param>
public readonly record struct Replacement(FillFact Inferred, decimal Quantity);

/// <summary>What booking a fact came to, for those who have to tell an engine the same.</summary>
/// <param name="IsNew">False when the book had it already and did not change.</param>
public readonly record struct BookEntry(bool IsNew)
{
    /// <summary>What of a real execution had been inferred before; empty for nothing.</summary>
    public IReadOnlyList<Replacement> Replaced { get; init; } = [];

    /// <summary>True when a statement included the execution already, so that it moved no position.</summary>
    public bool IsCovered { get; init; }

    /// <summary>
    /// What the bots lose, signed as an execution that takes it from them: they cannot hold more than the account does. Comes back when the
    /// execution of their own that explains it becomes known.
    /// </summary>
    public decimal FromBots { get; init; }
}

/// <summary>
/// Our side of an account: orders, executions, positions and balances as the sum of <see cref="AccountFact"/>s. The same facts give the same
/// book, whether they come one by one or from a journal. Not safe for use by several threads.
/// </summary>
public sealed partial class AccountBook
{
    // What is fed by an order's own quantity; an execution beyond it is kept apart from the order under this mark.
    private const string BeyondMark = "#beyond";
    private const string LiquidationMark = "#liquidation";

    // Above so many, those older than that are forgotten; what is read of a venue begins a minute before the latest.
    private const int ManyFills = 50_000;
    private static readonly TimeSpan KeepFills = TimeSpan.FromDays(7);

    private readonly Dictionary<string, OrderFact> _orders;
    private readonly Dictionary<PositionKey, Dictionary<string, OrderFact>> _working = [];
    private readonly Dictionary<(string Symbol, VenueOrderId Id), string> _clientIds;
    private readonly Dictionary<(string Symbol, VenueTradeId Id), FillFact> _fills;
    private readonly Dictionary<string, List<FillFact>> _inferred;
    private readonly HashSet<string> _noted;
    private readonly Dictionary<PositionKey, decimal> _held;

    // What executions that seemed to be somebody else's took from the bots, should they turn out to be of their orders.
    private readonly Dictionary<(string Symbol, VenueTradeId Id), decimal> _taken;
    private readonly Dictionary<string, Timestamp> _suspicions = new(StringComparer.Ordinal);
    private readonly bool _isDraft;

    /// <summary>Nothing is known.</summary>
    public AccountBook()
    {
        _orders = new Dictionary<string, OrderFact>(StringComparer.Ordinal);
        (_clientIds, _fills, _held, _taken) = ([], [], [], []);
        _inferred = new Dictionary<string, List<FillFact>>(StringComparer.Ordinal);
        _noted = new HashSet<string>(StringComparer.Ordinal);
        Holdings = new Holdings();
    }

    private AccountBook(AccountBook other)
    {
        _isDraft = true;
        _orders = new Dictionary<string, OrderFact>(other._orders, StringComparer.Ordinal);
        _clientIds = new Dictionary<(string, VenueOrderId), string>(other._clientIds);
        _fills = new Dictionary<(string, VenueTradeId), FillFact>(other._fills);
        _inferred = other._inferred.ToDictionary(static p => p.Key, static p => new List<FillFact>(p.Value), StringComparer.Ordinal);
        _noted = new HashSet<string>(other._noted, StringComparer.Ordinal);
        _held = new Dictionary<PositionKey, decimal>(other._held);
        _taken = new Dictionary<(string, VenueTradeId), decimal>(other._taken);
        Holdings = other.Holdings.Copy();
        Baseline = other.Baseline;
    }

    /// <summary>Positions and balances.</summary>
    public Holdings Holdings { get; }

    /// <summary>States and statistics of the positions.</summary>
    public PositionBook Positions { get; } = new();

    /// <summary>When the venue's picture was first taken over, by the venue's clock; null before that.</summary>
    public Timestamp? Baseline { get; private set; }

    /// <summary>The time of the latest execution, by the venue's clock; null before the first.</summary>
    public Timestamp? LastFill { get; private set; }

    /// <summary>True while something was read that a second reading has to confirm.</summary>
    public bool HasSuspicions => _suspicions.Count > 0;

    /// <summary>Orders that have not ended.</summary>
    public IEnumerable<OrderFact> Working => _working.Values.SelectMany(static o => o.Values);

    /// <summary>All orders, ended ones included.</summary>
    public IReadOnlyCollection<OrderFact> Orders => _orders.Values;

    /// <summary>All executions, in no order.</summary>
    public IReadOnlyCollection<FillFact> Fills => _fills.Values;

    /// <summary>The order with an id of ours.</summary>
    public bool TryFind(string clientId, [NotNullWhen(true)] out OrderFact? order) => _orders.TryGetValue(clientId, out order);

    /// <summary>The execution with an id.</summary>
    public bool TryFind(string symbol, VenueTradeId id, [NotNullWhen(true)] out FillFact? fill) => _fills.TryGetValue((symbol, id), out fill);

    /// <summary>The id of our order that a venue's id belongs to; empty for none.</summary>
    public string ClientIdOf(string symbol, VenueOrderId id) => _clientIds.GetValueOrDefault((symbol, id), "");

    /// <summary>How much of an order's executed size is inferred and may still be replaced, in base currency.</summary>
    public decimal InferredOf(string clientId) => _inferred.TryGetValue(clientId, out List<FillFact>? rests) ? rests.Sum(static f => f.Quantity) : 0;

    /// <summary>What the bots hold of a position by their own orders; the rest of it is somebody else's.</summary>
    public decimal HeldByBots(PositionKey key) => _held.GetValueOrDefault(key);

    /// <summary>True when a person was told of it already.</summary>
    public bool IsNoted(string subject) => _noted.Contains(subject);

    /// <summary>When a difference that needs a second reading was first read; null when it was not.</summary>
    public Timestamp? SuspectSince(string subject) => _suspicions.TryGetValue(subject, out Timestamp since) ? since : null;

    /// <summary>The execution under an id that keeps it apart from its order, because that asked for less.</summary>
    public static FillFact Beyond(FillFact fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        return fill with { ClientId = fill.ClientId + BeyondMark };
    }

    /// <summary>The execution as one that the venue made to close what bots held.</summary>
    public static FillFact Liquidation(FillFact fill)
    {
        ArgumentNullException.ThrowIfNull(fill);
        return fill with { ClientId = LiquidationMark };
    }

    /// <summary>Takes a fact. Repeated ones change nothing.</summary>
    public BookEntry Apply(AccountFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        switch (fact)
        {
            case OrderIntended intended:
                return Intend(intended);
            case OrderMoved moved:
                return Move(moved);
            case FillTold told:
                return Book(told);
            case PositionStated stated:
                Holdings.State(stated);
                Refresh(stated.Position.Key, InstrumentKind.LinearPerpetual, stated.At);
                return new BookEntry(true) { FromBots = Trim(stated.Position.Key) };
            case BalanceStated stated:
                Holdings.State(stated);
                return new BookEntry(true);
            case MoneyBooked money:
                Holdings.Add(money);
                return new BookEntry(true);
            case BaselineTaken taken:
                Baseline ??= taken.AsOf;
                Holdings.TakeBaseline(taken.AsOf);
                return new BookEntry(true);
            case DifferenceNoted noted:
                return new BookEntry(_noted.Add(noted.Subject));
            default:
                throw new ArgumentException($"a book takes no {fact.GetType().Name}", nameof(fact));
        }
    }

    /// <summary>The same, to try facts out on; states of positions and what has to be confirmed are left out.</summary>
    internal AccountBook Draft() => new(this);

    /// <summary>Remembers what a reading showed: what has to be confirmed by the next one, statistics, the trail of conflicts.</summary>
    public void Note(IReadOnlyList<Difference> differences, AccountPicture theirs, Timestamp now)
    {
        ArgumentNullException.ThrowIfNull(differences);
        ArgumentNullException.ThrowIfNull(theirs);
        Dictionary<string, Timestamp> open = new(StringComparer.Ordinal);
        foreach (Difference difference in differences)
        {
            if (difference.Resolution.Kind == ResolutionKind.LookAgain)
            {
                open[difference.Subject] = _suspicions.GetValueOrDefault(difference.Subject, theirs.Asked);
            }
        }

        _suspicions.Clear();
        foreach ((string subject, Timestamp since) in open)
        {
            _suspicions[subject] = since;
        }

        Positions.Note(differences, theirs, now);
        if (_fills.Count > ManyFills)
        {
            Forget(now + -KeepFills);
        }
    }

    /// <summary>
    /// Forgets executions and ended orders that are older than anything a venue is asked for. Positions and balances stay; so does the journal, which a
    /// restart reads whole.
    /// </summary>
    internal void Forget(Timestamp before)
    {
        foreach (FillFact fill in _fills.Values.Where(f => f.Time < before && (!_orders.TryGetValue(f.ClientId, out OrderFact? order) || order.IsFinal)).ToArray())
        {
            _fills.Remove((fill.Symbol, fill.TradeId));
            _taken.Remove((fill.Symbol, fill.TradeId));
        }

        foreach (OrderFact order in _orders.Values.Where(o => o.IsFinal && o.Changed < before).ToArray())
        {
            _orders.Remove(order.ClientId);
            _inferred.Remove(order.ClientId);
            if (order.VenueId is { } id)
            {
                _clientIds.Remove((order.Symbol, id));
            }
        }
    }

    private BookEntry Intend(OrderIntended intended)
    {
        OrderFact order = intended.Order with { Created = intended.At, Changed = intended.At };
        if (!_orders.TryAdd(order.ClientId, order))
        {
            return default;
        }

        Put(order);
        return new BookEntry(true);
    }

    private BookEntry Move(OrderMoved moved)
    {
        if (!_orders.TryGetValue(moved.ClientId, out OrderFact? order))
        {
            return default;
        }

        // A final standing stays, and what the venue has shown cannot become doubtful again; but its id may be learned at any time.
        bool advances = !order.IsFinal && (moved.Standing > order.Standing);
        bool learns = order.VenueId is null && moved.VenueId is not null;
        if (!advances && !learns)
        {
            return default;
        }

        Put(order with { Standing = advances ? moved.Standing : order.Standing, VenueId = order.VenueId ?? moved.VenueId, Changed = moved.At });
        if (moved.VenueId is { } told)
        {
            _clientIds[(order.Symbol, told)] = order.ClientId;
        }

        return new BookEntry(true);
    }

    private void Put(OrderFact order)
    {
        _orders[order.ClientId] = order;
        if (order.VenueId is { } id)
        {
            _clientIds[(order.Symbol, id)] = order.ClientId;
        }

        if (_isDraft)
        {
            return;
        }

        PositionKey key = new(order.Symbol, order.PositionSide);
        if (!_working.TryGetValue(key, out Dictionary<string, OrderFact>? working))
        {
            _working[key] = working = new Dictionary<string, OrderFact>(StringComparer.Ordinal);
        }

        if (order.IsFinal)
        {
            working.Remove(order.ClientId);
        }
        else
        {
            working[order.ClientId] = order;
        }

        Refresh(key, order.Terms.Kind, order.Changed);
    }

    private void Refresh(PositionKey key, InstrumentKind kind, Timestamp at)
    {
        if (!_isDraft)
        {
            Dictionary<string, OrderFact>? working = _working.GetValueOrDefault(key);
            Positions.Changed(Holdings.Find(key) ?? new Holding(key, kind, default, 0, at), working?.Values ?? (IReadOnlyCollection<OrderFact>)[], at);
        }
    }
}
