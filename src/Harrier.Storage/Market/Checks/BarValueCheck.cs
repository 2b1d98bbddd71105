using Harrier.Domain;
using Harrier.Features.Bars;

namespace Harrier.Storage.Market.Checks;

/// <summary>Looks at the values of bars beside one another: runs without volume, and prices that do not belong to the series.</summary>
internal sealed class BarValueCheck
{
    private const int ShortestRun = 10;
    private readonly BarSpec _interval;
    private readonly FindingList _findings;
    private readonly PriceOutliers _outliers;
    private readonly List<long> _times = [];
    private readonly double _wickFactor;
    private Timestamp _runStart;
    private int _run;

    /// <summary>A check that has seen nothing yet.</summary>
    /// <param name="interval">Length of the bars.</param>
    /// <param name="findings">Where findings are added.</param>
    public BarValueCheck(BarSpec interval, FindingList findings)
    {
        OutlierRule rule = new();
        _interval = interval;
        _findings = findings;
        _wickFactor = Math.Exp(rule.WickDistance);
        _outliers = new PriceOutliers(rule, (time, isReverting) => findings.Add(isReverting ? StoreFindingKind.Outlier : StoreFindingKind.Jump, time, $"{time}"));
    }

    /// <summary>The open times in the order of the files.</summary>
    public IReadOnlyList<long> Times => _times;

    /// <summary>Takes a bar.</summary>
    public void Add(in HistoricalBar bar)
    {
        Timestamp time = bar.OpenTime;
        _times.Add(time.Nanos);
        if (_interval.BucketStart(time) != time)
        {
            _findings.Add(StoreFindingKind.Unaligned, time, $"{time}");
        }

        _outliers.Add(time, (double)bar.Close, (double)bar.Volume);
        if (PriceOutliers.IsWick((double)bar.Open, (double)bar.High, (double)bar.Low, (double)bar.Close, _wickFactor))
        {
            _findings.Add(StoreFindingKind.Wick, time, FormattableString.Invariant($"high {bar.High}, low {bar.Low}, close {bar.Close} at {time}"));
        }

        FollowRun(time, bar.Volume == 0);
    }

    /// <summary>Ends what is open behind the last bar.</summary>
    public void End()
    {
        _outliers.End();
        FollowRun(default, isEmpty: false);
    }

    private void FollowRun(Timestamp time, bool isEmpty)
    {
        if (!isEmpty && _run >= ShortestRun)
        {
            _findings.Add(StoreFindingKind.ZeroVolume, _runStart, FormattableString.Invariant($"{_run} bars from {_runStart}"));
        }

        _runStart = _run == 0 ? time : _runStart;
        _run = isEmpty ? _run + 1 : 0;
    }
}
