using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;
using Harrier.Features;
using Harrier.Features.Microstructure;

namespace Harrier.Engine.Strategies;

/// <summary>
/// Base class of all strategies, built in or written by a user. Handlers run one at a time, in the order of the engine's inputs;
/// a strategy has no other way to the market than what it is given here.
/// </summary>
public abstract partial class Strategy
{
    private Bot? _bot;

    /// <summary>
    /// Number of bars of the primary instrument after which decisions no longer depend on where the data began. Recursive indicators need
    /// more than their first value: see each strategy.
    /// </summary>
    public virtual int WarmUp => 0;

    /// <summary><see cref="WarmUp"/> on bars of an interval: with sessions of a fixed time it depends on how many bars fill one.</summary>
    public virtual int WarmUpOn(TimeSpan interval) => WarmUp;

    /// <summary>Smallest confidence at which a signal is followed; a weaker one is only shown. An EXIT is always followed.</summary>
    /// <value>0: every signal is followed.</value>
    public virtual double MinimumConfidence => 0;

    /// <summary>The primary instrument.</summary>
    protected Instrument Instrument => Bot.Primary;

    /// <summary>All instruments of this bot.</summary>
    protected IReadOnlyList<Instrument> Instruments => Bot.Instruments;

    /// <summary>The time of the input being handled.</summary>
    protected Timestamp Now => Bot.Host.Now;

    /// <summary>This bot's position in the primary instrument.</summary>
    protected Position Position => Bot.Host.Position(Bot, Instrument.Id);

    /// <summary>Indicators and features of trades and books, shared with other strategies that ask for the same.</summary>
    protected FeatureSet Features => Bot.Host.Features;

    /// <summary>True while any order of this bot works.</summary>
    protected bool HasWorkingOrders => Bot.Host.HasWorkingOrders(Bot);

    private Bot Bot => _bot ?? throw new InvalidOperationException("a strategy may use the engine from OnStart on, not in its constructor");

    /// <summary>This bot's position in an instrument.</summary>
    protected Position PositionIn(InstrumentId instrument) => Bot.Host.Position(Bot, instrument);

    /// <summary>Called once before the first input: ask for features here.</summary>
    protected virtual void OnStart()
    {
    }

    /// <summary>A bar closed.</summary>
    /// <param name="bar">The bar on the instrument's grid.</param>
    /// <param name="values">The same in floating point, for calculations.</param>
    protected virtual void OnBar(in Bar bar, in Ohlcv values)
    {
    }

    /// <summary>A public trade happened.</summary>
    protected virtual void OnTrade(in MarketEvent trade)
    {
    }

    /// <summary>A whole message was applied to the verified order book of the primary instrument.</summary>
    /// <param name="top">Best bid and ask; a side without levels has size 0.</param>
    protected virtual void OnBook(in BookTop top)
    {
    }

    /// <summary>The same for every instrument of this bot; unless a strategy does otherwise, that of the primary one goes to <see cref="OnBook(in BookTop)"/>.</summary>
    /// <param name="instrument">Whose book.</param>
    /// <param name="top">Best bid and ask; a side without levels has size 0.</param>
    protected virtual void OnBook(InstrumentId instrument, in BookTop top)
    {
        if (instrument == Instrument.Id)
        {
            OnBook(in top);
        }
    }

    /// <summary>A wall was found, eaten, refreshed or removed in the book of one of this bot's instruments; comes before the book itself.</summary>
    /// <param name="detector">Who saw it: another strategy may have asked for a detector with other settings.</param>
    /// <param name="densityEvent">What happened.</param>
    protected virtual void OnDensity(DensityDetector detector, in DensityEvent densityEvent)
    {
    }

    /// <summary>A timer set with <see cref="SetTimer"/> is due.</summary>
    protected virtual void OnTimer(int number)
    {
    }

    /// <summary>
    /// An own order was denied, accepted, canceled, rejected or expired. Of an order that is sent from here and denied, only the return value of
    /// the sending method tells.
    /// </summary>
    protected virtual void OnOrder(in OrderEvent orderEvent)
    {
    }

    /// <summary>An own order traded; position and balances are already up to date.</summary>
    protected virtual void OnFill(in Fill fill)
    {
    }

    /// <summary>Called once when the bot stops; orders sent from here are refused.</summary>
    protected virtual void OnStop()
    {
    }

    /// <summary>Says what is behind the latest signal. Called only when somebody looks; must not change state.</summary>
    protected virtual void Describe(SignalMeta meta)
    {
    }

    /// <summary>Writes everything that <see cref="OnBar"/> and the other handlers remember; shared indicators are saved by the engine.</summary>
    protected virtual void SaveState(ref StateWriter writer)
    {
    }

    /// <summary>Reads what <see cref="SaveState"/> wrote.</summary>
    protected virtual void RestoreState(ref StateReader reader)
    {
    }

