using Harrier.Domain;
using Harrier.Engine.Reconciliation;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Trading;

/// <summary>What of an account to read.</summary>
public sealed record PictureRequest
{
    /// <summary>Symbols whose executions are read; venues tell them by symbol only.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>True to read executions of symbols with open orders or positions too, whoever's they are.</summary>
    public bool ReadsShownSymbols { get; init; }

    /// <summary>Executions from here on.</summary>
    public Timestamp FillsFrom { get; init; }

    /// <summary>Given the open orders, says which orders of ours to ask after one by one.</summary>
    public Func<AccountPicture, IReadOnlyList<OrderFact>> AskAfter { get; init; } = static _ => [];

    /// <summary>What any symbol trades.</summary>
    public required Func<string, SymbolTerms> TermsOf { get; init; }

    /// <summary>The venue's clock less ours.</summary>
    public Func<TimeSpan> ClockOffset { get; init; } = static () => TimeSpan.Zero;

    /// <summary>True where orders that wait for a trigger live apart.</summary>
    public bool SeparateConditionals { get; init; }
}

/// <summary>A picture with the venue's own answers behind it.</summary>
/// <param name="Picture">For the reconciler.</param>
/// <param name="Shown">Orders as the venue showed them, by client id.</param>
/// <param name="Account">Balances.</param>
/// <param name="Positions">Positions.</param>
public sealed record VenuePicture(
    AccountPicture Picture, IReadOnlyDictionary<string, VenueOrder> Shown, AccountSnapshot Account, IReadOnlyList<VenuePosition> Positions);

/// <summary>Reads all that can be compared of an account: open orders, our orders that they leave out, executions, balances, positions.</summary>
/// <param name="client">The calls of the account.</param>
/// <param name="time">The clock.</param>
public sealed class PictureReader(TradingClient client, TimeProvider time)
{
    private const int PageSize = 1000;
    private const int Pages = 20;

    /// <summary>Reads.</summary>
    /// <returns>The picture; or what stood in the way.</returns>
    public async Task<VenueResult<VenuePicture>> ReadAsync(PictureRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        Timestamp asked = Timestamp.From(time.GetUtcNow());
        VenueResult<IReadOnlyList<VenueOrder>> open = await client.OpenOrdersAsync(null, cancellation).ConfigureAwait(false);
        if (!open.IsOk)
        {
            return open.As<VenuePicture>();
        }

        // Those of somebody else need no name, and must not hide one another.
        VenueOrder[] unnamed = [.. open.Value.Where(static o => o.ClientId.Length == 0)];
        Dictionary<string, VenueOrder> shown = ByClientId(open.Value.Where(static o => o.ClientId.Length > 0));
        AccountPicture picture = new() { Asked = asked, AskedAtVenue = asked + request.ClockOffset(), Orders = Facts(shown, unnamed, request, asked), FillsFrom = request.FillsFrom };
        HashSet<string> notFound = new(StringComparer.Ordinal);
        foreach (OrderFact order in request.AskAfter(picture))
        {
            OrderKey key = new(order.Symbol, order.ClientId, null, request.SeparateConditionals && order.IsConditional && order.VenueId is null);
            VenueResult<VenueOrder> answer = await client.QueryAsync(key, cancellation).ConfigureAwait(false);
            if (answer.IsOk)
            {
                shown[order.ClientId] = answer.Value;
            }
            else if (answer.Error.Kind == VenueErrorKind.OrderNotFound)
            {
                notFound.Add(order.ClientId);
            }
            else
            {
                return answer.As<VenuePicture>();
            }
        }

        picture = picture with { Orders = Facts(shown, unnamed, request, asked), NotFound = notFound };
        return await HoldingsAsync(picture, (request, shown), cancellation).ConfigureAwait(false);
    }

    private async Task<VenueResult<VenuePicture>> HoldingsAsync(
        AccountPicture picture, (PictureRequest Request, Dictionary<string, VenueOrder> Shown) read, CancellationToken cancellation)
    {
        VenueResult<AccountSnapshot> account = await client.AccountAsync(cancellation).ConfigureAwait(false);
        if (!account.IsOk)
        {
            return account.As<VenuePicture>();
        }

        VenueResult<IReadOnlyList<VenuePosition>> positions = await client.PositionsAsync(cancellation).ConfigureAwait(false);
        if (!positions.IsOk)
        {
            return positions.As<VenuePicture>();
        }

        // Last, so that what positions and balances show has its executions.
        List<FillFact> fills = [];
        bool isComplete = true;
        IEnumerable<string> shown = read.Request.ReadsShownSymbols ? picture.Orders.Select(static o => o.Symbol).Concat(positions.Value.Select(static p => p.Symbol)) : [];
        foreach (string symbol in read.Request.Symbols.Concat(shown).Distinct(StringComparer.Ordinal))
        {
            VenueResult<bool> whole = await FillsAsync(symbol, read.Request, fills, cancellation).ConfigureAwait(false);
            if (!whole.IsOk)
            {
                return whole.As<VenuePicture>();
            }

            isComplete &= whole.Value;
        }

        picture = picture with
        {
            Complete = isComplete ? PictureParts.All : PictureParts.All & ~PictureParts.Fills,
            Fills = fills,
            Positions = [.. positions.Value.Where(static p => p.Quantity != 0).Select(FactMapping.Of)],
            Balances = [.. account.Value.Balances.Select(static b => new BalanceFact(b.Asset, b.Total))],
        };
        return VenueResult<VenuePicture>.Ok(new VenuePicture(picture, read.Shown, account.Value, positions.Value));
    }

    private async Task<VenueResult<bool>> FillsAsync(string symbol, PictureRequest request, List<FillFact> fills, CancellationToken cancellation)
    {
        Timestamp from = request.FillsFrom;
        for (int page = 0; page < Pages; page++)
        {
            VenueResult<IReadOnlyList<OwnTrade>> trades = await client.TradesAsync(new HistoryQuery(symbol, from, Limit: PageSize), cancellation).ConfigureAwait(false);
            if (!trades.IsOk)
            {
                return trades.As<bool>();
            }

            Timestamp now = Timestamp.From(time.GetUtcNow());
            fills.AddRange(trades.Value.Select(t => FactMapping.Of(t, request.TermsOf(t.Symbol), t.ClientId, now)));
            Timestamp last = trades.Value.Count == 0 ? from : trades.Value.Max(t => t.Time ?? now);
            if (trades.Value.Count < PageSize || last <= from)
            {
                return VenueResult<bool>.Ok(trades.Value.Count < PageSize);
            }

            // Some of the last instant's come again, and are known by their ids.
            from = last;
        }

        return VenueResult<bool>.Ok(false);
    }

    private static Dictionary<string, VenueOrder> ByClientId(IEnumerable<VenueOrder> orders)
    {
        Dictionary<string, VenueOrder> byClientId = new(StringComparer.Ordinal);
        foreach (VenueOrder order in orders)
        {
            // A triggered order and the order it made carry the same id; the one that trades counts.
            if (!order.IsConditional || !byClientId.ContainsKey(order.ClientId))
            {
                byClientId[order.ClientId] = order;
            }
        }

        return byClientId;
    }

    private static OrderFact[] Facts(Dictionary<string, VenueOrder> shown, VenueOrder[] unnamed, PictureRequest request, Timestamp now) =>
    [
        .. shown.Select(s => FactMapping.Of(s.Value, request.TermsOf(s.Value.Symbol), now) with { ClientId = s.Key }),
        .. unnamed.Select(o => FactMapping.Of(o, request.TermsOf(o.Symbol), now)),
    ];
}
