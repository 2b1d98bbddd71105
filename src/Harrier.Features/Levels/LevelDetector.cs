using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Features.Indicators;

namespace Harrier.Features.Levels;

/// <summary>
/// Support and resistance in the last bars of a series (guide 001). Edges of Donchian channels, swings, and extremes of bars with high volume are
/// candidates; those of one kind that lie together become a level at their mean; a level that enough bars touched is accepted, and of those that
/// overlap the strongest stays. A bar costs a few nanoseconds: levels are computed when they are read.
/// <para>Strength = 0.4 min(1, touches/5) + 0.2 min(1, hours from first to last touch / 168) + 0.2 min(1, mean volume of touching bars / mean volume)
/// + 0.2 (1 - min(1, 5 * share of bars that close beyond it by more than 0.2 %)).</para>
/// </summary>
public sealed class LevelDetector : IBarFeature
{
    private readonly LevelSettings _settings;
    private readonly RecentBars _bars;
    private readonly Atr _atr;
    private readonly LevelCandidates _candidates;
    private readonly List<PriceLevel> _accepted;
    private readonly List<PriceLevel> _levels;
    private int _computedAt = -1;

    /// <summary>Creates it, without bars.</summary>
    /// <param name="settings">How levels are found; default: as in <see cref="LevelSettings"/>.</param>
    /// <exception cref="IndicatorParameterException">A setting is out of range.</exception>
    public LevelDetector(LevelSettings? settings = null)
    {
        _settings = (settings ?? new LevelSettings()).Checked();
        _bars = new RecentBars(_settings.Window);
        _atr = new Atr(_settings.AtrPeriod, Smoothing.Exponential, Seeding.FirstValue, FirstTrueRange.HighLow);
        _candidates = new LevelCandidates(_settings);
        _accepted = new List<PriceLevel>(_settings.Window);
        _levels = new List<PriceLevel>(_settings.Window);
    }

    /// <summary>True when there are enough bars to look for levels.</summary>
    public bool IsReady => _bars.Count >= _settings.MinBars;

    /// <summary>The average true range by which distances are measured, in quote currency; NaN before the first bar.</summary>
    public double Atr => _atr.Value;

    /// <summary>The levels after the newest bar, strongest first; valid until the next bar.</summary>
    public IReadOnlyList<PriceLevel> Levels
    {
        get
        {
            Compute();
            return _levels;
        }
    }

    /// <summary>Also those that <see cref="Levels"/> leaves out because a stronger one stands near: what makes a cascade.</summary>
    public IReadOnlyList<PriceLevel> Accepted
    {
        get
        {
            Compute();
            return _accepted;
        }
    }

    /// <inheritdoc/>
    public void OnBar(in ClosedBar bar)
    {
        _bars.Add(in bar);
        _atr.Update(bar.Values);
    }

    /// <summary>The nearest level at or beyond a price: a resistance above it, a support below.</summary>
    /// <returns>Null when there is none on that side.</returns>
    public PriceLevel? Nearest(LevelKind kind, double price)
    {
        PriceLevel? nearest = null;
        IReadOnlyList<PriceLevel> levels = Levels;
        for (int i = 0; i < levels.Count; i++)
        {
            PriceLevel level = levels[i];
            bool isBeyond = kind == LevelKind.Resistance ? level.Price >= price : level.Price <= price;
            if (level.Kind == kind && isBeyond && (nearest is not { } best || Math.Abs(level.Price - price) < Math.Abs(best.Price - price)))
            {
                nearest = level;
            }
        }

        return nearest;
    }

    /// <summary>How the newest bars came to a price.</summary>
    /// <param name="price">A level's price.</param>
    /// <param name="settings">Limits; default: as in <see cref="ApproachSettings"/>.</param>
    public Approach ApproachTo(double price, ApproachSettings? settings = null) => Approach.Of(_bars, price, settings ?? ApproachSettings.Default);

    /// <summary>How the bars before the newest one came to a price: what a breakout by the newest bar is judged by, whose own close is away from the level.</summary>
    /// <param name="price">A level's price.</param>
    /// <param name="settings">Limits; default: as in <see cref="ApproachSettings"/>.</param>
    public Approach ApproachBefore(double price, ApproachSettings? settings = null) => Approach.Of(_bars, price, settings ?? ApproachSettings.Default, 1);

    /// <summary>Weighs a level with all that the newest bar and the other levels say about it.</summary>
    /// <param name="level">One of <see cref="Levels"/>.</param>
    /// <param name="settings">Bonuses and limits; default: as in <see cref="LevelQualitySettings"/>.</param>
    public LevelQuality Assess(in PriceLevel level, LevelQualitySettings? settings = null)
    {
        LevelQualitySettings rules = settings ?? LevelQualitySettings.Default;
        return LevelQuality.Of(in level, Accepted, ApproachTo(level.Price, rules.Approach), rules);
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_bars);
        writer.Write(_atr);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_bars);
        reader.Read(_atr);
        _computedAt = -1;
    }

    private void Compute()
    {
        if (_computedAt == _bars.Count)
        {
            return;
        }

        _computedAt = _bars.Count;
        _accepted.Clear();
        _levels.Clear();
        if (!IsReady)
        {
            return;
        }

        double tolerance = _settings.TouchToleranceAtr * _atr.Value;
        LevelScale scale = new(_settings, tolerance, _candidates.CollectFrom(_bars));
        foreach (double price in _candidates.Merge(LevelKind.Support, tolerance))
        {
            Accept(LevelScoring.Of(_bars, LevelKind.Support, price, in scale));
        }

        foreach (double price in _candidates.Merge(LevelKind.Resistance, tolerance))
        {
            Accept(LevelScoring.Of(_bars, LevelKind.Resistance, price, in scale));
        }

        // By strength, then by price: an order that does not depend on how the sort works.
        _accepted.Sort(static (left, right) => left.Strength != right.Strength ? right.Strength.CompareTo(left.Strength) : left.Price.CompareTo(right.Price));
        KeepStrongest();
    }

    private void Accept(in PriceLevel level)
    {
        if (level.Touches >= _settings.MinTouches)
        {
            _accepted.Add(level);
        }
    }

    private void KeepStrongest()
    {
        double distance = _settings.OverlapAtr * _atr.Value;
        foreach (PriceLevel level in _accepted)
        {
            bool isFree = true;
            foreach (PriceLevel kept in _levels)
            {
                isFree &= kept.Kind != level.Kind || Math.Abs(kept.Price - level.Price) >= distance;
            }

            if (isFree)
            {
                _levels.Add(level);
            }
        }
    }
}
