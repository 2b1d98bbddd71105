using Harrier.Domain;

namespace Harrier.Features.Portfolio;

/// <summary>
/// The decisions of the portfolio bot (guide 003): looks at quotes and holdings, scores every conversion between what is held and the assets of the enabled
/// pairs, and ranks them. It knows no clock, sends nothing and keeps only histories of prices, so that the running bot and its backtest are the same code and
/// a restart goes on where it stopped. Call <see cref="Look"/> once in each iteration with quotes of at least the pairs of <see cref="DuePairs"/>.
/// </summary>
public sealed class PortfolioOptimizer : IStateful
{
    private readonly SortedDictionary<string, PairHistory> _histories = new(StringComparer.Ordinal);
    private readonly PairPredictor? _predictor;
    private PortfolioBotSettings _settings;
    private TradingPair[] _pairs;

    /// <summary>Creates it with empty histories.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="pairs">The pairs, enabled or not, each pair of assets once.</param>
    /// <param name="predictor">What <see cref="ReturnModel.Predictor"/> asks; null for nothing, and that model then expects nothing.</param>
    /// <exception cref="PortfolioInputException">A setting is out of its range, or a pair is there twice.</exception>
    public PortfolioOptimizer(PortfolioBotSettings settings, IReadOnlyList<TradingPair> pairs, PairPredictor? predictor = null)
    {
        (_settings, _pairs) = Checked(settings, pairs);
        _predictor = predictor;
    }

    /// <summary>Number of the next look, from 0.</summary>
    public long Iteration { get; private set; }

    /// <summary>The settings in force.</summary>
    public PortfolioBotSettings Settings => _settings;

    /// <summary>The pairs in force.</summary>
    public IReadOnlyList<TradingPair> Pairs => _pairs;

    /// <summary>The enabled pairs that the next look concerns, highest priority first.</summary>
    public IReadOnlyList<TradingPair> DuePairs => LookSchedule.Due(_pairs, Iteration);

    /// <summary>Puts other settings and pairs in force from the next look on. Histories stay as far as the new window and pairs have use for them.</summary>
    /// <exception cref="PortfolioInputException">As in the constructor; then nothing has changed.</exception>
    public void Configure(PortfolioBotSettings settings, IReadOnlyList<TradingPair> pairs)
    {
        (_settings, _pairs) = Checked(settings, pairs);
        HashSet<Asset> assets = [.. _pairs.SelectMany(pair => new[] { pair.Base, pair.Quote })];
        HashSet<string> keys = [.. assets.SelectMany(one => assets.Select(other => KeyOf(one, other)))];
        foreach (string key in _histories.Keys.Where(key => !keys.Contains(key)).ToList())
        {
            _histories.Remove(key);
        }

        foreach (PairHistory history in _histories.Values)
        {
            history.Resize(_settings.VolatilityWindow);
        }
    }

    /// <summary>Looks once: adds the prices of what is due to the histories, and scores what is held against everything that is due.</summary>
    /// <param name="moment">What is seen. Quotes of pairs that are not due are used for routes and values only.</param>
    public PortfolioLook Look(PortfolioMoment moment)
    {
        ArgumentNullException.ThrowIfNull(moment);
        RateGraph graph = new(moment.Quotes, _settings.Fee);
        OpportunityScorer scorer = new(_settings, _predictor, graph, moment.Now);
        List<TradeOpportunity> found = [];
        foreach ((Asset first, Asset second) in DueAssets())
        {
            PairHistory history = Observe(graph, first, second);
            found.AddRange(from holding in moment.Holdings
                           where holding.Amount > 0 && (holding.Asset == first || holding.Asset == second)
                           let isInverse = holding.Asset == first
                           select scorer.Score(holding, isInverse ? second : first, history, isInverse) into opportunity
                           where opportunity is not null
                           select opportunity);
        }

        return new PortfolioLook(Iteration++, Ranked(found), graph);
    }

    /// <summary>The prices so far of an asset in another.</summary>
    /// <returns>Null where the two were never looked at; the history may price the second in the first, as the codes are ordered.</returns>
    public PairHistory? HistoryOf(Asset asset, Asset inAsset) => _histories.GetValueOrDefault(KeyOf(asset, inAsset));

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(Iteration);
        writer.Write(_histories.Count);
        foreach ((string key, PairHistory history) in _histories)
        {
            writer.Write(key);
            writer.Write(history);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _histories.Clear();
        Iteration = reader.ReadInt64();
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            PairHistory history = new(_settings.VolatilityWindow);
            string key = reader.ReadString();
            reader.Read(history);
            _histories[key] = history;
        }
    }

    // Two assets are looked at together when a pair joins them and is due, or when no enabled pair joins them and both are in pairs that are due.
    private IEnumerable<(Asset First, Asset Second)> DueAssets()
    {
        IReadOnlyList<TradingPair> due = DuePairs;
        HashSet<string> dueKeys = [.. due.Select(pair => KeyOf(pair.Base, pair.Quote))];
        HashSet<string> enabledKeys = [.. _pairs.Where(pair => pair.IsEnabled).Select(pair => KeyOf(pair.Base, pair.Quote))];
        Asset[] assets = [.. due.SelectMany(pair => new[] { pair.Base, pair.Quote }).Distinct().OrderBy(asset => asset.Code, StringComparer.Ordinal)];
        return from first in assets
               from second in assets
               where string.CompareOrdinal(first.Code, second.Code) < 0
               let key = KeyOf(first, second)
               where dueKeys.Contains(key) || !enabledKeys.Contains(key)
               select (first, second);
    }

    private PairHistory Observe(RateGraph graph, Asset first, Asset second)
    {
        string key = KeyOf(first, second);
        if (!_histories.TryGetValue(key, out PairHistory? history))
        {
            history = new PairHistory(_settings.VolatilityWindow);
            _histories.Add(key, history);
        }

        if (graph.MidRoute(first, second) is { } route)
        {
            history.Add(route.Oldest, (double)route.MidRate);
        }

        return history;
    }

    private static IReadOnlyList<TradeOpportunity> Ranked(List<TradeOpportunity> found) =>
    [
        .. found.OrderByDescending(opportunity => opportunity.Passes)
            .ThenByDescending(opportunity => opportunity.Score)
            .ThenByDescending(opportunity => opportunity.ExpectedReturn)
            .ThenBy(opportunity => opportunity.Route.ToString(), StringComparer.Ordinal),
    ];

    private static string KeyOf(Asset one, Asset other) =>
        string.CompareOrdinal(one.Code, other.Code) < 0 ? $"{one}-{other}" : $"{other}-{one}";

    private static (PortfolioBotSettings Settings, TradingPair[] Pairs) Checked(PortfolioBotSettings settings, IReadOnlyList<TradingPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(pairs);
        settings.Check();
        string? twice = pairs.GroupBy(pair => KeyOf(pair.Base, pair.Quote), StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Last().Symbol;
        return twice is null ? (settings, [.. pairs]) : throw new PortfolioInputException("pair", twice, "each two assets once");
    }
}
