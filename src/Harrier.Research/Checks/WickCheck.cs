using Harrier.Domain;
using Harrier.Features.Bars;

namespace Harrier.Research.Checks;

/// <summary>Finds highs and lows far from a body that did not move.</summary>
/// <param name="settings">How far.</param>
internal sealed class WickCheck(DataCheckSettings settings)
{
    private readonly FindingRows _wicks = new();
    private readonly double _factor = Math.Exp(settings.Outliers.WickDistance);

    public void Add(ReadOnlySpan<Bar> bars)
    {
        foreach (ref readonly Bar bar in bars)
        {
            if (PriceOutliers.IsWick(bar.Open.Value, bar.High.Value, bar.Low.Value, bar.Close.Value, _factor))
            {
                _wicks.Add(bar.OpenTime);
            }
        }
    }

    public void Report(List<DataFinding> findings) => _wicks.Report(
        findings, DataFindingKind.Wick, false, FormattableString.Invariant($"highs or lows lie more than {_factor - 1:0%} away from open and close, the first at {_wicks.FirstTime}"));
}
