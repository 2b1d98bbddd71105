using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Harrier.Domain;
using Harrier.Exchanges.Bybit.History;
using Harrier.Exchanges.Bybit.Mapping;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Bybit;

/// <content>The account, its positions and settings, and what lies in the past.</content>
public sealed partial class BybitClient
{
    // The longest time that one call into the past may ask for.
    private static readonly TimeSpan PastWindow = TimeSpan.FromDays(7);

    private const int MostFundings = 5000;

    // Orders that the venue makes for a position bear no id of ours.
    private readonly ConcurrentDictionary<string, VenueOrderId> _trailing = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override async Task<VenueResult<AccountSnapshot>> AccountAsync(CancellationToken cancellation)
    {
        VenueResult<IReadOnlyList<AssetBalance>> balances = await _calls.SendAsync(
            BybitRequests.Wallet(), BybitJson.Default.Wallets, static a => Needed(a).List.FirstOrDefault() is { } wallet ? AccountMapping.Of(wallet) : [], cancellation).ConfigureAwait(false);
        if (!balances.IsOk)
        {
            return balances.As<AccountSnapshot>();
        }

        VenueResult<bool> hedges = IsSpot ? VenueResult<bool>.Ok(false) : await HedgesAsync(cancellation).ConfigureAwait(false);
        return hedges.IsOk
            ? VenueResult<AccountSnapshot>.Ok(new AccountSnapshot([.. balances.Value.Where(b => b.Total != 0)], null, hedges.Value, null))
            : hedges.As<AccountSnapshot>();
    }

    /// <inheritdoc/>
    public override async Task<VenueResult<IReadOnlyList<VenuePosition>>> PositionsAsync(CancellationToken cancellation)
    {
        if (IsSpot)
        {
            return VenueResult<IReadOnlyList<VenuePosition>>.Ok(NoPositions);
        }

        List<VenuePosition> positions = [];
        foreach (string? settle in SettleCoins(null))
        {
            VenueResult<IReadOnlyList<PositionMessage>> part = await PositionsAsync(null, settle, cancellation).ConfigureAwait(false);
            if (!part.IsOk)
            {
                return part.As<IReadOnlyList<VenuePosition>>();
            }

            positions.AddRange(part.Value.Where(p => p.Size != 0).Select(AccountMapping.Of));
        }

        return VenueResult<IReadOnlyList<VenuePosition>>.Ok(positions);
    }

    /// <inheritdoc/>
    public override Task<VenueResult<FeeRates>> FeesAsync(string symbol, CancellationToken cancellation) =>
        _calls.SendAsync(_requests.Fees(symbol), BybitJson.Default.FeeRates, static a => AccountMapping.Of(Needed(a).List[0]), cancellation);

    /// <inheritdoc/>
    public override Task<VenueResult<KeyPermissions>> KeyPermissionsAsync(CancellationToken cancellation) =>
        _calls.SendAsync(BybitRequests.Key(), BybitJson.Default.Key, a => AccountMapping.Of(Market, Needed(a)), cancellation);

    /// <summary>Sets the leverage of a symbol. Success when it is already so.</summary>
    public Task<VenueResult<bool>> SetLeverageAsync(string symbol, int leverage, CancellationToken cancellation) =>
        _calls.DoneAsync(_requests.SetLeverage(symbol, leverage), cancellation);

    /// <summary>Keeps long and short positions of a symbol apart, or nets them. Success when it is already so.</summary>
    public Task<VenueResult<bool>> SetHedgeModeAsync(string symbol, bool hedge, CancellationToken cancellation) =>
        _calls.DoneAsync(_requests.SetHedgeMode(symbol, hedge), cancellation);

    /// <summary>Lets a stop follow the price of a position, or takes it away with a distance of 0. Success when it is already so.</summary>
    /// <param name="symbol">The venue's symbol.</param>
    /// <param name="distance">How far behind, in quote currency.</param>
    /// <param name="from">From which price on; 0 for at once.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<VenueResult<bool>> SetTrailingStopAsync(string symbol, decimal distance, decimal from, CancellationToken cancellation) =>
        _calls.DoneAsync(_requests.Trail(symbol, distance, from), cancellation);

