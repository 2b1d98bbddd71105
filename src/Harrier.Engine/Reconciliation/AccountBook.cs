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
public sealed class AccountBook
{
    // What is fed by an order's own quantity; an execution beyond it is kept apart from the order under this mark.
    private const string BeyondMark = "#beyond";
    private const string LiquidationMark = "#liquidation";

    private readonly Dictionary<string, OrderFact> _orders;
    private readonly Dictionary<PositionKey, Dictionary<string, OrderFact>> _working = [];
    private readonly Dictionary<(string Symbol, VenueOrderId Id), string> _clientIds;
    private readonly Dictionary<(string Symbol, VenueTradeId Id), FillFact> _fills;
    private readonly Dictionary<string, List<FillFact>> _inferred;
    private readonly HashSet<string> _noted;
    private readonly Dictionary<PositionKey, decimal> _held;
    private readonly Dictionary<string, Timestamp> _suspicions = new(StringComparer.Ordinal);
    private readonly bool _isDraft;

    /// <summary>Nothing is known.</summary>
    public AccountBook()
    {
        _orders = new Dictionary<string, OrderFact>(StringComparer.Ordinal);
        (_clientIds, _fills, _held) = ([], [], []);
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

    private BookEntry Book(FillTold told)
    {
        FillFact fill = told.Fill;
        string clientId = fill.ClientId.Length > 0 ? fill.ClientId : ClientIdOf(fill.Symbol, fill.OrderId);
        fill = fill with { ClientId = clientId };
        if (!_fills.TryAdd((fill.Symbol, fill.TradeId), fill))
        {
            return Claim(fill, told.At);
        }

        LastFill = LastFill is { } last && last > fill.Time ? last : fill.Time;
        List<Replacement> replaced = fill.IsInferred ? [] : Replace(fill, told.At);
        if (fill.IsInferred)
        {
            Inferred(clientId).Add(fill);
        }

        bool moves = Holdings.Add(fill, told.At);
        Count(fill, (fill.Quantity - replaced.Sum(static r => r.Quantity), fill.Quote - replaced.Sum(static r => r.Quantity * r.Inferred.Price)), told.At);
        return new BookEntry(true) { Replaced = replaced, IsCovered = !moves, FromBots = Trim(new PositionKey(fill.Symbol, fill.PositionSide)) };
    }

    // An execution that looked like somebody else's turns out to be of an order of ours: the account has it, the order does not yet.
    private BookEntry Claim(FillFact fill, Timestamp at)
    {
        bool isForeign = _fills[(fill.Symbol, fill.TradeId)].ClientId.Length == 0;
        if (!isForeign || !_orders.ContainsKey(fill.ClientId))
        {
            return default;
        }

        _fills[(fill.Symbol, fill.TradeId)] = fill;
        List<Replacement> replaced = Replace(fill, at);
        Count(fill, (fill.Quantity - replaced.Sum(static r => r.Quantity), fill.Quote - replaced.Sum(static r => r.Quantity * r.Inferred.Price)), at);
        return new BookEntry(true) { Replaced = replaced, FromBots = Trim(new PositionKey(fill.Symbol, fill.PositionSide)) };
    }

    // A real execution of an order takes the place of what was inferred for that order, the oldest first: their sum is what the venue counts.
    private List<Replacement> Replace(FillFact real, Timestamp at)
    {
        List<Replacement> replaced = [];
        if (real.ClientId.Length == 0 || !_inferred.TryGetValue(real.ClientId, out List<FillFact>? rests))
        {
            return replaced;
        }

        decimal left = real.Quantity;
        while (left > 0 && rests.Count > 0)
        {
            FillFact inferred = rests[0];
            decimal quantity = Math.Min(inferred.Quantity, left);
            left -= quantity;
            replaced.Add(new Replacement(inferred, quantity));
            Holdings.Remove(inferred, quantity, at);
            if (quantity == inferred.Quantity)
            {
                rests.RemoveAt(0);
            }
            else
            {
                rests[0] = inferred with { Quantity = inferred.Quantity - quantity };
            }
        }

        return replaced;
    }

    private void Count(FillFact fill, (decimal Size, decimal Quote) added, Timestamp at)
    {
        if (fill.ClientId.Length > 0 && _orders.TryGetValue(fill.ClientId, out OrderFact? order))
        {
            PositionKey key = new(fill.Symbol, fill.PositionSide);
            decimal executed = order.Executed + added.Size;
            _held[key] = HeldByBots(key) + (fill.Side == OrderSide.Buy ? added.Size : -added.Size);
            bool isFilled = order.Quantity > 0 && executed >= order.Quantity;
            OrderStanding standing = order.IsFinal ? order.Standing : isFilled ? OrderStanding.Filled : OrderStanding.Working;
            Put(order with
            {
                Executed = executed,
                ExecutedQuote = (order.ExecutedQuote ?? 0) + added.Quote,
                Standing = standing,
                VenueId = order.VenueId ?? fill.OrderId,
                Changed = at,
            });
            _clientIds[(fill.Symbol, fill.OrderId)] = fill.ClientId;
        }
        else
        {
            if (fill.ClientId == LiquidationMark)
            {
                PositionKey key = new(fill.Symbol, fill.PositionSide);
                _held[key] = HeldByBots(key) + fill.Signed;
            }

            Refresh(new PositionKey(fill.Symbol, fill.PositionSide), fill.Terms.Kind, at);
        }
    }

    // The rest of a position is somebody else's. Where it runs against the bots', as after a manual sale, theirs is as good as gone.
    private decimal Trim(PositionKey key)
    {
        if (!_held.TryGetValue(key, out decimal held) || Holdings.Find(key) is not { Kind: not InstrumentKind.Spot } holding)
        {
            return 0;
        }

        decimal net = holding.Net.Quantity;
        decimal kept = Math.Sign(held) == Math.Sign(net) ? Math.Sign(held) * Math.Min(Math.Abs(held), Math.Abs(net)) : 0;
        _held[key] = kept;
        return kept - held;
    }

    private List<FillFact> Inferred(string clientId)
    {
        if (!_inferred.TryGetValue(clientId, out List<FillFact>? rests))
        {
            _inferred[clientId] = rests = [];
        }

        return rests;
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
