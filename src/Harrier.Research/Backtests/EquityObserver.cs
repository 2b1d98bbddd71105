using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Portfolio;
using Harrier.Research.Metrics;

namespace Harrier.Research.Backtests;

/// <summary>Marks the account after each moment and keeps the curve.</summary>
internal sealed class EquityObserver(TradingEngine engine, IReadOnlyList<BarHistory> series, decimal initialEquity) : IBacktestObserver
{
    public EquityRecorder Recorder { get; } = new(new EquityRecorderSettings
    {
        InitialEquity = initialEquity,
        Start = series.Min(s => s.Extent.First.OpenTime),
        End = series.Max(s => s.Extent.Last.CloseTime),
        ExpectedBars = series.Max(s => s.Extent.Count),
    });

    public void OnBarsClosed(Timestamp time, Timestamp next)
    {
        Recorder.Observe(time, engine.Portfolio.EquityEstimate(), engine.Portfolio.GrossExposureEstimate());
        if (Recorder.WantsPoint(time, next))
        {
            Recorder.AddPoint(PointAt(time));
        }
    }

    private EquityPoint PointAt(Timestamp time)
    {
        AccountPortfolio portfolio = engine.Portfolio;
        decimal equity = 0;
        decimal cash = 0;
        decimal position = 0;
        int numeraire = 0;
        for (int bot = 0; bot < engine.Options.Bots.Count; bot++)
        {
            BotId id = new(bot);
            equity += portfolio.Equity(id);
            cash += portfolio.Ledger.Owned(id, numeraire);
            foreach (BarHistory one in series)
            {
                SizeLots size = portfolio.Position(id, one.Instrument.Id).Size;
                position += series.Count == 1
                    ? one.Instrument.ToDecimal(size)
                    : one.Instrument.Notional(size, engine.Market.Mark(one.Instrument.Id));
            }
        }

        return new EquityPoint(time, equity, cash, position);
    }
}
