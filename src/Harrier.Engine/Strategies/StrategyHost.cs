using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Positions;
using Harrier.Engine.Risk;
using Harrier.Features;

namespace Harrier.Engine.Strategies;

/// <summary>Sees what strategies emit, before vetoes and sizing.</summary>
public interface ISignalObserver
{
    /// <summary>A strategy emitted a signal at the bar being handled.</summary>
    /// <param name="bot">Who.</param>
    /// <param name="time">Close time of the bar.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="meta">What is behind it; valid during the call only.</param>
    void OnSignal(BotId bot, Timestamp time, in Signal signal, SignalMeta meta);
}

/// <summary>Feeds the strategies and carries out what they ask for: signal to veto, sizing, target, intent, risk, order.</summary>
internal sealed partial class StrategyHost(EngineParts parts)
{
    private readonly SignalMeta _meta = new();
    private Bot[] _bots = [];
    private Bot[][] _byInstrument = [];

    // Orders, fills and troubles make work that takes more than one input: most inputs bring none.
    private bool _mustTend = true;

    public Timestamp Now => parts.Time.Now;

    public FeatureSet Features { get; } = new(parts.Table, parts.Market, parts.Time);

    public ISignalObserver? Observer { get; set; }

    public IDecisionObserver? DecisionObserver { get; set; }

    public IOrderObserver? OrderObserver { get; set; }

    public RefusalCounts<DenyRule> Denied { get; } = new();

    /// <summary>True while strategies hear the past: what they wish for is no order, and leaves no trace but in what they learn. Ends before the state is saved.</summary>
    public bool IsWarmingUp { get; set; }

    public ReadOnlySpan<Bot> Bots => _bots;

    public void Start(IReadOnlyList<BotDefinition> definitions)
    {
        _bots = new Bot[definitions.Count];
        for (int i = 0; i < _bots.Length; i++)
        {
            _bots[i] = new Bot(new BotId(i), definitions[i], this, [.. definitions[i].Instruments.Select(id => parts.Table[id])]);
        }

        _byInstrument = new Bot[parts.Table.Instruments.Length][];
        for (int i = 0; i < _byInstrument.Length; i++)
        {
            InstrumentId id = new(i);
            _byInstrument[i] = [.. _bots.Where(bot => bot.Owns(id))];
        }

        parts.Time.BotTimerDue = (bot, number) =>
        {
            if (bot == FeatureSet.ClockOwner)
            {
                Features.OnClock(number);
                foreach (Bot one in _bots)
                {
                    one.Keeper.OnClock();
                }
            }
            else if (bot.Index < 0)
            {
                _bots[PositionKeeper.BotOf(bot)].Keeper.OnTimer(number);
            }
            else if (_bots[bot.Index].IsRunning)
            {
                Hear(_bots[bot.Index], static (Strategy strategy, in int timer, in int _) => strategy.Timer(timer), in number, 0);
            }
        };
        foreach (Bot bot in _bots)
        {
            bot.Keeper.Start();
            bot.Strategy.Start();
        }
    }

    public void OnBar(in Bar bar, in Ohlcv values)
    {
        Features.Update(in bar, in values);
        foreach (Bot bot in _byInstrument[bar.Instrument.Index])
        {
            bot.Keeper.OnMarket(bar.Instrument, isBar: true);
            bot.Protection.OnBar(in bar);
            if (bot.IsRunning)
            {
                Hear(bot, static (Strategy strategy, in Bar one, in Ohlcv numbers) => strategy.Bar(in one, in numbers), in bar, in values);
            }
        }
    }

    /// <summary>A fill was booked.</summary>
    /// <param name="fill">The fill.</param>
    /// <param name="beyond">How much of it an exit traded beyond its position.</param>
    public void OnFill(in Fill fill, SizeLots beyond)
    {
        _mustTend = true;
        Bot bot = _bots[fill.Bot.Index];
        bot.Keeper.BeforeFill(in fill);
        bot.Protection.OnFill(in fill, isOvershoot: beyond.Value > 0 || fill.Purpose == OrderPurpose.Overshoot);
        bot.Keeper.OnFill(in fill);
        SettleRest(bot, in fill);
        TakeBack(bot, in fill, beyond);
        if (!bot.IsRunning)
        {
            return;
        }

        Hear(bot, static (Strategy strategy, in Fill one, in int _) => strategy.Fill(in one), in fill, 0);
        if (bot.Reversal != SignalSide.Hold && Position(bot, bot.Primary.Id).IsFlat)
        {
            SignalSide side = bot.Reversal;
            bot.Reversal = SignalSide.Hold;
            FollowAllowed(bot, side);
        }
    }

