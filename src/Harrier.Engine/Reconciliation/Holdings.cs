using Harrier.Domain;
using Harrier.Engine.Portfolio;

namespace Harrier.Engine.Reconciliation;

/// <summary>One position as the book has it.</summary>
/// <param name="Key">Which.</param>
/// <param name="Kind">How it is settled; venues show positions of contracts only.</param>
/// <param name="Net">Size and cost.</param>
/// <param name="Realized">Profit realized by its executions, before fees.</param>
/// <param name="Changed">When the book last changed it, by our clock.</param>
public sealed record Holding(PositionKey Key, InstrumentKind Kind, NetPosition Net, decimal Realized, Timestamp Changed);

/// <summary>
/// Positions and balances of an account from statements of the venue and what happened after them. A statement includes every execution older
/// than it, so that one which becomes known late is not counted twice.
/// </summary>
public sealed class Holdings
{
    private readonly Dictionary<PositionKey, Slot> _positions;
    private readonly Dictionary<PositionKey, Timestamp> _stated;
    private readonly Dictionary<Asset, BalanceFact> _balances;
    private readonly Dictionary<Asset, Timestamp> _balanceStated;
    private Timestamp _baseline;

    /// <summary>Nothing is held.</summary>
    public Holdings()
    {
        (_positions, _stated, _balances, _balanceStated) = ([], [], [], []);
        _baseline = new Timestamp(long.MinValue);
    }

    private Holdings(Holdings other)
    {
        _positions = other._positions.ToDictionary(static p => p.Key, static p => new Slot(p.Value.Kind, new PositionLine(p.Value.Line)) { Changed = p.Value.Changed });
        _stated = new Dictionary<PositionKey, Timestamp>(other._stated);
        _balances = new Dictionary<Asset, BalanceFact>(other._balances);
        _balanceStated = new Dictionary<Asset, Timestamp>(other._balanceStated);
        _baseline = other._baseline;
    }

    /// <summary>All positions that were ever held, flat ones included, in the order of their keys.</summary>
    public IReadOnlyList<Holding> Positions => [.. _positions.Select(static p => p.Value.Of(p.Key)).OrderBy(static p => p.Key)];

    /// <summary>All balances that were ever other than 0, in the order of their codes.</summary>
    public IReadOnlyList<BalanceFact> Balances => [.. _balances.Values.OrderBy(static b => b.Asset.Code, StringComparer.Ordinal)];

    /// <summary>The same, to try something out on.</summary>
    public Holdings Copy() => new(this);

    /// <summary>A position; null when none was ever held.</summary>
    public Holding? Find(PositionKey key) => _positions.GetValueOrDefault(key)?.Of(key);

    /// <summary>A balance; 0 when none was ever told.</summary>
    public decimal Balance(Asset asset) => _balances.TryGetValue(asset, out BalanceFact? balance) ? balance.Total : 0;

    /// <summary>True when a statement made after an instant covers the position already.</summary>
    public bool IsCovered(PositionKey key, Timestamp time) => time <= _stated.GetValueOrDefault(key, _baseline);

    /// <summary>What is older than this is in the statements that were taken with it.</summary>
    public void TakeBaseline(Timestamp asOf) => _baseline = asOf > _baseline ? asOf : _baseline;

    /// <summary>Books an execution.</summary>
    /// <param name="fill">The execution.</param>
    /// <param name="at">When it became known, by our clock.</param>
    /// <returns>True when it moved its position; false when a statement covers it.</returns>
    public bool Add(FillFact fill, Timestamp at)
    {
        ArgumentNullException.ThrowIfNull(fill);
        PositionKey key = new(fill.Symbol, fill.PositionSide);
        bool moves = !IsCovered(key, fill.Time);
        if (moves)
        {
            Change(key, fill, at, line => line.Add(fill));
        }

        if (fill.Terms.Kind == InstrumentKind.Spot)
        {
            Move(fill.Terms.Base, fill.Signed, (fill.Time, at));
            Move(fill.Terms.Quote, fill.Side == OrderSide.Buy ? -fill.Quote : fill.Quote, (fill.Time, at));
        }

        PayFee(fill, at);
        return moves;
    }

