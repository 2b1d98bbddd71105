using Harrier.Domain;
using Harrier.Engine.Reconciliation;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Trading;

/// <summary>
/// Keeps our book of an account equal to the venue's: after each connect, on a timer and after a lost answer the venue's picture is read and
/// compared, and what the <see cref="Reconciler"/> concludes goes through the <see cref="OrderTracker"/> as all news do. After a connect news are
/// held back meanwhile.
/// </summary>
public sealed class AccountSession
{
    // Executions are read again from a little before the last one seen: venues order them by a clock that is not ours.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);
    private const int FewInstruments = 10;

    private readonly Lock _gate = new();
    private readonly OrderTracker _tracker;
    private readonly OrderRouter _router;
    private readonly AccountSessionOptions _options;
    private readonly PictureReader _reader;
    private readonly Dictionary<string, SymbolTerms> _terms;
    private readonly TimeProvider _time;
    private readonly Queue<AccountEvent> _held = new();
    private Timestamp? _lastSeen;
    private bool _isHolding;
    private int _resyncs;
    private int _losses;
    private int _toldHoldings;
    private long _lastCompared;

    /// <summary>No stream is connected yet.</summary>
    /// <param name="client">The calls of the account.</param>
    /// <param name="tracker">Follows the orders; its record is the book.</param>
    /// <param name="router">Sends them, and asks after them.</param>
    /// <param name="time">The clock.</param>
    /// <param name="options">How it is compared; null for the usual way with symbols of working orders only.</param>
    public AccountSession(TradingClient client, OrderTracker tracker, OrderRouter router, TimeProvider time, AccountSessionOptions? options = null)
    {
        _tracker = tracker;
        _router = router;
        _time = time;
        _options = options ?? new AccountSessionOptions();
        _reader = new PictureReader(client, time);
        _terms = _options.Instruments.DistinctBy(static i => i.Symbol, StringComparer.Ordinal).ToDictionary(static i => i.Symbol, FactMapping.TermsOf, StringComparer.Ordinal);
    }

    /// <summary>Called with all news in their order, from the stream and from reading again.</summary>
    public event Action<AccountEvent>? News;

    /// <summary>Called with each difference that was found, before it is resolved.</summary>
    public event Action<Difference>? Found;

    /// <summary>True while the picture is not known to be right: from the loss of the stream to the end of reading again.</summary>
    public bool IsSuspect { get; private set; } = true;

    /// <summary>Since when the picture has been right without a break; null while it is not.</summary>
    public Timestamp? SoundSince { get; private set; }

    /// <summary>When the account was compared with the venue last; null before the first time.</summary>
    public Timestamp? LastCompared => Volatile.Read(ref _lastCompared) is > 0 and long at ? new Timestamp(at) : null;

    /// <summary>How often the account was read again.</summary>
    public int Resyncs => Volatile.Read(ref _resyncs);

    /// <summary>Takes news of the stream.</summary>
    public void OnEvent(AccountEvent news)
    {
        ArgumentNullException.ThrowIfNull(news);
        lock (_gate)
        {
            if (_isHolding)
            {
                _held.Enqueue(news);
                return;
            }
        }

        Apply(news);
    }

    /// <summary>The stream is lost: nothing that is read later may be overtaken by what comes from now on.</summary>
    public void OnLost()
    {
        lock (_gate)
        {
            _losses++;
            IsSuspect = true;
            SoundSince = null;
            _isHolding = true;
        }
    }

    /// <summary>Reads the account after the stream is subscribed again, then applies what was held back.</summary>
    public async Task<ReconcileOutcome> ReconcileAsync(CancellationToken cancellation)
    {
        OnLost();
        int losses = Losses();
        bool isRight = false;
        try
        {
            ReconcileOutcome outcome = await CompareAsync(onlyIfQuiet: false, cancellation).ConfigureAwait(false);
            isRight = outcome.IsComplete;
            return outcome;
        }
        finally
        {
            Interlocked.Increment(ref _resyncs);
            Release(losses, isRight);
        }
    }