    public void OnOrder(Order order, in ExecutionReport report)
    {
        _mustTend = true;
        Bot bot = _bots[order.Bot.Index];
        OrderEventKind kind = report.Kind switch
        {
            ExecutionKind.Accepted => OrderEventKind.Accepted,
            ExecutionKind.Canceled => OrderEventKind.Canceled,
            ExecutionKind.Expired => OrderEventKind.Expired,
            ExecutionKind.OutcomeUnknown => OrderEventKind.OutcomeUnknown,
            ExecutionKind.Escalated => OrderEventKind.Escalated,
            _ => OrderEventKind.Rejected,
        };
        OrderEvent orderEvent = new(kind, order.Id, order.Intent.Purpose, default, report.Reason);
        bot.Keeper.OnOrder(in orderEvent, order);
        bot.Protection.OnOrder(in orderEvent, order);
        LookAfterOvershoot(bot, kind, order);
        if (bot.IsRunning)
        {
            Hear(bot, static (Strategy strategy, in OrderEvent one, in int _) => strategy.Order(in one), in orderEvent, 0);
        }
    }

    public void Follow(Bot bot, Signal signal)
    {
        if (!Announce(bot, signal))
        {
            return;
        }

        if (signal.Side != SignalSide.Exit && !bot.Allows(in signal))
        {
            return;
        }

        bot.Reversal = SignalSide.Hold;
        FollowAllowed(bot, signal.Side);
    }

    public ClientOrderId? Submit(Bot bot, in OrderIntent intent) => Submit(bot, in intent, out _);

    public ClientOrderId? Submit(Bot bot, in OrderIntent intent, out DenyReason reason)
    {
        if (!bot.Owns(intent.Instrument))
        {
            throw new ArgumentException($"bot {bot.Id} does not trade instrument {intent.Instrument}", nameof(intent));
        }

        if (IsWarmingUp)
        {
            reason = new DenyReason(DenyRule.WarmingUp, 1, 0);
            Deny(bot, in intent, in reason);
            return null;
        }

        if (IsBarred(bot, in intent, out DenyRule barring))
        {
            reason = new DenyReason(barring, 0, 0);
            Deny(bot, in intent, in reason);
            return null;
        }

        if (LacksStop(bot, in intent))
        {
            reason = new DenyReason(DenyRule.Unprotected, 1, 0);
            Deny(bot, in intent, in reason);
            return null;
        }

        RiskDecision decision = parts.Risk.Review(bot.Id, in intent, parts.Orders.NextId, parts.Orders.Working);
        reason = decision.Denied;
        if (decision.Approved is not { } approved)
        {
            Deny(bot, in intent, in reason);
            return null;
        }

        Order order = parts.Orders.Register(approved, decision.Reservation, Now);
        _mustTend = true;
        order.HashInto(parts.Decisions);
        parts.Journal?.AppendSubmitted(approved, Now);
        OrderObserver?.OnSent(order);
        parts.Venue.Submit(approved);
        return approved.Id;
    }

    public void Cancel(ClientOrderId id)
    {
        Order? order = parts.Orders.Find(id);
        if (order is null || order.IsCancelAsked)
        {
            return;
        }

        _mustTend = true;
        order.AskCancel();
        parts.Decisions.Add(-id.Sequence);
        parts.Journal?.AppendCancel(id, Now);
        parts.Venue.Cancel(id);
    }

    /// <summary>Cancels a bot's orders; those placed for one purpose only when that is given.</summary>
    public void CancelAll(Bot bot, OrderPurpose? purpose)
    {
        IReadOnlyList<Order> working = parts.Orders.Working;
        for (int i = 0; i < working.Count; i++)
        {
            Order order = working[i];
            if (order.Bot == bot.Id && (purpose is null || order.Intent.Purpose == purpose))
            {
                Cancel(order.Id);
            }
        }
    }

    public void SetTimer(Bot bot, int number, Timestamp due) => parts.Time.SetBotTimer(bot.Id, number, due);

    public Position Position(Bot bot, InstrumentId instrument) => parts.Portfolio.Position(bot.Id, instrument);

    public bool HasWorkingOrders(Bot bot) => HasWorking(bot, null);

    public void Save(ref StateWriter writer)
    {
        writer.Write(Features);
        writer.Write(Denied);
        foreach (Bot bot in _bots)
        {
            SaveCondition(bot, ref writer);
            writer.Write((byte)bot.Reversal);
            bot.Protection.Save(ref writer);
            bot.Keeper.Save(ref writer);
            bot.Strategy.Save(ref writer);
        }
    }

    public void Restore(ref StateReader reader)
    {
        _mustTend = true;
        reader.Read(Features);
        reader.Read(Denied);
        foreach (Bot bot in _bots)
        {
            RestoreCondition(bot, ref reader);
            bot.Reversal = (SignalSide)reader.ReadByte();
            bot.Protection.Restore(ref reader);
            bot.Keeper.Restore(ref reader);
            bot.Strategy.Restore(ref reader);
        }
    }