    /// <summary>Takes back a part of an inferred execution, because the real one is about to be booked.</summary>
    public void Remove(FillFact inferred, decimal quantity, Timestamp at)
    {
        ArgumentNullException.ThrowIfNull(inferred);
        PositionKey key = new(inferred.Symbol, inferred.PositionSide);
        if (!IsCovered(key, inferred.Time))
        {
            Change(key, inferred, at, line => line.Remove(inferred.TradeId, quantity));
        }

        if (inferred.Terms.Kind == InstrumentKind.Spot)
        {
            decimal signed = inferred.Side == OrderSide.Buy ? quantity : -quantity;
            Move(inferred.Terms.Base, -signed, (inferred.Time, at));
            Move(inferred.Terms.Quote, signed * inferred.Price, (inferred.Time, at));
        }
    }

    /// <summary>Books money that came in or went out.</summary>
    public void Add(MoneyBooked money)
    {
        ArgumentNullException.ThrowIfNull(money);
        Move(money.Amount.Asset, money.Amount.Amount, (money.Time, money.At));
    }

    /// <summary>Takes over a position.</summary>
    public void State(PositionStated stated)
    {
        ArgumentNullException.ThrowIfNull(stated);
        PositionKey key = stated.Position.Key;
        Slot slot = Existing(key, InstrumentKind.LinearPerpetual);
        slot.Line.State(NetPosition.At(stated.Position.Quantity, stated.Position.EntryPrice), stated.AsOf);
        slot.Changed = stated.At;
        _stated[key] = stated.AsOf;
    }

    /// <summary>Takes over a balance.</summary>
    public void State(BalanceStated stated)
    {
        ArgumentNullException.ThrowIfNull(stated);
        _balances[stated.Balance.Asset] = stated.Balance with { Changed = stated.At };
        _balanceStated[stated.Balance.Asset] = stated.AsOf;
    }

    private void PayFee(FillFact fill, Timestamp at)
    {
        if (fill.Fee != 0 && fill.FeeAsset != default)
        {
            Move(fill.FeeAsset, -fill.Fee, (fill.Time, at));
        }
    }

    // What a contract realizes goes into the asset it is settled in, at the time of the execution that realizes it.
    private void Change(PositionKey key, FillFact fill, Timestamp at, Action<PositionLine> change)
    {
        Slot slot = Existing(key, fill.Terms.Kind);
        Timestamp since = _balanceStated.GetValueOrDefault(fill.Terms.Quote, _baseline);
        decimal before = slot.Kind == InstrumentKind.Spot ? 0 : slot.Line.RealizedAfter(since);
        change(slot.Line);
        slot.Changed = at;
        if (slot.Kind != InstrumentKind.Spot)
        {
            Move(fill.Terms.Quote, slot.Line.RealizedAfter(since) - before, (new Timestamp(long.MaxValue), at));
        }
    }

    private Slot Existing(PositionKey key, InstrumentKind kind)
    {
        if (!_positions.TryGetValue(key, out Slot? slot))
        {
            _positions[key] = slot = new Slot(kind, new PositionLine());
        }

        return slot;
    }

    private void Move(Asset asset, decimal amount, (Timestamp Happened, Timestamp Known) when)
    {
        if (amount != 0 && when.Happened > _balanceStated.GetValueOrDefault(asset, _baseline))
        {
            _balances[asset] = new BalanceFact(asset, Balance(asset) + amount) { Changed = when.Known };
        }
    }

    private sealed class Slot(InstrumentKind kind, PositionLine line)
    {
        public InstrumentKind Kind { get; } = kind;

        public PositionLine Line { get; } = line;

        public Timestamp Changed { get; set; }

        public Holding Of(PositionKey key) => new(key, Kind, Line.Net, Line.Realized, Changed);
    }
}
