using System.Numerics;
using Harrier.Domain;

namespace Harrier.Research.Checks;

/// <summary>
/// Finds prices that do not belong to the series: log returns of closes beyond a multiple of the median of the absolute returns before them.
/// The median does not move when one of its values is wrong, unlike a standard deviation.
/// </summary>
internal sealed class OutlierCheck
{
    private const int MinReturns = 20;

    private readonly DataCheckSettings _settings;
    private readonly FindingRows _reverting = new();
    private readonly FindingRows _jumps = new();
    private readonly double _rise;

    // The last bars, each at its number modulo the length: the window before the bar that is judged, that bar, and the one behind it.
    private readonly (long Close, double Volume, Timestamp Time)[] _last;
    private readonly int _mask;
    private long _bars;

    public OutlierCheck(DataCheckSettings settings)
    {
        _settings = settings;
        _rise = Math.Exp(settings.OutlierFloor);
        _last = new (long, double, Timestamp)[BitOperations.RoundUpToPowerOf2((uint)settings.OutlierWindow + 3)];
        _mask = _last.Length - 1;
    }

    public void Add(ReadOnlySpan<Bar> bars)
    {
        foreach (ref readonly Bar bar in bars)
        {
            _last[_bars++ & _mask] = (bar.Close.Value, bar.Volume, bar.OpenTime);
            Judge(_bars - 2);
        }
    }

    public void Report(List<DataFinding> findings)
    {
        Judge(_bars - 1);
        string limit = FormattableString.Invariant($"more than {_settings.OutlierMedians} medians of the last {_settings.OutlierWindow} absolute returns and {_settings.OutlierFloor:0.#%}");
        _reverting.Report(findings, DataFindingKind.RevertingOutlier, true, $"closes jump by {limit} and come back in the next bar without unusual volume, the first at {_reverting.FirstTime}");
        _jumps.Report(findings, DataFindingKind.Jump, false, $"closes jump by {limit} and stay or are backed by volume, the first at {_jumps.FirstTime}");
    }

    private void Judge(long index)
    {
        if (index <= MinReturns)
        {
            return;
        }

        // Most bars are not even suspects: no logarithm and no median for them.
        double ratio = Close(index) / (double)Close(index - 1);
        if ((ratio <= _rise && ratio * _rise >= 1) || !IsOutlier(index))
        {
            return;
        }

        // What the next bar does is evidence about this one; nothing trades on the check.
        double move = Move(index);
        double next = index + 1 < _bars ? Move(index + 1) : 0;
        bool comesBack = next * Math.Sign(move) <= -_settings.RevertedShare * Math.Abs(move);
        (comesBack && !IsTraded(index) ? _reverting : _jumps).Add(_last[index & _mask].Time);
    }

    private bool IsOutlier(long index)
    {
        double[] sizes = new double[Math.Min(_settings.OutlierWindow, index - 1)];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = Math.Abs(Move(index - 1 - i));
        }

        return Math.Abs(Move(index)) > Math.Max(_settings.OutlierFloor, _settings.OutlierMedians * Median(sizes));
    }

    // Panics and false news come back within an hour too, but the whole market trades on them; a wrong print stands alone.
    private bool IsTraded(long index)
    {
        double[] volumes = new double[Math.Min(_settings.OutlierWindow, index)];
        for (int i = 0; i < volumes.Length; i++)
        {
            volumes[i] = _last[(index - 1 - i) & _mask].Volume;
        }

        return _last[index & _mask].Volume > _settings.BackingVolume * Median(volumes);
    }

    private long Close(long index) => _last[index & _mask].Close;

    private double Move(long index) => Math.Log(Close(index) / (double)Close(index - 1));

    // The upper one of the two in the middle of an even number.
    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