    /// <summary>Says what the strategy thinks of the primary instrument; followed at once, filled at the next price.</summary>
    protected void Emit(SignalSide side, double confidence)
    {
        Invariant.That(confidence is >= 0 and <= 1, "a signal's confidence is a number from 0 to 1");
        Bot.Host.EngineBegins();
        Bot.Host.Follow(Bot, new Signal(side, confidence));
        Bot.Host.EngineEnds();
    }

    /// <summary>
    /// Enters with a stop: the platform sizes the position by the bot's sizing and limits, places the stop as soon as some of the entry is filled,
    /// and leaves the position by the bot's exit rules.
    /// </summary>
    /// <returns>The order, or the rule that refused it; <see cref="OnOrder"/> does not tell of a refusal a second time.</returns>
    protected EntryDecision Enter(in EntryPlan plan)
    {
        Invariant.That(plan.Confidence is >= 0 and <= 1, "an entry's confidence is a number from 0 to 1");
        ArgumentException.ThrowIfNullOrWhiteSpace(plan.Setup);
        RequireOwn(plan.Instrument);
        Bot.Host.EngineBegins();
        EntryDecision decision = Bot.Host.Enter(Bot, in plan);
        Bot.Host.EngineEnds();
        return decision;
    }

    /// <summary>True while a planned entry in an instrument works or its position is open.</summary>
    protected bool HasPlanIn(InstrumentId instrument) => Bot.Keeper.PlanIn(instrument) is not null;

    /// <summary>Buys; a market order when no limit is given.</summary>
    /// <returns>The order's id; null when the risk gate denied it, of which <see cref="OnOrder"/> tells more.</returns>
    protected ClientOrderId? Buy(SizeLots size, PriceTicks? limit = null) => Send(OrderSide.Buy, size, limit);

    /// <summary>Sells; a market order when no limit is given.</summary>
    /// <returns>The order's id; null when the risk gate denied it.</returns>
    protected ClientOrderId? Sell(SizeLots size, PriceTicks? limit = null) => Send(OrderSide.Sell, size, limit);

    /// <summary>Sends any kind of order.</summary>
    /// <returns>The order's id; null when the risk gate denied it.</returns>
    protected ClientOrderId? Send(in OrderIntent intent)
    {
        RequireOwn(intent.Instrument);
        Bot.Host.EngineBegins();
        ClientOrderId? sent = Bot.Host.Submit(Bot, in intent);
        Bot.Host.EngineEnds();
        return sent;
    }

    /// <summary>Asks to cancel an order.</summary>
    protected void Cancel(ClientOrderId order)
    {
        Bot.Host.EngineBegins();
        Bot.Host.Cancel(order);
        Bot.Host.EngineEnds();
    }

    /// <summary>Cancels all working orders of this bot.</summary>
    protected void CancelAll()
    {
        Bot.Host.EngineBegins();
        Bot.Host.CancelAll(Bot, null);
        Bot.Host.EngineEnds();
    }

    /// <summary>Moves the position in the primary instrument to a size with one market order; 0 leaves it.</summary>
    /// <returns>The order's id; null when nothing is to do or the risk gate denied it.</returns>
    protected ClientOrderId? Target(SizeLots size)
    {
        Bot.Host.EngineBegins();
        ClientOrderId? sent = Bot.Host.Target(Bot, Instrument, size, OrderPurpose.Signal);
        Bot.Host.EngineEnds();
        return sent;
    }

    /// <summary>Asks for <see cref="OnTimer"/> at an instant, in place of an earlier timer with the same number.</summary>
    protected void SetTimer(int number, Timestamp due) => Bot.Host.SetTimer(Bot, number, due);

    internal void Attach(Bot bot)
    {
        Invariant.That(_bot is null, "a strategy instance belongs to one engine");
        _bot = bot;
    }

    internal void Start() => OnStart();

    internal void Bar(in Bar bar, in Ohlcv values) => OnBar(in bar, in values);

    internal void Trade(in MarketEvent trade) => OnTrade(in trade);

    internal void Book(InstrumentId instrument, in BookTop top) => OnBook(instrument, in top);

    internal void Density(DensityDetector detector, in DensityEvent densityEvent) => OnDensity(detector, in densityEvent);

    internal void Timer(int number) => OnTimer(number);

    internal void Order(in OrderEvent orderEvent) => OnOrder(in orderEvent);

    internal void Fill(in Fill fill) => OnFill(in fill);

    internal void Stop() => OnStop();

    internal void DescribeSignal(SignalMeta meta) => Describe(meta);

    internal void Save(ref StateWriter writer) => SaveState(ref writer);

    internal void Restore(ref StateReader reader) => RestoreState(ref reader);

    private void RequireOwn(InstrumentId instrument)
    {
        if (!Bot.Owns(instrument))
        {
            throw new ArgumentException($"bot {Bot.Id} does not trade instrument {instrument}", nameof(instrument));
        }
    }

    private ClientOrderId? Send(OrderSide side, SizeLots size, PriceTicks? limit) => Send(new OrderIntent
    {
        Instrument = Instrument.Id,
        Side = side,
        Type = limit is null ? OrderType.Market : OrderType.Limit,
        Size = size,
        Limit = limit ?? default,
    });
}