    /// <inheritdoc/>
    public override async Task<VenueResult<IReadOnlyList<FundingPayment>>> FundingPaidAsync(Timestamp from, CancellationToken cancellation)
    {
        if (IsSpot)
        {
            return VenueResult<IReadOnlyList<FundingPayment>>.Ok([]);
        }

        VenueResult<IReadOnlyList<ExecutionMessage>> paid = await PastAsync(
            new HistoryQuery("", from, Limit: MostFundings), _requests.FundingPaid, BybitJson.Default.Executions, cancellation).ConfigureAwait(false);
        return paid.IsOk
            ? VenueResult<IReadOnlyList<FundingPayment>>.Ok([.. paid.Value.Where(static one => one.ExecType == "Funding").Select(FundingOf).OfType<FundingPayment>()])
            : paid.As<IReadOnlyList<FundingPayment>>();
    }

    private FundingPayment? FundingOf(ExecutionMessage message)
    {
        Asset? settled = BybitWords.AssetOf(message.FeeCurrency) ?? (_connection.Symbols.TryFind(message.Symbol, out _, out Instrument? instrument) ? instrument?.Quote : null);
        return settled is { } asset ? UserEventMapping.FundingOf(message, asset) : null;
    }

    /// <inheritdoc/>
    public override Task<VenueResult<BestLevels>> BookAsync(string symbol, CancellationToken cancellation) =>
        _calls.SendAsync(_requests.Book(symbol), BybitJson.Default.OrderBook, static a => HistoryMapping.Best(Needed(a)), cancellation);

    /// <summary>Reads mark price and funding of a symbol.</summary>
    public Task<VenueResult<FundingTerms>> FundingAsync(string symbol, CancellationToken cancellation) =>
        _calls.SendAsync(_requests.Tickers(symbol), BybitJson.Default.ContractTickers, static a => AccountMapping.Of(Needed(a).List[0]), cancellation);

    /// <summary>Reads past funding of a symbol, oldest first.</summary>
    public async Task<VenueResult<IReadOnlyList<FundingRate>>> FundingHistoryAsync(HistoryQuery query, CancellationToken cancellation) =>
        await _calls.SendAsync<ListMessage<FundingRateMessage>, IReadOnlyList<FundingRate>>(
            _requests.FundingRates(query, _connection.Clock.Now()),
            BybitJson.Default.FundingRates,
            static a => [.. Needed(a).List.Select(AccountMapping.Of).Reverse()],
            cancellation).ConfigureAwait(false);

    private static decimal Signed(PositionMessage position) => AccountMapping.Of(position).Quantity;

    /// <summary>
    /// Lets the venue trail a position. Its trailing stop closes the whole position and bears no id of ours: what is asked for must be that,
    /// and the order that the venue makes for it is looked up.
    /// </summary>
    private async Task<VenueResult<VenueOrder>> TrailAsync(OrderRequest request, CancellationToken cancellation)
    {
        VenueResult<IReadOnlyList<PositionMessage>> positions = await PositionsAsync(request.Symbol, null, cancellation).ConfigureAwait(false);
        if (!positions.IsOk)
        {
            return VenueResult<VenueOrder>.Failed(positions.Error with { Outcome = Outcome.NotDone });
        }

        decimal closed = request.Side == OrderSide.Sell ? request.Quantity : -request.Quantity;
        if (positions.Value.FirstOrDefault(p => Signed(p) == closed) is not { MarkPrice: > 0 and decimal mark }
            || !_connection.Symbols.TryFind(request.Symbol, out SymbolRules? rules, out _))
        {
            return VenueResult<VenueOrder>.Failed(BybitOrderTerms.Refused("the venue trails a whole position only, and there is none of this size to close"));
        }

        decimal distance = Math.Max(rules.TickSize, OrderFitting.Nearest(mark * request.TrailingFraction, rules.TickSize));
        VenueResult<bool> set = await SetTrailingStopAsync(request.Symbol, distance, request.Trigger, cancellation).ConfigureAwait(false);
        if (!set.IsOk)
        {
            return set.As<VenueOrder>();
        }

        VenueResult<IReadOnlyList<VenueOrder>> open = await OpenOrdersAsync(request.Symbol, cancellation).ConfigureAwait(false);
        if (!open.IsOk || open.Value.FirstOrDefault(o => o.Type == OrderType.TrailingStop) is not { } order)
        {
            return VenueResult<VenueOrder>.Failed(new VenueError(VenueErrorKind.OrderNotFound, Outcome.Unknown, 0, "the trailing stop was taken and is not listed yet"));
        }

        _trailing[request.ClientId] = order.VenueId;
        return VenueResult<VenueOrder>.Ok(order with { ClientId = request.ClientId });
    }

