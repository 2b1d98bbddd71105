using System.Numerics;
using Harrier.Domain;

namespace Harrier.Features.Bars;

/// <summary>What makes a price an outlier.</summary>
public sealed record OutlierRule
{
    /// <summary>A close-to-close move is an outlier above this many medians of absolute log returns.</summary>
    /// <value>20; a normal variable exceeds 8 medians (5.4 standard deviations) about once in fifteen million.</value>
    public double Medians { get; init; } = 20;

    /// <summary>No move below this is an outlier, however quiet the market was, as a log return.</summary>
    /// <value>0.05.</value>
    public double Floor { get; init; } = 0.05;

    /// <summary>Number of absolute returns before a bar that the median is taken over.</summary>
    /// <value>100; at least 20 are needed before a bar is judged.</value>
    public int Window { get; init; } = 100;

    /// <summary>Share of an outlier that the next bar must take back to make it a wrong print, as a fraction.</summary>
    /// <value>0.8.</value>
    public double RevertedShare { get; init; } = 0.8;

    /// <summary>An outlier that comes back is no wrong print when its volume is above this many medians of the volumes before it.</summary>
    /// <value>3; the seven such moves in eight years of hourly bars of twelve large pairs at Binance had 6 to 260.</value>
    public double BackingVolume { get; init; } = 3;

    /// <summary>A high or low is an outlier when it is further from the body than this, as a log distance.</summary>
    /// <value>0.5.</value>
    public double WickDistance { get; init; } = 0.5;
}

/// <summary>
/// Finds prices that do not belong to the series: log returns of closes beyond a multiple of the median of the absolute returns before them.
/// The median does not move when one of its values is wrong, unlike a standard deviation. Bars come one by one; only the last ones are held.
/// </summary>
public sealed class PriceOutliers
{
    private const int MinReturns = 20;

    private readonly OutlierRule _rule;
    private readonly Action<Timestamp, bool> _found;
    private readonly double _rise;

    // The last bars, each at its number modulo the length: the window before the bar that is judged, that bar, and the one behind it.
    private readonly (double Close, double Volume, Timestamp Time)[] _last;
    private readonly int _mask;
    private long _bars;

    /// <summary>A search that has seen nothing yet.</summary>
    /// <param name="rule">What makes an outlier.</param>
    /// <param name="found">
    /// Gets the time of each, and true when the close came back in the next bar without unusual volume, which most likely is a wrong print; false when it
    /// stayed or is backed by volume.
    /// </param>
    public PriceOutliers(OutlierRule rule, Action<Timestamp, bool> found)
    {
        _rule = rule;
        _found = found;
        _rise = Math.Exp(rule.Floor);
        _last = new (double, double, Timestamp)[BitOperations.RoundUpToPowerOf2((uint)rule.Window + 3)];
        _mask = _last.Length - 1;
    }

    /// <summary>Takes the next bar; the one before it is judged, because what follows is evidence about it.</summary>
    /// <param name="time">Its open time.</param>
    /// <param name="close">Its last price, in any unit.</param>
    /// <param name="volume">Its volume.</param>
    public void Add(Timestamp time, double close, double volume)
    {
        _last[_bars++ & _mask] = (close, volume, time);
        Judge(_bars - 2);
    }

    /// <summary>Judges the last bar, behind which nothing follows.</summary>
    public void End() => Judge(_bars - 1);

    /// <summary>True when a high or low lies far away from a body that did not move.</summary>
    /// <param name="open">First price.</param>
    /// <param name="high">Highest price.</param>
    /// <param name="low">Lowest price.</param>
    /// <param name="close">Last price.</param>
    /// <param name="factor">How far: e to the power of <see cref="OutlierRule.WickDistance"/>.</param>
    public static bool IsWick(double open, double high, double low, double close, double factor) =>
        high > Math.Max(open, close) * factor || low * factor < Math.Min(open, close);

    private void Judge(long index)
    {
        if (index <= MinReturns)
        {
            return;
        }

        // Most bars are not even suspects: no logarithm and no median for them.
        double ratio = Close(index) / Close(index - 1);
        if ((ratio <= _rise && ratio * _rise >= 1) || !IsOutlier(index))
        {
            return;
        }

        // Nothing trades on the check, so that it may look at the next bar.
        double move = Move(index);
        double next = index + 1 < _bars ? Move(index + 1) : 0;
        bool comesBack = next * Math.Sign(move) <= -_rule.RevertedShare * Math.Abs(move);
        _found(_last[index & _mask].Time, comesBack && !IsTraded(index));
    }

    private bool IsOutlier(long index)
    {
        double[] sizes = new double[Math.Min(_rule.Window, index - 1)];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = Math.Abs(Move(index - 1 - i));
        }

        return Math.Abs(Move(index)) > Math.Max(_rule.Floor, _rule.Medians * Median(sizes));
    }

    // Panics and false news come back within an hour too, but the whole market trades on them; a wrong print stands alone.
    private bool IsTraded(long index)
    {
        double[] volumes = new double[Math.Min(_rule.Window, index)];
        for (int i = 0; i < volumes.Length; i++)
        {
            volumes[i] = _last[(index - 1 - i) & _mask].Volume;
        }

        return _last[index & _mask].Volume > _rule.BackingVolume * Median(volumes);
    }

    private double Close(long index) => _last[index & _mask].Close;

    private double Move(long index) => Math.Log(Close(index) / Close(index - 1));

    // The upper one of the two in the middle of an even number.
    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
