using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Market;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Time;
using Harrier.Features;

namespace Harrier.Engine.Risk;

/// <summary>
/// The only way to a venue. Rules are asked in a fixed order and the first refusal counts; those that limit risk are asked only
/// about orders that grow a position, so that an exit is never blocked by a limit.
/// </summary>
public sealed partial class RiskGate(RiskLimits limits, InstrumentTable table, EngineTime time, MarketState market, AccountPortfolio portfolio) : IStateful
{
    private TimeSpan _lag;

    /// <summary>The limits in force.</summary>
    public RiskLimits Limits { get; } = limits;

    /// <summary>What the account may do now.</summary>
    public TradingState State => IsHalted || Account.IsLatched ? TradingState.Halted
        : IsBlind || Account.Barred(time.Now).Rule != DenyRule.None ? TradingState.Reducing
        : TradingState.Active;

    /// <summary>What bars every entry now: a limit of the account, or that its picture is lost; <see cref="DenyRule.None"/> when nothing does.</summary>
    public DenyReason Barred => IsBlind ? new DenyReason(DenyRule.PictureLost, 1, 0) : Account.Barred(time.Now);

    /// <summary>Orders of which nobody knows whether they exist.</summary>
    public DoubtfulOrders Doubts { get; } = new(table.Instruments.Length);

    /// <summary>True while nothing that grows a position is let through.</summary>
    public bool IsHalted { get; internal set; }

    /// <summary>True while it is not known what the venue has of the account; nothing that grows a position is let through.</summary>
    public bool IsBlind { get; internal set; }

    /// <summary>The model that is asked before an entry; null where there is none.</summary>
    public IPredictor? Predictor { get; init; }

    /// <summary>The limits of the account as a whole.</summary>
    internal AccountRisk Account { get; } = new(limits, table, market, portfolio);

    /// <summary>Judges an intent.</summary>
    /// <param name="bot">Who asks.</param>
    /// <param name="intent">What is asked for.</param>
    /// <param name="id">The id that the order gets if it passes.</param>
    /// <param name="working">Orders of the account that work now.</param>
    public RiskDecision Review(BotId bot, in OrderIntent intent, ClientOrderId id, IReadOnlyList<Order> working)
    {
        Instrument instrument = table[intent.Instrument];
        DenyReason reason = CheckForm(in intent, instrument);
        if (reason.Rule != DenyRule.None)
        {
            return new RiskDecision(null, default, reason);
        }

        long delta = intent.Side == OrderSide.Buy ? intent.Size.Value : -intent.Size.Value;
        long held = portfolio.Position(bot, intent.Instrument).Size.Value;
        bool reduces = held != 0 && Math.Sign(delta) != Math.Sign(held) && Math.Abs(delta) <= Math.Abs(held);
        if (intent.ReduceOnly)
        {
            return reduces
                ? new RiskDecision(new ApprovedOrder(id, bot, in intent), default, default)
                : new RiskDecision(null, default, new DenyReason(
                    DenyRule.ReduceOnly, instrument.ToDecimal(new SizeLots(delta)), instrument.ToDecimal(new SizeLots(-held))));
        }

        PriceTicks reference = ReferenceOf(in intent, market);
        Reservation reservation = default;
        reason = reduces ? default : CheckGrowth(in intent, new GrowthCase(bot, instrument, held, held + delta, reference, working));
        if (reason.Rule == DenyRule.None)
        {
            reason = instrument.Kind == InstrumentKind.Spot
                ? ReserveSpot(bot, in intent, reference, out reservation)
                : ReserveMargin(bot, in intent, (held, delta, reference), out reservation);
        }

        if (reason.Rule != DenyRule.None)
        {
            return new RiskDecision(null, default, reason);
        }

        if (!reduces)
        {
            Account.Orders.OnSent(time.Now);
        }

        return new RiskDecision(new ApprovedOrder(id, bot, in intent), reservation, default);
    }

