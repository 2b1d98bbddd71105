using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>Cuts the days asked for out of ordered bars and puts prices on the grid.</summary>
/// <param name="order">The bars.</param>
/// <param name="options">The days asked for.</param>
/// <param name="findings">Where bars left out are reported.</param>
internal sealed class BarRange(BarOrder order, BarReadOptions options, List<BarFinding> findings)
{
    /// <summary>The series of the bars that open and close within the days asked for.</summary>
    /// <exception cref="BarDataException">There is none, or a price is off the grid.</exception>
    public BarSeries ToSeries(Instrument instrument, BarSpec spec, BarGrid grid)
    {
        ReadOnlySpan<Bar> bars = order.Bars.AsSpan(0, order.Count);
        int start = FirstNotBefore(bars, options.RangeStart.Nanos);
        int end = options.To is null ? bars.Length : FirstNotBefore(bars, options.RangeEnd.Nanos - spec.IntervalNanos + 1);
        if (end <= start)
        {
            throw new BarDataException(
                options.From is not null ? "from" : "to",
                $"{options.From:yyyy-MM-dd}..{options.To:yyyy-MM-dd}",
                bars.IsEmpty ? "at least one bar in the data" : $"days with complete bars; the data of {instrument.Symbol} reach from {bars[0].OpenTime} to {new Timestamp(bars[^1].OpenTime.Nanos + spec.IntervalNanos)}");
        }

        int outside = bars.Length - (end - start);
        if (outside > 0)
        {
            findings.Add(new BarFinding(BarFindingKind.OutsideRange, outside, FormattableString.Invariant($"{outside} bars lie outside the days asked for; left out"), []));
        }

        ToTicks(start, end, spec, grid);
        if (start > 0)
        {
            Array.Copy(order.Bars, start, order.Bars, 0, end - start);
        }

        return new BarSeries(instrument, spec, order.Bars, end - start);
    }

    private void ToTicks(int start, int end, BarSpec spec, BarGrid grid)
    {
        if (grid.IsIdentity && order.Bars[start].Spec == spec)
        {
            return;
        }

        for (int i = start; i < end; i++)
        {
            ref Bar bar = ref order.Bars[i];
            bar = bar with
            {
                Open = grid.ToTicks(bar.Open, order, i),
                High = grid.ToTicks(bar.High, order, i),
                Low = grid.ToTicks(bar.Low, order, i),
                Close = grid.ToTicks(bar.Close, order, i),
                Spec = spec,
            };
        }
    }

    private static int FirstNotBefore(ReadOnlySpan<Bar> bars, long nanos)
    {
        int low = 0;
        int high = bars.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (bars[middle].OpenTime.Nanos < nanos)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
