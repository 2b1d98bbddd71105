using Harrier.Domain;

namespace Harrier.Research.Checks;

/// <summary>Doubts the tick size: one that was inferred from prices is as fine as the oddest price of all.</summary>
internal sealed class GridCheck
{
    private const double FewSubTicks = 0.01;
    private const int CoarseTicks = 200;

    private readonly FindingRows _fine = new();
    private readonly FindingRows _coarse = new();
    private long _bars;

    public void Add(ReadOnlySpan<Bar> bars)
    {
        _bars += bars.Length;
        foreach (ref readonly Bar bar in bars)
        {
            if (bar.Open.Value % 10 != 0 || bar.High.Value % 10 != 0 || bar.Low.Value % 10 != 0 || bar.Close.Value % 10 != 0)
            {
                _fine.Add(bar.OpenTime);
            }

            if (bar.Close.Value < CoarseTicks)
            {
                _coarse.Add(bar.OpenTime);
            }
        }
    }

    public void Report(List<DataFinding> findings, decimal tick)
    {
        if (_fine.Count < FewSubTicks * _bars)
        {
            _fine.Report(findings, DataFindingKind.SubTick, false, FormattableString.Invariant($"of {_bars} bars have a price that is not a multiple of {tick * 10} (tick size {tick}); the grid may be coarser"));
        }

        _coarse.Report(findings, DataFindingKind.CoarseTick, false, FormattableString.Invariant($"bars close below {CoarseTicks} ticks: returns are rounded to more than {1.0 / CoarseTicks:0.#%}"));
    }
}
