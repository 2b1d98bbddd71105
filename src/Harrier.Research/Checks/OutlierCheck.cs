using Harrier.Domain;
using Harrier.Features.Bars;

namespace Harrier.Research.Checks;

/// <summary>Reports the prices that do not belong to the series, as <see cref="PriceOutliers"/> finds them.</summary>
internal sealed class OutlierCheck
{
    private readonly OutlierRule _rule;
    private readonly PriceOutliers _outliers;
    private readonly FindingRows _reverting = new();
    private readonly FindingRows _jumps = new();

    public OutlierCheck(DataCheckSettings settings)
    {
        _rule = settings.Outliers;
        _outliers = new PriceOutliers(_rule, (time, isReverting) => (isReverting ? _reverting : _jumps).Add(time));
    }

    public void Add(ReadOnlySpan<Bar> bars)
    {
        foreach (ref readonly Bar bar in bars)
        {
            _outliers.Add(bar.OpenTime, bar.Close.Value, bar.Volume);
        }
    }

    public void Report(List<DataFinding> findings)
    {
        _outliers.End();
        string limit = FormattableString.Invariant($"more than {_rule.Medians} medians of the last {_rule.Window} absolute returns and {_rule.Floor:0.#%}");
        _reverting.Report(findings, DataFindingKind.RevertingOutlier, true, $"closes jump by {limit} and come back in the next bar without unusual volume, the first at {_reverting.FirstTime}");
        _jumps.Report(findings, DataFindingKind.Jump, false, $"closes jump by {limit} and stay or are backed by volume, the first at {_jumps.FirstTime}");
    }
}
