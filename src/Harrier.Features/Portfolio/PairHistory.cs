using System.Runtime.InteropServices;
using Harrier.Domain;

namespace Harrier.Features.Portfolio;

/// <summary>
/// The newest middle prices of a pair with the times they were read at. The time between two is not taken to be always the same: a bot that was down, and a
/// pair that is looked at less often, would otherwise seem calmer or wilder than they are.
/// </summary>
/// <param name="window">Prices that are kept, 2 or more.</param>
public sealed class PairHistory(int window) : IStateful
{
    private const double NanosPerSecond = Timestamp.NanosPerSecond;

    private readonly List<Timestamp> _times = [];
    private readonly List<double> _prices = [];

    /// <summary>Prices that are kept.</summary>
    public int Window { get; private set; } = window;

    /// <summary>True once the window is full: before that nothing is expected of the pair.</summary>
    public bool IsReady => _prices.Count >= Window;

    /// <summary>Prices so far, at most <see cref="Window"/>.</summary>
    public int Count => _prices.Count;

    /// <summary>The prices, oldest first.</summary>
    public ReadOnlySpan<double> Prices => CollectionsMarshal.AsSpan(_prices);

    /// <summary>Seconds from the oldest to the newest price.</summary>
    public double SpanSeconds => _times.Count > 1 ? (_times[^1].Nanos - _times[0].Nanos) / NanosPerSecond : 0;

    /// <summary>Adds a price. One that is no later than the newest is the same quote seen again, and is left out.</summary>
    /// <param name="time">When it was read.</param>
    /// <param name="price">Above 0.</param>
    public void Add(Timestamp time, double price)
    {
        if (_times.Count > 0 && time <= _times[^1])
        {
            return;
        }

        _times.Add(time);
        _prices.Add(price);
        Trim();
    }

    /// <summary>Keeps another number of prices from now on; what there is stays, as far as it fits.</summary>
    public void Resize(int size)
    {
        Window = size;
        Trim();
    }

    /// <summary>
    /// Volatility of log returns for one second: the root of the mean of r²/dt. Returns are measured from 0, not from their mean: a steady trend must not look
    /// riskless.
    /// </summary>
    /// <returns>0 or more; 0 for less than two prices.</returns>
    public double SecondVolatility()
    {
        double sum = 0;
        for (int i = 1; i < _prices.Count; i++)
        {
            double move = Math.Log(_prices[i] / _prices[i - 1]);
            sum += move * move * NanosPerSecond / (_times[i].Nanos - _times[i - 1].Nanos);
        }

        return _prices.Count > 1 ? Math.Sqrt(sum / (_prices.Count - 1)) : 0;
    }

    /// <summary>Log return from the oldest to the newest price.</summary>
    public double LogMove() => _prices.Count > 1 ? Math.Log(_prices[^1] / _prices[0]) : 0;

    /// <summary>Mean of the log prices less the newest: how far, and which way, the price would go to be back at its mean.</summary>
    public double LogDistanceToMean()
    {
        double sum = 0;
        foreach (double price in _prices)
        {
            sum += Math.Log(price / _prices[^1]);
        }

        return _prices.Count > 0 ? sum / _prices.Count : 0;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_prices.Count);
        for (int i = 0; i < _prices.Count; i++)
        {
            writer.Write(_times[i]);
            writer.Write(_prices[i]);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _times.Clear();
        _prices.Clear();
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            _times.Add(reader.ReadTimestamp());
            _prices.Add(reader.ReadDouble());
        }

        Trim();
    }

    private void Trim()
    {
        int surplus = Math.Max(_prices.Count - Window, 0);
        _times.RemoveRange(0, surplus);
        _prices.RemoveRange(0, surplus);
    }
}
