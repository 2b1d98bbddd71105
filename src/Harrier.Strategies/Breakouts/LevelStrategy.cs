using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features.Levels;
using Harrier.Features.Microstructure;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies.Breakouts;

/// <summary>What strategies at levels share: the levels, and what bars, tape and book say where one is judged. What is missing is said, not guessed.</summary>
public abstract class LevelStrategy : SetupStrategy
{
    private const double ImbalanceRangeBps = 30;
    private static readonly string[] _missing = ["", "tape", "book", "tape+book"];

    private readonly LevelStrategySettings _settings;
    private LevelQualitySettings _quality = null!;
    private TradeFlow _flow = null!;
    private ActivityTracker _activity = null!;

    private protected LevelStrategy(LevelStrategySettings settings, BreakoutRules rules)
        : base(TimeSpan.FromMinutes(settings.SignalTtlMinutes))
    {
        _settings = settings;
        Rules = rules with { L2ImbalanceThreshold = settings.L2ImbalanceThreshold };
    }

    /// <inheritdoc/>
    public override int WarmUp => 400;

    /// <summary>Numbers of the conditions.</summary>
    protected BreakoutRules Rules { get; }

    /// <summary>Support and resistance.</summary>
    protected LevelDetector Levels { get; private set; } = null!;

    /// <summary>The book; without values while there is none that is verified.</summary>
    protected BookFeatures Book { get; private set; } = null!;

    /// <summary>True once there were trades.</summary>
    protected bool HasTape => _flow.Trades > 0;

    /// <inheritdoc/>
    protected override string Missing => _missing[(HasTape ? 0 : 1) + (Book.Top is null ? 2 : 0)];

    /// <inheritdoc/>
    protected override bool IsActivityDropping => _activity.IsDroppingBy(_settings.ActivityDropThreshold);

    /// <inheritdoc/>
    protected override void OnStart()
    {
        _quality = _settings.Quality((double)Instrument.Definition.TickSize);
        Levels = Features.Levels(Instrument.Id, new LevelSettings { MinTouches = _settings.MinTouches });
        Book = Features.Book(Instrument.Id);
        _flow = Features.TradeFlow(Instrument.Id);
        _activity = Features.Activity(Instrument.Id);
    }

    /// <summary>All that is known at a level.</summary>
    /// <param name="level">The level.</param>
    /// <param name="side">Side of the trade.</param>
    /// <param name="price">The price now.</param>
    /// <param name="isBroken">True when the newest bar broke the level: then the approach is that of the bars before it.</param>
    protected BreakoutFacts FactsAt(in PriceLevel level, OrderSide side, double price, bool isBroken = false)
    {
        LevelQuality quality = Levels.Assess(in level, _quality);
        Approach approach = isBroken ? Levels.ApproachBefore(level.Price, _quality.Approach) : quality.Approach;
        Show(in quality, approach.IsValid);
        TradeFlowReading flow = HasTape ? _flow.At(Now) : default;
        return new BreakoutFacts
        {
            Level = level,
            Score = quality.Score,
            Side = side,
            Price = price,
            Bars = Bars,
            Atr = Levels.Atr,
            Imbalance = Book.Imbalance(ImbalanceRangeBps) ?? double.NaN,
            HasTape = HasTape,
            TradesPerMinute = HasTape ? flow.TradesPerMinute60s : double.NaN,
            MeanTradesPerMinute = HasTape ? _activity.MeanTradesPerMinute ?? double.NaN : double.NaN,
            IsApproachedWell = approach.IsValid,
            AtLevel = Confluences.Level | (quality.Round.IsRound ? Confluences.Round : 0) | (quality.Cascade.HasCascade ? Confluences.Cascade : 0),
        };
    }

    /// <summary>The side of a breakout of a level by the newest bar, whose close is beyond it where the one before was not.</summary>
    /// <returns>Null when the bar broke nothing.</returns>
    protected OrderSide? BrokenBy(in PriceLevel level, double close)
    {
        double before = Bars[1].Close;
        double up = level.Price * (1 + Rules.MomentumEpsilon);
        double down = level.Price * (1 - Rules.MomentumEpsilon);
        return level.Kind == LevelKind.Resistance && before <= up && close > up ? OrderSide.Buy
            : level.Kind == LevelKind.Support && before >= down && close < down ? OrderSide.Sell
            : null;
    }

    // The series of guide 001; those of walls come from the strategy that follows them.
    private void Show(in LevelQuality quality, bool isApproachedWell)
    {
        if (!IsWatched)
        {
            return;
        }

        ActivityReading activity = _activity.Reading;
        Report(
            new StrategyDecision("levels", "assess", Instrument.Id, isApproachedWell ? null : "filter:approach", isApproachedWell),
            ("price", quality.Level.Price),
            ("score", quality.Score),
            ("round_number_bonus", quality.Round.Bonus),
            ("cascade_bonus", quality.Cascade.Bonus),
            ("approach_ok", isApproachedWell ? 1 : 0));
        if (HasTape)
        {
            Report(
                new StrategyDecision("activity", "assess", Instrument.Id, IsActivityDropping ? "filter:activity_drop" : null, !IsActivityDropping),
                ("activity_index", activity.Index),
                ("activity_drop", activity.DropFraction));
        }
    }
}
