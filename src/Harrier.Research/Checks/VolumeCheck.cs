using Harrier.Domain;

namespace Harrier.Research.Checks;

/// <summary>Finds runs of bars in which nothing was traded.</summary>
internal sealed class VolumeCheck
{
    private readonly FindingRows _runs = new();
    private long _run;
    private long _longest;

    /// <summary>Number of bars without volume.</summary>
    public long Zeros { get; private set; }

    public void Add(ReadOnlySpan<Bar> bars)
    {
        foreach (ref readonly Bar bar in bars)
        {
            if (bar.Volume != 0)
            {
                _run = 0;
                continue;
            }

            if (_run == 0)
            {
                _runs.Add(bar.OpenTime);
            }

            _run++;
            Zeros++;
            _longest = Math.Max(_longest, _run);
        }
    }

    public void Report(List<DataFinding> findings) => _runs.Report(
        findings, DataFindingKind.ZeroVolume, false, FormattableString.Invariant($"runs of bars without volume ({Zeros} bars, the longest run {_longest})"));
}
