using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Research.Backtests;
using Harrier.Simulation.Fills;
using Harrier.Strategies;

namespace Harrier.Bench.Backtests;

/// <summary>
/// The anchors' backtest, level 2: SMA 20/50 cross on 525,600 one-minute bars, filled at the next open with a fee of 1 bp and slippage of
/// 0.1 bp, 99 % of a million invested. On the full event path: risk gate, orders, reports, double-entry ledger, round trips.
/// </summary>
public sealed class AnchorBacktest
{
    /// <summary>Fills that any implementation must make.</summary>
    public const int ExpectedFills = 11_902;

    /// <summary>Final equity of the C loop; ours differs by the grid of ticks and lots.</summary>
    public const double ExpectedEquity = 356_741.674979;

    private static readonly Asset Quote = new("USDT");
    private readonly Instrument _instrument;
    private readonly BarSeries _series;

    /// <summary>Makes the bars.</summary>
    /// <param name="count">Number of bars; the expected values hold for 525,600.</param>
    public AnchorBacktest(int count)
    {
        _instrument = new Instrument(new InstrumentId(0), new InstrumentDefinition
        {
            Venue = new VenueId("sim-anchor"),
            Symbol = "BTCUSDT",
            Base = new Asset("BTC"),
            Quote = Quote,
            TickSize = 0.00001m,
            LotSize = 0.000001m,
        });
        AnchorSeries anchor = new(count);
        BarSpec spec = new(60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Synthetic);
        Bar[] bars = new Bar[count];
        for (int i = 0; i < count; i++)
        {
            bars[i] = new Bar
            {
                OpenTime = Timestamp.FromUnixSeconds(1_577_836_800 + (i * 60L)),
                Open = _instrument.RoundToTicks(anchor.Open[i]),
                High = _instrument.CeilingToTicks(anchor.High[i]),
                Low = _instrument.FloorToTicks(anchor.Low[i]),
                Close = _instrument.RoundToTicks(anchor.Close[i]),
                Volume = anchor.Volume[i],
                Spec = spec,
                Instrument = _instrument.Id,
            };
        }

        _series = new BarSeries(_instrument, spec, bars, count);
    }

    /// <summary>The bars.</summary>
    public BarSeries Series => _series;

    /// <summary>The same bars on a grid of cents, as an exchange would dump them.</summary>
    public BarSeries OnCents()
    {
        Instrument cents = new(_instrument.Id, _instrument.Definition with { TickSize = 0.01m });
        Bar[] bars = _series.Bars.ToArray();
        for (int i = 0; i < bars.Length; i++)
        {
            Bar bar = bars[i];
            bars[i] = bar with
            {
                Open = cents.RoundToTicks(_instrument.ToDouble(bar.Open)),
                High = cents.CeilingToTicks(_instrument.ToDouble(bar.High)),
                Low = cents.FloorToTicks(_instrument.ToDouble(bar.Low)),
                Close = cents.RoundToTicks(_instrument.ToDouble(bar.Close)),
                Volume = Math.Round(bar.Volume, 5),
                QuoteVolume = Math.Round(bar.Volume * _instrument.ToDouble(bar.Close), 2),
                TakerBuyVolume = Math.Round(bar.Volume / 2, 5),
                TradeCount = 100,
            };
        }

        return new BarSeries(cents, _series.Spec, bars, bars.Length);
    }

    /// <summary>An engine and a loop before the first bar.</summary>
    /// <param name="strategy">What to run.</param>
    public (TradingEngine Engine, BacktestLoop Loop) Prepare(Strategy strategy)
    {
        FillSimulator venue = new([_instrument], 1, new FillOptions
        {
            MakerFeeRate = 0.0001m,
            TakerFeeRate = 0.0001m,
            Slippage = new FixedSlippage(0.1),
            MaxVolumeShare = null,
        });
        TradingEngine engine = new(
            new EngineOptions
            {
                Account = new AccountId("bench"),
                Run = 1,
                Instruments = [_instrument],
                Numeraire = Quote,
                Limits = new RiskLimits { TakerFeeRate = 0.0001m },
                Bots = [new BotDefinition { Strategy = strategy, Instruments = [_instrument.Id], Sizing = new PositionSizing(SizingMethod.FractionOfEquity, 0.99m) }],
            },
            new EngineSurroundings(venue));
        AccountReport deposit = new(new BotId(0), new Money(1_000_000m, Quote), _series[0].OpenTime);
        engine.Process(in deposit);
        venue.Deposit(deposit.Bot, deposit.Amount);
        return (engine, new BacktestLoop(engine, venue, [_series]));
    }

    /// <summary>Runs the cross over all bars and checks what must come out.</summary>
    /// <exception cref="InvalidOperationException">Number of fills or final equity is not that of the anchors.</exception>
    public TradingEngine RunCross()
    {
        (TradingEngine engine, BacktestLoop loop) = Prepare(new SmaCross(new SmaCrossSettings()));
        loop.Play(_series.Count);
        double equity = (double)engine.Portfolio.Equity(new BotId(0));
        if (_series.Count == 525_600 && (engine.Orders.Submitted != ExpectedFills || Math.Abs((equity / ExpectedEquity) - 1) > 0.001))
        {
            throw new InvalidOperationException($"{engine.Orders.Submitted} fills and an equity of {equity} are not the anchors' {ExpectedFills} and {ExpectedEquity}");
        }

        return engine;
    }
}
