using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Rates;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Accounts;
using Harrier.Storage.Records;

namespace Harrier.Hosting.Portfolio;

/// <summary>
/// Carries a portfolio account: looks at the venue for each bot when it is due, and carries out what the account decides. One task carries an account; what leaves is in the journal, on
/// the disk, before. While the outcome of a commit is not known nothing else is tried with its assets.
/// </summary>
public sealed class PortfolioRunner
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);

    private readonly PortfolioParts _parts;
    private readonly Dictionary<RatePair, ConversionRate> _lastRates = [];
    private readonly Dictionary<string, PortfolioLook> _lastLooks = new(StringComparer.Ordinal);
    private string _configured = "";

    /// <summary>Wires the parts; nothing is sent.</summary>
    public PortfolioRunner(PortfolioParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        _parts = parts;
    }

    /// <summary>The account.</summary>
    public PortfolioAccount Account => _parts.Home.Account;

    /// <summary>Looks so far, by this process.</summary>
    public long Looks { get; private set; }

    /// <summary>The newest prices, in the order of their pairs' names.</summary>
    public IReadOnlyList<ConversionRate> LastRates => [.. _lastRates.OrderBy(static one => one.Key.ToString(), StringComparer.Ordinal).Select(static one => one.Value)];

    /// <summary>What a bot's last look found; null before its first by this process.</summary>
    public PortfolioLook? LastLook(string bot) => _lastLooks.GetValueOrDefault(bot);

    /// <summary>Reads bots and pairs anew, and finds out what became of everything that was under way when the account was last carried.</summary>
    /// <param name="bots">The bots that are carried.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="RecordStoreException">Bots and pairs cannot be read.</exception>
    public async Task BeginAsync(IReadOnlyCollection<string> bots, CancellationToken stop)
    {
        _parts.Records.CatchUp(_parts.Home);
        Configure(bots);
        await ResolveAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Reads bots and pairs, and takes them where they are others than before.</summary>
    /// <param name="bots">The bots that are carried; those without settings are left out.</param>
    /// <exception cref="RecordStoreException">They cannot be read; those before stay in force.</exception>
    public void Configure(IReadOnlyCollection<string> bots)
    {
        ConfiguredBot[] wanted = [.. _parts.Store.Bots().Where(bot => bots.Contains(bot.Name)).Select(bot => _parts.DryBots.Contains(bot.Name) ? bot with { Settings = bot.Settings with { IsDryRun = true } } : bot)];
        IReadOnlyList<TradingPair> pairs = _parts.Store.Pairs();
        string text = string.Join('\n', wanted.Select(static bot => $"{bot.Name} {bot.Settings.ToText()}").Concat(pairs.Select(static pair => FormattableString.Invariant($"{pair.Symbol} {pair.Priority} {pair.IsEnabled}"))));
        if (text != _configured)
        {
            Take(new PortfolioConfigured(Now(), wanted, pairs));
            _configured = text;
        }
    }

    /// <summary>The operator's order.</summary>
    public void Order(bool isHalt, string by, string reason) => Take(new PortfolioOrdered(Now(), isHalt, by, reason));

    /// <summary>One look of a bot, and all that follows from it.</summary>
    /// <param name="bot">The bot.</param>
    /// <param name="stop">The program ends: a commit that has left is waited for a while.</param>
    /// <returns>The decision it made; null for none.</returns>
    public async Task<PortfolioDecision?> IterateAsync(string bot, CancellationToken stop)
    {
        await ResolveAsync(stop).ConfigureAwait(false);
        if (Account.Bots.FirstOrDefault(one => one.Name == bot) is not { Settings.IsActive: true } configured || Account.Pairs.All(static pair => !pair.IsEnabled))
        {
            return null;
        }

        if (await ObserveAsync(configured, stop).ConfigureAwait(false) is not { } observed)
        {
            return null;
        }

        PortfolioStep step = Take(observed);
        Looks++;
        _lastLooks[bot] = step.Look!;
        foreach (Money moved in step.Moved)
        {
            Note($"{moved with { Amount = Math.Abs(moved.Amount) }} {(moved.Amount > 0 ? "came from" : "went")} outside: two looks in a row have shown it, and the books follow");
        }

        PortfolioDecision? made = step.Decision;
        for (PortfolioDecision? next = made; next is { Status: DecisionStatus.Pending };)
        {
            next = await CarryOutAsync(next, stop).ConfigureAwait(false);
        }

        return made;
    }

    /// <summary>Ends well: the state is saved.</summary>
    /// <exception cref="IOException">It could not be saved; the next start replays the journal.</exception>
    public void End() => _parts.Home.Save();

    private async Task<PortfolioObserved?> ObserveAsync(ConfiguredBot bot, CancellationToken stop)
    {
        TimeSpan life = TimeSpan.FromSeconds(bot.Settings.CacheTtlSeconds);
        RatePair[] due = [.. Account.DuePairs(bot.Name).Select(static pair => new RatePair(pair.Base, pair.Quote))];
        ConversionAnswer<ConversionRate>[] answers = await Task.WhenAll(due.Select(pair => _parts.Venue.Rates.GetAsync(pair, life, stop))).ConfigureAwait(false);
        foreach ((RatePair pair, ConversionAnswer<ConversionRate> answer) in due.Zip(answers))
        {
            if (answer.IsOk)
            {
                _lastRates[pair] = answer.Value;
            }
            else
            {
                Note($"no price of {pair}: {answer.Detail}");
            }
        }

        ConversionAnswer<IReadOnlyList<Holding>> holdings = await _parts.Venue.Conversions.HoldingsAsync(stop).ConfigureAwait(false);
        if (!holdings.IsOk)
        {
            Note($"what the account holds cannot be read: {holdings.Detail}");
            return null;
        }

        RatePair[] all = [.. Account.Pairs.Where(static pair => pair.IsEnabled).Select(static pair => new RatePair(pair.Base, pair.Quote))];
        return new PortfolioObserved(Now(), bot.Name, [.. all.Where(_lastRates.ContainsKey).Select(pair => _lastRates[pair])], holdings.Value);
    }

    /// <returns>The decision that follows at once; null for none.</returns>
    private async Task<PortfolioDecision?> CarryOutAsync(PortfolioDecision decision, CancellationToken stop)
    {
        ClientOrderId intent = new(Account.Terms.Run, checked((int)decision.Number));
        ConversionAnswer<ConversionQuote> quote = await _parts.Venue.Conversions.QuoteAsync(new ConversionRequest(intent, decision.From.Asset, decision.To.Asset, decision.From), stop).ConfigureAwait(false);
        if (!quote.IsOk)
        {
            _ = Take(new QuoteFailed(Now(), decision.Number, quote.Detail));
            return null;
        }

        PortfolioStep step = Take(new QuoteReceived(Now(), decision.Number, quote.Value), isDurable: true);
        if (step.Approved is not { } approved)
        {
            return null;
        }

        using CancellationTokenSource patience = new(Timeout.InfiniteTimeSpan, _parts.Time);
        await using CancellationTokenRegistration ends = stop.Register(() => patience.CancelAfter(LongestEnd));
        ConversionResult result = await _parts.Venue.Conversions.CommitAsync(approved, patience.Token).ConfigureAwait(false);
        return Take(new CommitEnded(Now(), decision.Number, result.Outcome, result.Settled, Words(result)), isDurable: true).Onward;
    }

    // What is pending without a transaction never left.
    private async Task ResolveAsync(CancellationToken stop)
    {
        foreach (PortfolioDecision decision in Account.Pending.ToArray())
        {
            if (Account.Open.FirstOrDefault(one => one.Id == decision.Transaction) is not { } open)
            {
                _ = Take(new QuoteFailed(Now(), decision.Number, "the program ended before anything was committed"));
                continue;
            }

            ConversionResult result = await _parts.Venue.Conversions.ResolveAsync(open, stop).ConfigureAwait(false);
            if (result.Outcome == ConversionOutcome.Unknown)
            {
                Note($"decision {decision.Number}: {result.Detail}; nothing else is tried with {decision.From.Asset} and {decision.To.Asset} meanwhile");
                continue;
            }

            PortfolioDecision? next = Take(new CommitEnded(Now(), decision.Number, result.Outcome, result.Settled, Words(result)), isDurable: true).Onward;
            while (next is { Status: DecisionStatus.Pending })
            {
                next = await CarryOutAsync(next, stop).ConfigureAwait(false);
            }
        }
    }

    private PortfolioStep Take(PortfolioInput input, bool isDurable = false)
    {
        PortfolioStep step = _parts.Home.Handle(input, isDurable);
        foreach (PortfolioDecision decision in PortfolioReplay.DecisionsOf(step))
        {
            _parts.Records.Write(decision);
            _parts.Tell(new DecisionChanged(input.Time, Account.Terms.Account, decision));
        }

        return step;
    }

    private static string Words(ConversionResult result) => result.Detail.Length > 0 ? result.Detail : result.Reason.ToString();

    private void Note(string text) => _parts.Tell(new AccountNote(Now(), Account.Terms.Account, text));

    // The clock of a machine may step back; inputs do not.
    private Timestamp Now()
    {
        Timestamp now = Timestamp.From(_parts.Time.GetUtcNow());
        return now < Account.Now ? Account.Now : now;
    }
}

/// <summary>What a runner is made of.</summary>
public sealed record PortfolioParts
{
    /// <summary>The account and its journal.</summary>
    public required PortfolioHome Home { get; init; }

    /// <summary>Where it converts.</summary>
    public required PortfolioVenue Venue { get; init; }

    /// <summary>Where bots and pairs are configured.</summary>
    public required PortfolioStore Store { get; init; }

    /// <summary>Who keeps its decisions.</summary>
    public required PortfolioRecords Records { get; init; }

    /// <summary>Bots that send nothing, whatever their settings say.</summary>
    public ISet<string> DryBots { get; init; } = new SortedSet<string>(StringComparer.Ordinal);

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Told what happens.</summary>
    public required Action<AccountEvent> Tell { get; init; }
}