    /// <summary>
    /// Judges a conversion. What goes into the currency of reckoning is an exit, which no limit blocks; all else grows a position.
    /// </summary>
    public DenyReason Review(in ConversionReport request)
    {
        bool isWhole = request.From.Amount > 0 && request.To.Amount > 0 && request.From.Asset != request.To.Asset && request.FeeFrom >= 0 && request.FeeTo >= 0;
        if (!isWhole || !table.Assets.Contains(request.From.Asset) || !table.Assets.Contains(request.To.Asset))
        {
            return new DenyReason(DenyRule.Malformed, 0, 0);
        }

        if (request.Time >= request.Expires)
        {
            return new DenyReason(DenyRule.QuoteExpired, request.Time.UnixMilliseconds, request.Expires.UnixMilliseconds);
        }

        decimal free = portfolio.Ledger.Balance(request.Bot, LedgerAccount.Free, table.IndexOf(request.From.Asset));
        if (request.From.Amount > free)
        {
            return new DenyReason(DenyRule.InsufficientBalance, request.From.Amount, free);
        }

        return request.To.Asset == portfolio.Numeraire ? default : CheckGrowth(in request);
    }

    /// <summary>Collateral of a bot that backs no position and no order, in an asset; the position in one instrument is left out of the count.</summary>
    public decimal FreeCollateral(BotId bot, int asset, InstrumentId without)
    {
        decimal free = portfolio.Ledger.Balance(bot, LedgerAccount.Free, asset);
        foreach (InstrumentId id in portfolio.TradedBy(bot))
        {
            Instrument instrument = table[id];
            if (instrument.Kind != InstrumentKind.LinearPerpetual || table.QuoteAsset(instrument.Id) != asset)
            {
                continue;
            }

            Position position = portfolio.Position(bot, instrument.Id);
            if (position.IsFlat)
            {
                continue;
            }

            decimal value = instrument.Notional(position.Size, market.Mark(instrument.Id));
            free += value - position.Basis;
            free -= instrument.Id == without ? 0 : Math.Abs(value) / Limits.Leverage;
        }

        return free;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(IsHalted);
        writer.Write(IsBlind);
        writer.Write(_lag.Ticks);
        writer.Write(Account);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        IsHalted = reader.ReadBoolean();
        IsBlind = reader.ReadBoolean();
        _lag = new TimeSpan(reader.ReadInt64());
        reader.Read(Account);
    }

    /// <summary>Takes over what was measured and latched; the limits are this one's.</summary>
    internal void Succeed(RiskGate before, IReadOnlySet<InstrumentId> newFeeds)
    {
        (IsHalted, IsBlind) = (before.IsHalted, before.IsBlind);
        _lag = before._lag;
        Account.Succeed(before.Account, newFeeds);
    }

    internal void Apply(in Heartbeat heartbeat) => _lag = heartbeat.QueueLag;

    /// <summary>The price that an order is expected to get.</summary>
    internal static PriceTicks ReferenceOf(in OrderIntent intent, MarketState market) => intent.Type switch
    {
        OrderType.Limit or OrderType.StopLimit => intent.Limit,
        OrderType.Stop => intent.Trigger,
        _ => market.Mark(intent.Instrument),
    };

    private static DenyReason CheckForm(in OrderIntent intent, Instrument instrument)
    {
        bool needsLimit = intent.Type is OrderType.Limit or OrderType.StopLimit;
        bool needsTrigger = intent.Type is OrderType.Stop or OrderType.StopLimit or OrderType.TakeProfit;
        bool wellFormed = needsLimit == (intent.Limit.Value > 0)
            && needsTrigger == (intent.Trigger.Value > 0)
            && (intent.Type == OrderType.TrailingStop) == (intent.TrailingDistance > 0)
            && (!intent.PostOnly || (intent.Type == OrderType.Limit && intent.TimeInForce == TimeInForce.GoodTilCanceled));
        if (!wellFormed)
        {
            return new DenyReason(DenyRule.Malformed, 0, 0);
        }

        if (intent.PositionSide != PositionSide.Both)
        {
            return new DenyReason(DenyRule.HedgeMode, (int)intent.PositionSide, 0);
        }

        if (intent.Size < instrument.MinLots && !intent.ReduceOnly)
        {
            return new DenyReason(DenyRule.MinQuantity, instrument.ToDecimal(intent.Size), instrument.ToDecimal(instrument.MinLots));
        }

        return intent.Size > instrument.MaxLots || intent.Size.Value <= 0
            ? new DenyReason(DenyRule.MaxQuantity, instrument.ToDecimal(intent.Size), instrument.ToDecimal(instrument.MaxLots))
            : default;
    }

