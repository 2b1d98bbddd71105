using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Simulation.Fills;

/// <summary>One instrument at the simulated venue: its orders, what is left of the bar's volume, how volatile it has been.</summary>
internal sealed class Desk(Instrument instrument)
{
    // Decay of RiskMetrics (J.P. Morgan 1996) for the variance of bar returns.
    private const double Decay = 0.94;

    private double _variance;
    private double _lastClose;

    public Instrument Instrument { get; } = instrument;

    public List<SimulatedOrder> Orders { get; } = [];

    /// <summary>Lots that our orders may still take in this bar.</summary>
    public long Budget { get; set; }

    public double BarVolume { get; private set; }

    public double Volatility => Math.Sqrt(_variance);

    public bool HasWork(ReadOnlySpan<SimulatedAccount> accounts)
    {
        if (Orders.Count > 0)
        {
            return true;
        }

        if (Instrument.Kind == InstrumentKind.LinearPerpetual)
        {
            foreach (SimulatedAccount account in accounts)
            {
                if (account.Position(Instrument.Id) != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    public bool HasWork(SimulatedAccount account, BotId bot)
    {
        foreach (SimulatedOrder order in Orders)
        {
            if (order.Order.Bot == bot)
            {
                return true;
            }
        }

        return Instrument.Kind == InstrumentKind.LinearPerpetual && account.Position(Instrument.Id) != 0;
    }

    public void Begin(in Bar bar, double? maxVolumeShare)
    {
        BarVolume = bar.Volume;
        Budget = maxVolumeShare is { } share
            ? (long)Math.Min(bar.Volume * share / Instrument.ToDouble(new SizeLots(1)), long.MaxValue / 4)
            : long.MaxValue;
    }

    public void MeasureVolatility(in Bar bar)
    {
        double close = bar.Close.Value;
        if (_lastClose > 0)
        {
            double change = (close / _lastClose) - 1;
            _variance = _variance == 0 ? change * change : (Decay * _variance) + ((1 - Decay) * change * change);
        }

        _lastClose = close;
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(_variance);
        writer.Write(_lastClose);
        writer.Write(Orders.Count);
        foreach (SimulatedOrder order in Orders)
        {
            order.Save(ref writer);
        }
    }

    public void Restore(ref StateReader reader, OrderManager orders)
    {
        _variance = reader.ReadDouble();
        _lastClose = reader.ReadDouble();
        Orders.Clear();
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            Orders.Add(SimulatedOrder.Restore(ref reader, orders));
        }
    }
}
