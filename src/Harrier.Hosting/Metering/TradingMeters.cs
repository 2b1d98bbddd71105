using System.Diagnostics.Metrics;
using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Configuration;

namespace Harrier.Hosting.Metering;

/// <summary>What bots do: executions, results, signals, and how long their strategies think.</summary>
internal sealed class TradingMeters
{
    private static readonly string[] Sides = ["BUY", "SELL"];
    private static readonly string[] SignalTypes = [.. Enum.GetValues<SignalSide>().Select(WordOf)];

    private readonly Counter<long> _trades;
    private readonly Histogram<double> _pnl;
    private readonly Counter<long> _signals;
    private readonly Histogram<double> _execution;

    public TradingMeters(Meter meter)
    {
        _trades = meter.CreateCounter<long>("trading_trades_total", null, "Executions of bots since this process started.");
        _pnl = meter.CreateHistogram("trading_trade_pnl", null, "Profit or loss of ended positions, after fees, in quote currency.", null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [-1000, -100, -10, -1, 0, 1, 10, 100, 1000, 10000],
        });
        _signals = meter.CreateCounter<long>("trading_strategy_signals_total", null, "Signals of strategies, before vetoes and sizing.");
        _execution = meter.CreateHistogram("strategy_execution_seconds", null, "How long a call of a strategy took, with what the engine did for it meanwhile.", null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [.001, .005, .01, .05, .1, .5, 1, 2, 5],
        });
    }

    public static string WordOf(SignalSide side) => side.ToString().ToUpperInvariant();

    // A bot that has done nothing has done nothing, which is known: its series begin at 0, so that the first change counts.
    public void Begin(AccountSettings settings)
    {
        foreach (BotSettings bot in settings.Bots)
        {
            string strategy = bot.Strategy.Descriptor.Key;
            foreach (string side in Sides)
            {
                _trades.Add(0, Label.Of(Label.Bot, Label.BotOf(settings.Name, bot.Name)), Label.Of(Label.Strategy, strategy), Label.Of(Label.Side, side), Label.Of(Label.Symbol, bot.Symbol));
            }

            foreach (string type in SignalTypes)
            {
                Signals(0, strategy, type, bot.Symbol);
            }
        }
    }

    public void Filled(BotFilled filled, string strategy) => _trades.Add(
        1,
        Label.Of(Label.Bot, Label.BotOf(filled.Account, filled.Bot)),
        Label.Of(Label.Strategy, strategy),
        Label.Of(Label.Side, filled.Fill.Side == OrderSide.Buy ? Sides[0] : Sides[1]),
        Label.Of(Label.Symbol, filled.Instrument.Symbol));

    public void Ended(BotRoundTrip ended, string strategy) => _pnl.Record(
        (double)ended.Trip.Pnl, Label.Of(Label.Bot, Label.BotOf(ended.Account, ended.Bot)), Label.Of(Label.Strategy, strategy), Label.Of(Label.Symbol, ended.Symbol));

    public void Signaled(string strategy, SignalSide side, string symbol) => Signals(1, strategy, SignalTypes[(int)side], symbol);

    public void Called(string strategy, TimeSpan took) => _execution.Record(took.TotalSeconds, Label.Of(Label.Strategy, strategy));

    private void Signals(int count, string strategy, string type, string symbol) =>
        _signals.Add(count, Label.Of(Label.Strategy, strategy), Label.Of("signal_type", type), Label.Of(Label.Symbol, symbol));
}
