using Harrier.Features.Bars;

namespace Harrier.Features.Levels;

/// <summary>Collects the prices at which a level may be, and merges those that lie together. Its arrays are made once.</summary>
internal sealed class LevelCandidates
{
    private readonly LevelSettings _settings;
    private readonly double[][] _prices;
    private readonly int[] _counts = new int[2];
    private readonly double[] _volumes;
    private readonly double[] _sums;
    private readonly int[] _members;

    public LevelCandidates(LevelSettings settings)
    {
        _settings = settings;
        int most = (settings.DonchianPeriods.Count * settings.DonchianBars) + (2 * settings.Window);
        _prices = [new double[most], new double[most]];
        _volumes = new double[settings.Window];
        _sums = new double[most];
        _members = new int[most];
    }

    /// <summary>Takes all candidates of the bars.</summary>
    /// <returns>The mean volume of the bars.</returns>
    public double CollectFrom(RecentBars bars)
    {
        Array.Clear(_counts);
        TakeChannels(bars);
        TakeSwings(bars);
        double total = 0;
        for (int i = bars.First; i < bars.Count; i++)
        {
            _volumes[i - bars.First] = bars[i].Volume;
            total += bars[i].Volume;
        }

        TakeVolumeNodes(bars);
        foreach (LevelKind kind in (ReadOnlySpan<LevelKind>)[LevelKind.Support, LevelKind.Resistance])
        {
            _prices[(int)kind].AsSpan(0, _counts[(int)kind]).Sort();
        }

        return total / bars.Length;
    }

    /// <summary>
    /// Goes through the candidates of a kind from the lowest up; one that lies within the tolerance of a level found so far joins the first such
    /// level, whose price is the mean of its members.
    /// </summary>
    /// <returns>The prices of the levels; valid until the next call.</returns>
    public ReadOnlySpan<double> Merge(LevelKind kind, double tolerance)
    {
        int groups = 0;
        foreach (double price in _prices[(int)kind].AsSpan(0, _counts[(int)kind]))
        {
            int group = 0;
            while (group < groups && !(Math.Abs(price - (_sums[group] / _members[group])) <= tolerance))
            {
                group++;
            }

            if (group == groups)
            {
                groups++;
                _sums[group] = 0;
                _members[group] = 0;
            }

            _sums[group] += price;
            _members[group]++;
        }

        for (int i = 0; i < groups; i++)
        {
            _sums[i] /= _members[i];
        }

        return _sums.AsSpan(0, groups);
    }

    // The channels hold the bar at which they are read: a level is where the price has been, not a breakout.
    private void TakeChannels(RecentBars bars)
    {
        for (int p = 0; p < _settings.DonchianPeriods.Count; p++)
        {
            int period = _settings.DonchianPeriods[p];
            for (int last = Math.Max(bars.Count - _settings.DonchianBars, bars.First + period - 1); last < bars.Count; last++)
            {
                Take(LevelKind.Resistance, bars.HighestHigh(last - period + 1, last));
                Take(LevelKind.Support, bars.LowestLow(last - period + 1, last));
            }
        }
    }

    private void TakeSwings(RecentBars bars)
    {
        int width = _settings.SwingWidth;
        for (int i = bars.First + width; i < bars.Count - width; i++)
        {
            double highest = Math.Max(bars.HighestHigh(i - width, i - 1), bars.HighestHigh(i + 1, i + width));
            double lowest = Math.Min(bars.LowestLow(i - width, i - 1), bars.LowestLow(i + 1, i + width));
            if (bars[i].High > highest)
            {
                Take(LevelKind.Resistance, bars[i].High);
            }

            if (bars[i].Low < lowest)
            {
                Take(LevelKind.Support, bars[i].Low);
            }
        }
    }

    private void TakeVolumeNodes(RecentBars bars)
    {
        Span<double> volumes = _volumes.AsSpan(0, bars.Length);
        volumes.Sort();
        double place = (volumes.Length - 1) * _settings.VolumeQuantile;
        int below = (int)place;
        int above = Math.Min(below + 1, volumes.Length - 1);
        double threshold = volumes[below] + ((volumes[above] - volumes[below]) * (place - below));
        for (int i = bars.First; i < bars.Count; i++)
        {
            if (bars[i].Volume >= threshold)
            {
                Take(LevelKind.Resistance, bars[i].High);
                Take(LevelKind.Support, bars[i].Low);
            }
        }
    }

    private void Take(LevelKind kind, double price) => _prices[(int)kind][_counts[(int)kind]++] = price;
}