    /// <summary>
    /// Reads the account while the stream lives, because a stream that lost a message does not say so. Nothing is held back: of orders only
    /// what is new counts, and holdings that the stream told of meanwhile are left for the next time.
    /// </summary>
    public Task<ReconcileOutcome> AuditAsync(CancellationToken cancellation) => CompareAsync(onlyIfQuiet: true, cancellation);

    /// <summary>Compares positions and balances with the book, as proof that nothing happened that the book does not know.</summary>
    /// <returns>True when they agree; null when they could not be read.</returns>
    public async Task<bool?> AgreesAsync(CancellationToken cancellation)
    {
        PictureRequest request = new() { TermsOf = TermsOf, ClockOffset = _options.ClockOffset };
        VenueResult<VenuePicture> read = await _reader.ReadAsync(request, cancellation).ConfigureAwait(false);
        if (!read.IsOk)
        {
            return null;
        }

        AccountPicture holdings = read.Value.Picture with { Orders = [], Complete = PictureParts.Positions | PictureParts.Balances };
        // Nothing is excused by having been learned just now: what has to be proven can wait.
        ReconciliationPolicy strict = _options.Policy with { Grace = TimeSpan.Zero };
        IReadOnlyList<Difference> found = _tracker.Record.Read(book => Reconciler.Compare(book, holdings, strict, Now));
        HashSet<string> differing = new(found.Where(static d => d.Kind != DifferenceKind.EntryPrice).Select(static d => d.Symbol), StringComparer.Ordinal);
        return !_tracker.Record.Read(static book => book.Working.Where(static o => o.Standing < OrderStanding.Working).ToArray()).Any(o => MayHaveTraded(o, differing));
    }

    private int Losses()
    {
        lock (_gate)
        {
            return _losses;
        }
    }

    /// <summary>Applies what was held back.</summary>
    private void Release(int losses, bool isRight)
    {
        while (true)
        {
            AccountEvent? next;
            lock (_gate)
            {
                if (!_held.TryDequeue(out next))
                {
                    _isHolding = false;

                    // Lost again while it was read: what was read is old already, and the next connect reads once more.
                    IsSuspect = !isRight || losses != _losses;
                    SoundSince = IsSuspect ? null : Timestamp.From(_time.GetUtcNow());
                    return;
                }
            }

            Apply(next);
        }
    }

    private void Apply(AccountEvent news)
    {
        if (news is OrderUpdate update)
        {
            _tracker.Apply(update);
            _lastSeen = update.Trade is not null && (_lastSeen is null || update.Time > _lastSeen) ? update.Time : _lastSeen;
        }

        else
        {
            Interlocked.Increment(ref _toldHoldings);
            Book(news);
        }

        News?.Invoke(news);
    }

    // What no execution explains: deposits and withdrawals, funding.
    private void Book(AccountEvent news)
    {
        switch (news)
        {
            case MoneyMoved moved:
                _tracker.Record.Take(new MoneyBooked(Now, new Money(moved.Delta, moved.Asset), moved.Time, "MOVED"));
                break;
            case WalletsChanged wallets:
                foreach ((Asset asset, _, decimal? change) in wallets.Wallets)
                {
                    if (change is decimal amount and not 0)
                    {
                        _tracker.Record.Take(new MoneyBooked(Now, new Money(amount, asset), wallets.Time, wallets.Cause));
                    }
                }

                break;
            default:
                break;
        }
    }

    private Timestamp Now => Timestamp.From(_time.GetUtcNow());

