using Harrier.Cli.Accounts;
using Harrier.Domain;
using Harrier.Engine.Reconciliation;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;
using Harrier.Storage.Accounts;

namespace Harrier.Cli.Reconciliation;

/// <summary>Reads an account, compares it with its journal, and writes what is concluded when told so.</summary>
internal sealed class ReconcileRun(TradingAccess access, ReconcileRequest request, TimeProvider time)
{
    // Executions are read again from a little before what is known: venues order them by a clock that is not ours.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private readonly ReconciliationPolicy _policy = new();

    private string Folder => AccountJournal.FolderOf(request.Home, new VenueId(request.Account.Venue), request.Account.Credentials.Scope);

    /// <summary>Runs.</summary>
    /// <exception cref="VenueRefusalException">The venue did not answer, or another process has the journal.</exception>
    public async Task<ReconcileView> RunAsync(CancellationToken stop)
    {
        AccountBook book = new();
        using AccountJournal? journal = Open(book);
        await access.Clock.RefreshAsync(stop);
        bool hasBaseline = book.Baseline is not null;
        AccountPicture picture = await ReadAsync(book, stop);
        IReadOnlyList<Difference> found = Compare(book, picture);
        if (found.Any(static d => d.Resolution.Kind == ResolutionKind.LookAgain))
        {
            // One reading of something unexplained proves nothing: venues have shown wrong ones for seconds.
            await Task.Delay(_policy.ConfirmAfter, time, stop);
            picture = await ReadAsync(book, stop);
            found = Compare(book, picture);
        }

        Apply(book, journal, found, picture);
        return new ReconcileView
        {
            Request = request,
            Place = access.Place,
            Journal = Folder,
            AsOf = picture.AskedAtVenue,
            HasBaseline = hasBaseline,
            Differences = found,
            Positions = [.. book.Positions.Positions],
            WorkingOrders = book.Working.Count(),
            ForeignOrders = [.. picture.Orders.Where(o => !o.IsFinal && !book.TryFind(o.ClientId, out _))],
            Statistics = book.Positions.Statistics,
        };
    }

    private AccountJournal? Open(AccountBook book)
    {
        if (!request.Applies)
        {
            AccountJournal.Read(Folder, fact => book.Apply(fact));
            return null;
        }

        try
        {
            return AccountJournal.Open(Folder, fact => book.Apply(fact));
        }
        catch (IOException fault)
        {
            throw new VenueRefusalException($"home: {Folder}: the account's journal cannot be written ({fault.Message}); a running program may have it open");
        }
    }

    private async Task<AccountPicture> ReadAsync(AccountBook book, CancellationToken stop)
    {
        Timestamp now = Timestamp.From(time.GetUtcNow());
        Timestamp known = book.LastFill ?? book.Baseline ?? now;
        InstrumentKind kind = request.Account.Venue.EndsWith("-spot", StringComparison.Ordinal) ? InstrumentKind.Spot : InstrumentKind.LinearPerpetual;
        Dictionary<string, SymbolTerms> terms = book.Orders.GroupBy(static o => o.Symbol, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.First().Terms, StringComparer.Ordinal);
        PictureRequest wanted = new()
        {
            Symbols = [.. book.Orders.Select(static o => o.Symbol).Concat(book.Fills.Select(static f => f.Symbol)).Concat(book.Positions.Positions.Select(static p => p.Key.Symbol)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            ReadsShownSymbols = true,
            FillsFrom = book.Working.Select(static o => o.Created).Append(known).Min() + -Overlap,
            AskAfter = open => Reconciler.Unlisted(book, open, _policy),
            TermsOf = symbol => terms.TryGetValue(symbol, out SymbolTerms traded) ? traded : Baseline.TermsOf(symbol, kind),
            ClockOffset = () => access.Clock.Offset,
            SeparateConditionals = access.SeparateConditionals,
        };
        VenueResult<VenuePicture> read = await new PictureReader(access.Client, time).ReadAsync(wanted, stop);
        return read.IsOk ? read.Value.Picture : throw VenueRefusalException.Of(read.Error, request.Account, access.Place);
    }

    private IReadOnlyList<Difference> Compare(AccountBook book, AccountPicture picture)
    {
        Timestamp now = Timestamp.From(time.GetUtcNow());
        IReadOnlyList<Difference> found = Reconciler.Compare(book, picture, _policy, now);
        book.Note(found, picture, now);
        return found;
    }

    private void Apply(AccountBook book, AccountJournal? journal, IReadOnlyList<Difference> found, AccountPicture picture)
    {
        if (journal is null)
        {
            return;
        }

        bool isFirst = book.Baseline is null;
        IEnumerable<AccountFact> facts = found.Select(static d => d.Resolution.Fact).OfType<AccountFact>();
        foreach (AccountFact fact in facts.Concat(isFirst ? Baseline.Of(picture, Timestamp.From(time.GetUtcNow())) : []))
        {
            if (book.Apply(fact).IsNew)
            {
                journal.Append(fact);
            }
        }

        journal.Sync();
    }
}