    private void FollowAllowed(Bot bot, SignalSide side)
    {
        long held = Position(bot, bot.Primary.Id).Size.Value;
        bool closes = side == SignalSide.Exit || (side == SignalSide.Sell && bot.Primary.Kind == InstrumentKind.Spot);
        if (closes)
        {
            CancelAll(bot, OrderPurpose.Signal);
            Target(bot, bot.Primary, default, OrderPurpose.Signal);
            return;
        }

        int direction = side == SignalSide.Buy ? 1 : -1;
        bool already = Math.Sign(held) == direction;
        if (already || HasWorking(bot, direction > 0 ? OrderSide.Buy : OrderSide.Sell))
        {
            return;
        }

        CancelAll(bot, OrderPurpose.Signal);
        if (held != 0)
        {
            // Close first, open when flat. One order for both would open twice when a stop closes the position before it.
            bot.Reversal = Target(bot, bot.Primary, default, OrderPurpose.Signal) is null ? SignalSide.Hold : side;
            return;
        }

        SizeLots size = Size(bot, direction < 0);
        if (size < bot.Primary.MinLots)
        {
            Submit(bot, new OrderIntent
            {
                Instrument = bot.Primary.Id,
                Side = direction > 0 ? OrderSide.Buy : OrderSide.Sell,
                Type = OrderType.Market,
                Size = size,
            });
            return;
        }

        Target(bot, bot.Primary, new SizeLots(direction * size.Value), OrderPurpose.Signal);
    }

    public OrderIntent EntryOf(Bot bot, OrderSide side) => new()
    {
        Instrument = bot.Primary.Id,
        Side = side,
        Type = OrderType.Market,
        Size = Size(bot, side == OrderSide.Sell),
    };

    private SizeLots Size(Bot bot, bool isShort) => bot.Sizing.Size(
        bot.Primary,
        FactsOf(bot, bot.Primary, bot.Primary.ToDecimal(parts.Market.Mark(bot.Primary.Id)), bot.StopFraction) with { IsShort = isShort });

    private PositionSizing.Basis FactsOf(Bot bot, Instrument instrument, decimal price, decimal? stopFraction)
    {
        int quote = parts.Table.QuoteAsset(instrument.Id);
        decimal rate = parts.Portfolio.Rate(quote);
        bool isSpot = instrument.Kind == InstrumentKind.Spot;
        return new PositionSizing.Basis(
            rate == 0 ? 0 : parts.Portfolio.Equity(bot.Id) / rate,
            isSpot ? parts.Portfolio.Ledger.Balance(bot.Id, LedgerAccount.Free, quote) : parts.Risk.FreeCollateral(bot.Id, quote, instrument.Id),
            price,
            stopFraction,
            parts.Risk.Limits.TakerFeeRate,
            isSpot ? 1 : parts.Risk.Limits.Leverage,
            parts.Risk.Limits.ExpectedSlippage);
    }

    /// <summary>Shows a signal to whoever looks, and remembers it among the decisions.</summary>
    /// <returns>False when there is nothing to follow.</returns>
    private bool Announce(Bot bot, Signal signal)
    {
        bot.LastSignal = signal;
        if (Observer is not null)
        {
            _meta.Clear();
            bot.Strategy.DescribeSignal(_meta);
            Observer.OnSignal(bot.Id, Now, in signal, _meta);
        }

        if (signal.Side == SignalSide.Hold || !bot.IsRunning)
        {
            return false;
        }

        parts.Decisions.Add(((long)signal.Side << 32) | (uint)bot.Id.Index);
        parts.Decisions.Add(BitConverter.DoubleToInt64Bits(signal.Confidence));
        parts.Decisions.Add(Now.Nanos);
        return true;
    }

    private void Deny(Bot bot, in OrderIntent intent, in DenyReason reason)
    {
        if (!IsWarmingUp)
        {
            Denied.Add(reason.Rule);
            parts.Decisions.Add(long.MinValue | (long)reason.Rule);
            parts.Decisions.Add(Now.Nanos);
            parts.Journal?.AppendDenied(bot.Id, in intent, in reason, Now);
        }

        if (bot.IsRunning && !bot.IsHearingDenial)
        {
            // A strategy that answers a denial with another order learns of the next denial by what Send returns, or it would never end.
            bot.IsHearingDenial = true;
            Hear(bot, static (Strategy strategy, in OrderEvent one, in int _) => strategy.Order(in one), new OrderEvent(OrderEventKind.Denied, default, intent.Purpose, reason, default), 0);
            bot.IsHearingDenial = false;
        }
    }
}