    private DenyReason CheckGrowth(in ConversionReport request)
    {
        if (IsHalted)
        {
            return new DenyReason(DenyRule.Halted, 1, 0);
        }

        if (Barred is { Rule: not DenyRule.None } barred)
        {
            return barred;
        }

        if (_lag > Limits.MaxEngineLag)
        {
            return new DenyReason(DenyRule.EngineLagging, (decimal)_lag.TotalMilliseconds, (decimal)Limits.MaxEngineLag.TotalMilliseconds);
        }

        // Without a price of its own what arrives is worth what was given for it.
        int asset = table.IndexOf(request.To.Asset);
        decimal rate = portfolio.Rate(asset);
        decimal worth = rate > 0
            ? (portfolio.Ledger.Owned(request.Bot, asset) + request.To.Amount) * rate
            : request.From.Amount * portfolio.Rate(table.IndexOf(request.From.Asset));
        return worth > Limits.MaxPositionNotional ? new DenyReason(DenyRule.MaxPositionNotional, worth, Limits.MaxPositionNotional) : default;
    }

    private DenyReason ReserveSpot(BotId bot, in OrderIntent intent, PriceTicks reference, out Reservation reservation)
    {
        Instrument instrument = table[intent.Instrument];
        bool isBuy = intent.Side == OrderSide.Buy;
        int asset = isBuy ? table.QuoteAsset(intent.Instrument) : table.BaseAsset(intent.Instrument);
        decimal cost = isBuy ? instrument.Notional(intent.Size, reference) * (1 + Limits.TakerFeeRate) : instrument.ToDecimal(intent.Size);
        decimal free = portfolio.Ledger.Balance(bot, LedgerAccount.Free, asset);
        reservation = new Reservation(asset, cost);
        return cost <= free ? default : new DenyReason(isBuy ? DenyRule.InsufficientBalance : DenyRule.ShortSale, cost, free);
    }

    private DenyReason ReserveMargin(BotId bot, in OrderIntent intent, (long Held, long Delta, PriceTicks Reference) order, out Reservation reservation)
    {
        Instrument instrument = table[intent.Instrument];
        int asset = table.QuoteAsset(intent.Instrument);
        decimal fee = instrument.Notional(intent.Size, order.Reference) * Limits.TakerFeeRate;
        long after = Math.Abs(order.Held + order.Delta);
        decimal marginAfter = instrument.Notional(new SizeLots(after), order.Reference) / Limits.Leverage;
        decimal free = FreeCollateral(bot, asset, intent.Instrument);
        long grown = Math.Max(0, after - Math.Abs(order.Held));
        bool flips = Math.Sign(order.Held + order.Delta) != Math.Sign(order.Held);
        decimal marginGrown = flips ? marginAfter : instrument.Notional(new SizeLots(grown), order.Reference) / Limits.Leverage;

        // What is locked is posted: a third with all its digits would not come back to the last of them.
        decimal locked = decimal.Round(marginGrown + fee, Position.SplitDecimals);

        // What a flip frees is not free yet: hold back no more than the account can give now.
        decimal balance = portfolio.Ledger.Balance(bot, LedgerAccount.Free, asset);
        reservation = new Reservation(asset, Math.Max(0, Math.Min(balance, locked)));
        return marginAfter + fee <= free || after <= Math.Abs(order.Held) && !flips
            ? default
            : new DenyReason(DenyRule.InsufficientBalance, marginAfter + fee, free);
    }
}