    private OrderKey Known(OrderKey key) => key.VenueId is null && _trailing.TryGetValue(key.ClientId, out VenueOrderId id) ? key with { VenueId = id } : key;

    private Task<VenueResult<IReadOnlyList<PositionMessage>>> PositionsAsync(string? symbol, string? settle, CancellationToken cancellation) =>
        _calls.PagesAsync(cursor => _requests.Positions(symbol, settle, cursor), BybitJson.Default.Positions, int.MaxValue, cancellation);

    // A flat account shows its mode only for a symbol that is named.
    private async Task<VenueResult<bool>> HedgesAsync(CancellationToken cancellation)
    {
        string? symbol = _connection.Symbols.Instruments is { Count: > 0 } instruments ? instruments[0].Symbol : null;
        VenueResult<IReadOnlyList<PositionMessage>> positions = await PositionsAsync(symbol, UsualSettleCoins[0], cancellation).ConfigureAwait(false);
        return positions.IsOk ? VenueResult<bool>.Ok(positions.Value.Any(p => p.PositionIdx is > 0)) : positions.As<bool>();
    }

    // Contracts are listed by what they are settled in; spot, and one symbol, need no such word.
    private IReadOnlyList<string?> SettleCoins(string? symbol)
    {
        if (IsSpot || symbol is not null)
        {
            return [null];
        }

        IReadOnlyList<string> listed = [.. _connection.Symbols.Instruments.Select(i => i.Quote.Code).Distinct(StringComparer.Ordinal)];
        return listed.Count > 0 ? listed : UsualSettleCoins;
    }

    /// <summary>Reads the past, which the venue gives newest first and a week at a time; oldest first, as many as are wanted.</summary>
    private async Task<VenueResult<IReadOnlyList<TWire>>> PastAsync<TWire>(
        HistoryQuery query, Func<HistoryQuery, string?, BybitCall> call, JsonTypeInfo<AnswerMessage<ListMessage<TWire>>> shape, CancellationToken cancellation)
        where TWire : WireMessage
    {
        List<TWire> items = [];
        Timestamp now = _connection.Clock.Now();
        HistoryQuery part = query;
        while (true)
        {
            // Within a week the oldest come last, so that all of it has to be read; without a beginning the newest are enough.
            HistoryQuery asked = part;
            int enough = part.From is null ? query.Limit : int.MaxValue;
            VenueResult<IReadOnlyList<TWire>> read = await _calls.PagesAsync(cursor => call(asked, cursor), shape, enough, cancellation).ConfigureAwait(false);
            if (!read.IsOk)
            {
                return read;
            }

            items.AddRange(read.Value.Take(enough).Reverse());
            if (part.From is not { } from || from + PastWindow >= now || items.Count >= query.Limit)
            {
                return VenueResult<IReadOnlyList<TWire>>.Ok(items.Count > query.Limit ? items[..query.Limit] : items);
            }

            part = part with { From = from + PastWindow };
        }
    }
}
