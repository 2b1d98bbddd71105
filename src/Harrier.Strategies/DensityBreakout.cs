using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Features.Levels;
using Harrier.Features.Microstructure;
using Harrier.Strategies.Breakouts;
using Harrier.Strategies.Setups;

namespace Harrier.Strategies;

/// <summary>Settings of <see cref="DensityBreakout"/>.</summary>
public sealed record DensityBreakoutSettings : LevelStrategySettings
{
    /// <summary>Size of a wall over the median size of a bucket.</summary>
    [StrategyParameter("size of a wall over the median size of a bucket", Min = 1.01, Max = 1000)]
    public double KDensity { get; init; } = 7;

    /// <summary>Units near 1 bp in a bucket.</summary>
    [StrategyParameter("units near 1 bp in a bucket of the book", Min = 1, Max = 1000)]
    public int BucketTicks { get; init; } = 3;

    /// <summary>Seconds over which the median is taken.</summary>
    [StrategyParameter("seconds over which the median is taken", Min = 1, Max = 86_400)]
    public double LookbackWindowS { get; init; } = 300;

    /// <summary>The share that a wall has lost when it is entered upon.</summary>
    [StrategyParameter("share that a wall has lost, mostly to trades, when it is entered upon", Min = 0.51, Max = 0.99)]
    public double EnterOnDensityEatRatio { get; init; } = 0.75;

    /// <summary>Whether the approach to the level must be good.</summary>
    [StrategyParameter("whether the bars before must have come slowly and rested at the level")]
    public bool RequireApproach { get; init; }
}

/// <summary>
/// Buys when a wall of asks at a level is eaten, sells when one of bids is; see <see cref="DensityCondition"/>. It needs a verified book and trades: on bars alone it
/// only holds, and says what is missing.
/// </summary>
[StrategyKey("DENSITY_BREAKOUT", "enters when trades eat the wall of orders at a level; needs book and trades")]
public sealed class DensityBreakout : LevelStrategy
{
    private readonly DensitySettings _density;
    private DensityDetector _walls = null!;

    /// <summary>Creates it.</summary>
    public DensityBreakout(DensityBreakoutSettings settings)
        : base(settings, new BreakoutRules { RequiresApproach = settings.RequireApproach })
    {
        _density = new DensitySettings
        {
            Strength = settings.KDensity,
            BucketTicks = settings.BucketTicks,
            LookBack = TimeSpan.FromSeconds(settings.LookbackWindowS),
            EatenRatio = settings.EnterOnDensityEatRatio,
        };
    }

    /// <inheritdoc/>
    protected override void OnStart()
    {
        base.OnStart();
        _walls = Features.Density(Instrument.Id, _density);
    }

    /// <inheritdoc/>
    protected override void OnClosedBar(in Bar bar, in Ohlcv values)
    {
        if (Missing.Length > 0)
        {
            Take(SetupDecision.No(SetupKind.Density, "signal:density:no_book_or_trades"));
        }
    }

    /// <inheritdoc/>
    protected override void OnDensity(DensityDetector detector, in DensityEvent densityEvent)
    {
        if (!ReferenceEquals(detector, _walls))
        {
            return;
        }

        Wall wall = densityEvent.Wall;
        if (IsWatched)
        {
            bool isEaten = densityEvent.Kind == DensityEventKind.Eaten;
            Report(
                new StrategyDecision("density", KindName(densityEvent.Kind), Instrument.Id, isEaten ? null : "filter:density_not_eaten", isEaten),
                ("price", wall.Price),
                ("density_strength", wall.Strength),
                ("density_eaten_ratio", wall.EatenRatio));
        }

        if (densityEvent.Kind == DensityEventKind.Eaten && Levels.IsReady && Bars.IsFull && Book.Mid is { } mid)
        {
            Judge(in wall, mid);
        }
    }

    private static string KindName(DensityEventKind kind) => kind switch
    {
        DensityEventKind.Detected => "detected",
        DensityEventKind.Eaten => "eaten",
        DensityEventKind.Refreshed => "refreshed",
        _ => "removed",
    };

    private void Judge(in Wall wall, double mid)
    {
        OrderSide side = wall.Side == OrderSide.Sell ? OrderSide.Buy : OrderSide.Sell;
        PriceLevel? nearest = null;
        IReadOnlyList<PriceLevel> levels = Levels.Accepted;
        for (int i = 0; i < levels.Count; i++)
        {
            PriceLevel level = levels[i];
            nearest = nearest is not { } best || Math.Abs(level.Price - wall.Price) < Math.Abs(best.Price - wall.Price) ? level : best;
        }

        if (nearest is not { } there)
        {
            Take(SetupDecision.No(SetupKind.Density, "signal:density:no_level"));
            return;
        }

        BreakoutFacts facts = FactsAt(in there, side, mid);
        SetupDecision setup = DensityCondition.Judge(in facts, Rules, in wall, _density);
        Take(in setup);
    }
}
