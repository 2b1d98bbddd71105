using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Control;
using Harrier.Hosting.Telemetry;

namespace Harrier.Hosting.Metering;

/// <summary>Hears what only an account's own thread knows: signals, calls of strategies, stages, trades; measures them and hands on what is for others. It never waits.</summary>
public sealed class AccountWatch : ISignalObserver, ICallObserver, IOrderObserver, IAccountProbe
{
    private readonly AccountSettings _settings;
    private readonly RunDesk _desk;
    private readonly TradingMeters _trading;
    private readonly StageMeters _stages;
    private readonly TimeProvider _time;
    private readonly string[] _strategies;
    private readonly OrderSpans _spans;
    private IReadOnlyList<Instrument> _instruments = [];

    internal AccountWatch(AccountSettings settings, RunDesk desk, (TradingMeters Trading, StageMeters Stages) meters, TimeProvider time)
    {
        (_settings, _desk, _time) = (settings, desk, time);
        (_trading, _stages) = meters;
        _spans = new OrderSpans(settings);
        _strategies = [.. settings.Bots.Select(static bot => bot.Strategy.Descriptor.Key)];
    }

    /// <summary>Watches an engine from here on; what it handled before, such as bars of the past, is not counted. Its runner takes this as its probe.</summary>
    public void Attach(TradingEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _instruments = engine.Options.Instruments;
        engine.SignalObserver = this;
        engine.CallObserver = this;
        engine.OrderObserver = this;
        foreach (Order order in engine.Orders.Working)
        {
            Tell(order, ("working", engine.Time.Now));
        }
    }

    /// <inheritdoc/>
    void ISignalObserver.OnSignal(BotId bot, Timestamp time, in Signal signal, SignalMeta meta)
    {
        BotSettings settings = _settings.Bots[bot.Index];
        _trading.Signaled(_strategies[bot.Index], signal.Side, settings.Symbol);
        _spans.OnSignal(bot, time, in signal);
        if (signal.Side != SignalSide.Hold)
        {
            _desk.Live.Tell(new BotSignal(time, _settings.Name, settings.Name, settings.Symbol, _strategies[bot.Index], signal));
        }
    }

    /// <inheritdoc/>
    void IOrderObserver.OnSent(Order order)
    {
        _spans.OnSent(order, _instruments[order.Intent.Instrument.Index]);
        Tell(order, ("placed", order.SubmittedAt));
    }

    /// <inheritdoc/>
    void IOrderObserver.OnReport(Order order, in ExecutionReport report)
    {
        _spans.OnReport(order, in report, _instruments[order.Intent.Instrument.Index]);
        Tell(order, (BotOrder.StepOf(in report, order), report.Time), report.Kind == ExecutionKind.Rejected ? report.Reason : null);
    }

    /// <inheritdoc/>
    long ICallObserver.OnBegin() => _time.GetTimestamp();

    /// <inheritdoc/>
    void ICallObserver.OnEnd(BotId bot, long began) => _trading.Called(_strategies[bot.Index], _time.GetElapsedTime(began));

    /// <inheritdoc/>
    void IAccountProbe.OnStage(AccountStage stage, TimeSpan took) => _stages.Took(_settings.Name, stage, took);

    /// <inheritdoc/>
    void IAccountProbe.OnOrder(TimeSpan took) => _stages.Left(_settings.Name, took);

    /// <inheritdoc/>
    void IAccountProbe.OnTrade(in MarketEvent trade, TimeSpan age)
    {
        _stages.Waited(_settings.Name, age);
        _desk.Live.Tell(_settings.Name, _instruments[trade.Instrument.Index], in trade);
    }

    /// <inheritdoc/>
    void IAccountProbe.OnBook(in MarketEvent change) => _desk.Live.TellBook(_settings.Name, _instruments[change.Instrument.Index], in change);

    /// <inheritdoc/>
    void IAccountProbe.OnBookLost(in FeedFault fault) =>
        _desk.Live.TellBook(_settings.Name, _instruments[fault.Instrument.Index], new MarketEvent { Kind = MarketEventKind.BookClear, Instrument = fault.Instrument, Price = default, Size = default, ExchangeTime = fault.Time, ReceivedTime = fault.Time }, isFault: true);

    private void Tell(Order order, (string Name, Timestamp Time) step, RejectReason? rejected = null)
    {
        if (_desk.Live.HearsOrders)
        {
            (string Account, string Bot) whose = (_settings.Name, _settings.Bots[order.Bot.Index].Name);
            _desk.Live.Tell(BotOrder.Of(whose, order, _instruments[order.Intent.Instrument.Index], step) with { Rejected = rejected });
        }
    }
}
