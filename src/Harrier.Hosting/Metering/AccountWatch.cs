using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Control;

namespace Harrier.Hosting.Metering;

/// <summary>Hears what only an account's own thread knows: signals, calls of strategies, stages, trades; measures them and hands on what is for others. It never waits.</summary>
public sealed class AccountWatch : ISignalObserver, ICallObserver, IAccountProbe
{
    private readonly AccountSettings _settings;
    private readonly RunDesk _desk;
    private readonly TradingMeters _trading;
    private readonly StageMeters _stages;
    private readonly TimeProvider _time;
    private readonly string[] _strategies;
    private IReadOnlyList<Instrument> _instruments = [];

    internal AccountWatch(AccountSettings settings, RunDesk desk, (TradingMeters Trading, StageMeters Stages) meters, TimeProvider time)
    {
        (_settings, _desk, _time) = (settings, desk, time);
        (_trading, _stages) = meters;
        _strategies = [.. settings.Bots.Select(static bot => bot.Strategy.Descriptor.Key)];
    }

    /// <summary>Watches an engine from here on; what it handled before, such as bars of the past, is not counted. Its runner takes this as its probe.</summary>
    public void Attach(TradingEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _instruments = engine.Options.Instruments;
        engine.SignalObserver = this;
        engine.CallObserver = this;
    }

    /// <inheritdoc/>
    void ISignalObserver.OnSignal(BotId bot, Timestamp time, in Signal signal, SignalMeta meta)
    {
        BotSettings settings = _settings.Bots[bot.Index];
        _trading.Signaled(_strategies[bot.Index], signal.Side, settings.Symbol);
        if (signal.Side != SignalSide.Hold)
        {
            _desk.Live.Tell(new BotSignal(time, _settings.Name, settings.Name, settings.Symbol, _strategies[bot.Index], signal));
        }
    }

    /// <inheritdoc/>
    long ICallObserver.OnBegin() => _time.GetTimestamp();

    /// <inheritdoc/>
    void ICallObserver.OnEnd(BotId bot, long began) => _trading.Called(_strategies[bot.Index], _time.GetElapsedTime(began));

    /// <inheritdoc/>
    void IAccountProbe.OnStage(AccountStage stage, TimeSpan took) => _stages.Took(_settings.Name, stage, took);

    /// <inheritdoc/>
    void IAccountProbe.OnTrade(in MarketEvent trade, TimeSpan age)
    {
        _stages.Waited(_settings.Name, age);
        _desk.Live.Tell(_settings.Name, _instruments[trade.Instrument.Index], in trade);
    }
}