    private async Task<ReconcileOutcome> CompareAsync(bool onlyIfQuiet, CancellationToken cancellation)
    {
        int told = Volatile.Read(ref _toldHoldings);
        PictureRequest request = RequestNow(readsAll: !onlyIfQuiet);
        VenueResult<VenuePicture> read = await _reader.ReadAsync(request, cancellation).ConfigureAwait(false);
        if (!read.IsOk)
        {
            return new ReconcileOutcome(false, read.Error);
        }

        VenuePicture venue = read.Value;
        bool isFirst = _tracker.Record.Read(static book => book.Baseline is null);
        AccountPicture compared = isFirst ? venue.Picture with { Complete = venue.Picture.Complete & ~PictureParts.Positions } : venue.Picture;
        foreach (Difference difference in _tracker.Record.Compare(compared, _options.Policy, Now))
        {
            Found?.Invoke(difference);
            Resolve(difference);
        }

        // Ids and states that made no difference are learned too, and executions that an order tells of are read at once. What protects a position
        // comes first: a stop that is gone has to be known before anything that lets somebody open more.
        foreach (TrackedOrder order in _tracker.Working.OrderByDescending(static o => o.Request.ReduceOnly))
        {
            if (venue.Shown.TryGetValue(order.Request.ClientId, out VenueOrder? shown))
            {
                await _router.AdoptAsync(order, shown, cancellation).ConfigureAwait(false);
            }
        }

        _lastSeen ??= venue.Picture.AskedAtVenue;
        foreach (AccountFact fact in isFirst ? Baseline.Of(venue.Picture, Now) : [])
        {
            // The first whole picture is where the book begins: what it shows is no difference, and what is older is in it.
            _tracker.Record.Take(fact);
        }

        bool isPending = _tracker.Record.Read(static book => book.HasSuspicions || book.Working.Any(static o => o.Standing < OrderStanding.Working));
        if (!onlyIfQuiet || told == Volatile.Read(ref _toldHoldings))
        {
            // The time of the question, not of the answer: what happened between them may be in neither.
            const string Cause = "RECONCILE";
            News?.Invoke(new BalancesChanged(venue.Picture.Asked, venue.Account.Balances, Cause) { IsWhole = true });
            News?.Invoke(new PositionsChanged(venue.Picture.Asked, venue.Positions) { IsWhole = true });
        }

        Volatile.Write(ref _lastCompared, Now.Nanos);
        return new ReconcileOutcome(true, null) { IsPending = isPending };
    }

    private void Resolve(Difference difference)
    {
        // An order that is shown is applied as it is shown, with its ids; only one that the venue forgot ends by the conclusion alone.
        bool isForgotten = difference is { Kind: DifferenceKind.MissingOrder, Resolution.Kind: ResolutionKind.EndOrder };
        bool isByShowing = difference.Resolution.Kind is ResolutionKind.AdoptOrder or ResolutionKind.EndOrder;
        if (difference.Resolution.Fact is { } fact && (isForgotten || !isByShowing))
        {
            _tracker.Apply(fact);
        }
    }

    private PictureRequest RequestNow(bool readsAll) => _tracker.Record.Read(book =>
    {
        // Executions cost a call for each symbol. Where there are many, those without orders are read only when there is a reason.
        bool isWide = readsAll || book.HasSuspicions || _options.Instruments.Count <= FewInstruments;
        HashSet<string> symbols = new(isWide ? _options.Instruments.Select(static i => i.Symbol) : [], StringComparer.Ordinal);
        foreach (OrderFact order in book.Working)
        {
            symbols.Add(order.Symbol);
        }

        Timestamp from = _lastSeen ?? book.LastFill ?? book.Baseline ?? Now;
        return new PictureRequest
        {
            Symbols = [.. symbols.Order(StringComparer.Ordinal)],
            FillsFrom = from + -Overlap,
            AskAfter = picture => _tracker.Record.Read(b => Reconciler.Unlisted(b, picture, _options.Policy).Where(static o => o.Standing == OrderStanding.Working).ToArray()),
            TermsOf = TermsOf,
            ClockOffset = _options.ClockOffset,
            SeparateConditionals = _options.SeparateConditionals,
        };
    });

    private SymbolTerms TermsOf(string symbol)
    {
        if (_terms.TryGetValue(symbol, out SymbolTerms known))
        {
            return known;
        }

        InstrumentKind kind = _options.Instruments.Count > 0 ? _options.Instruments[0].Kind : InstrumentKind.Spot;
        return Baseline.TermsOf(symbol, kind);
    }

    // An execution moves the position of a contract; on spot it moves both assets, so that a transfer of one proves nothing against absence.
    private static bool MayHaveTraded(OrderFact order, HashSet<string> differing) => order.Terms.Kind == InstrumentKind.Spot
        ? differing.Contains(order.Terms.Base.Code) && differing.Contains(order.Terms.Quote.Code)
        : differing.Contains(order.Symbol);
}
