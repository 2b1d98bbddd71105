using Harrier.Domain;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Binance;

/// <summary>The calls of a USD-M account. Orders that wait for a trigger live apart from the others; this class hides that where it can.</summary>
public sealed class BinanceLinearClient(BinanceConnection connection) : BinanceClient(BinanceMarket.UsdM, connection)
{
    /// <summary>Orders that fit into one batch.</summary>
    public const int LargestBatch = 5;

    /// <inheritdoc/>
    public override async Task<VenueResult<VenueOrder>> PlaceAsync(OrderRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return OrderTermsCheck.Refuse(Market, request) is { } refused ? VenueResult<VenueOrder>.Failed(refused)
            : LinearRequests.IsConditional(request.Type)
                ? await SendAsync(LinearRequests.Place(request), BinanceJson.Default.AlgoOrderMessage, Order, cancellation).ConfigureAwait(false)
                : await SendAsync(LinearRequests.Place(request), BinanceJson.Default.LinearOrderMessage, Order, cancellation).ConfigureAwait(false);
    }

    /// <summary>Places up to <see cref="LargestBatch"/> orders in one call; each succeeds or fails for itself. Orders that wait for a trigger cannot be in it.</summary>
    public async Task<VenueResult<IReadOnlyList<VenueResult<VenueOrder>>>> PlaceBatchAsync(IReadOnlyList<OrderRequest> requests, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(requests);
        bool fits = requests.Count is > 0 and <= LargestBatch && requests.All(r => !LinearRequests.IsConditional(r.Type));
        VenueError? refused = fits
            ? requests.Select(r => OrderTermsCheck.Refuse(Market, r)).FirstOrDefault(e => e is not null)
            : new VenueError(VenueErrorKind.RefusedLocally, Outcome.NotDone, 0, $"a batch has 1 to {LargestBatch} market and limit orders");
        return refused is not null
            ? VenueResult<IReadOnlyList<VenueResult<VenueOrder>>>.Failed(refused)
            : await SendListAsync(LinearRequests.PlaceBatch(requests), BinanceJson.Default.ListLinearOrderMessage, BatchItem, cancellation).ConfigureAwait(false);
    }

    /// <summary>Changes size or price, always both; the order keeps its id and loses its place in the queue.</summary>
    public override Task<VenueResult<VenueOrder>> AmendAsync(OrderAmendment amendment, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(amendment);
        return amendment.Key.IsConditional
            ? Task.FromResult(VenueResult<VenueOrder>.Failed(new VenueError(
                VenueErrorKind.RefusedLocally, Outcome.NotDone, 0, "an order that waits for a trigger cannot be changed: cancel it and place another")))
            : SendAsync(LinearRequests.Amend(amendment), BinanceJson.Default.LinearOrderMessage, Order, cancellation);
    }

    /// <inheritdoc/>
    public override int CancelBatchLimit => 10;

    /// <inheritdoc/>
    public override async Task<VenueResult<IReadOnlyList<VenueResult<VenueOrder>>>> CancelManyAsync(
        string symbol, IReadOnlyList<OrderKey> keys, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(keys);
        BinanceCall call = LinearRequests.CancelBatch(symbol, [.. keys.Select(k => k.ClientId)]);
        VenueResult<IReadOnlyList<VenueResult<VenueOrder>>> answer =
            await SendListAsync(call, BinanceJson.Default.ListLinearOrderMessage, BatchItem, cancellation).ConfigureAwait(false);
        return !answer.IsOk || answer.Value.Count == keys.Count
            ? answer
            : VenueResult<IReadOnlyList<VenueResult<VenueOrder>>>.Failed(new VenueError(
                VenueErrorKind.Malformed, Outcome.Unknown, 0, $"{answer.Value.Count} answers to {keys.Count} cancels"));
    }

    /// <inheritdoc/>
    public override async Task<VenueResult<VenueOrder>> CancelAsync(OrderKey key, CancellationToken cancellation)
    {
        if (!key.IsConditional)
        {
            return await SendAsync(LinearRequests.Cancel(key), BinanceJson.Default.LinearOrderMessage, Order, cancellation).ConfigureAwait(false);
        }

        // The answer may hold the whole order or only its ids: what it became is read.
        VenueResult<long> canceled = await SendAsync(LinearRequests.Cancel(key), BinanceJson.Default.AlgoCanceledMessage, m => m.AlgoId, cancellation).ConfigureAwait(false);
        if (!canceled.IsOk)
        {
            return canceled.As<VenueOrder>();
        }

        VenueResult<VenueOrder> order = await QueryAsync(key, cancellation).ConfigureAwait(false);
        return order.IsOk ? order : VenueResult<VenueOrder>.Failed(order.Error with { Outcome = Outcome.Unknown });
    }

    /// <inheritdoc/>
    public override async Task<VenueResult<bool>> CancelAllAsync(string symbol, CancellationToken cancellation)
    {
        VenueResult<bool> plain = await DoneAsync(LinearRequests.CancelAll(symbol), cancellation).ConfigureAwait(false);
        VenueResult<bool> waiting = await DoneAsync(LinearRequests.CancelAllConditional(symbol), cancellation).ConfigureAwait(false);
        return plain.IsOk ? waiting : plain;
    }

    /// <summary>Reads an order; of one that was triggered, the order it made.</summary>
    public override async Task<VenueResult<VenueOrder>> QueryAsync(OrderKey key, CancellationToken cancellation)
    {
        if (!key.IsConditional)
        {
            return await SendAsync(LinearRequests.Query(key), BinanceJson.Default.LinearOrderMessage, Order, cancellation).ConfigureAwait(false);
        }

        VenueResult<VenueOrder> waiting = await SendAsync(LinearRequests.Query(key), BinanceJson.Default.AlgoOrderMessage, Order, cancellation).ConfigureAwait(false);
        if (!waiting.IsOk || waiting.Value.ChildId is not VenueOrderId child)
        {
            return waiting;
        }

        VenueResult<VenueOrder> made = await QueryAsync(new OrderKey(waiting.Value.Symbol, key.ClientId, child), cancellation).ConfigureAwait(false);
        return made.IsOk ? VenueResult<VenueOrder>.Ok(made.Value with { ClientId = waiting.Value.ClientId }) : made;
    }

    /// <inheritdoc/>
    public override async Task<VenueResult<IReadOnlyList<VenueOrder>>> OpenOrdersAsync(string? symbol, CancellationToken cancellation)
    {
        VenueResult<IReadOnlyList<VenueOrder>> plain = await SendListAsync(
            LinearRequests.OpenOrders(symbol), BinanceJson.Default.ListLinearOrderMessage, Order, cancellation).ConfigureAwait(false);
        if (!plain.IsOk)
        {
            return plain;
        }

        VenueResult<IReadOnlyList<VenueOrder>> waiting = await SendListAsync(
            LinearRequests.OpenConditional(symbol), BinanceJson.Default.ListAlgoOrderMessage, Order, cancellation).ConfigureAwait(false);
        return waiting.IsOk ? VenueResult<IReadOnlyList<VenueOrder>>.Ok([.. plain.Value, .. waiting.Value]) : waiting;
    }

    /// <inheritdoc/>
    public override Task<VenueResult<IReadOnlyList<VenueOrder>>> OrderHistoryAsync(HistoryQuery query, CancellationToken cancellation) =>
        SendListAsync(LinearRequests.History(query), BinanceJson.Default.ListLinearOrderMessage, Order, cancellation);

    /// <inheritdoc/>
    public override Task<VenueResult<IReadOnlyList<OwnTrade>>> TradesAsync(HistoryQuery query, CancellationToken cancellation) =>
        SendListAsync(LinearRequests.Trades(query), BinanceJson.Default.ListLinearOwnTradeMessage, OrderMapping.Of, cancellation);

    /// <inheritdoc/>
    public override async Task<VenueResult<AccountSnapshot>> AccountAsync(CancellationToken cancellation)
    {
        VenueResult<AccountConfigMessage> config = await SendAsync(LinearRequests.AccountConfig(), BinanceJson.Default.AccountConfigMessage, m => m, cancellation).ConfigureAwait(false);
        return config.IsOk
            ? await SendAsync(LinearRequests.Account(), BinanceJson.Default.LinearAccountMessage, m => AccountMapping.Of(m, config.Value), cancellation).ConfigureAwait(false)
            : config.As<AccountSnapshot>();
    }

    /// <inheritdoc/>
    public override async Task<VenueResult<IReadOnlyList<VenuePosition>>> PositionsAsync(CancellationToken cancellation)
    {
        VenueResult<IReadOnlyList<PositionMessage>> positions = await SendListAsync(
            LinearRequests.Positions(), BinanceJson.Default.ListPositionMessage, m => m, cancellation).ConfigureAwait(false);
        if (!positions.IsOk)
        {
            return positions.As<IReadOnlyList<VenuePosition>>();
        }

        VenueResult<IReadOnlyList<SymbolConfigMessage>> configs = await SendListAsync(
            LinearRequests.SymbolConfig(null), BinanceJson.Default.ListSymbolConfigMessage, m => m, cancellation).ConfigureAwait(false);

        // Leverage is worth knowing, the positions are worth more: without the former they are still told.
        return VenueResult<IReadOnlyList<VenuePosition>>.Ok(AccountMapping.Of(positions.Value, configs.IsOk ? configs.Value : []));
    }

    /// <inheritdoc/>
    public override Task<VenueResult<FeeRates>> FeesAsync(string symbol, CancellationToken cancellation) =>
        SendAsync(LinearRequests.Commission(symbol), BinanceJson.Default.LinearCommissionMessage, AccountMapping.Of, cancellation);

    /// <summary>Sets the leverage of a symbol.</summary>
    /// <returns>The leverage in force.</returns>
    public Task<VenueResult<int>> SetLeverageAsync(string symbol, int leverage, CancellationToken cancellation) =>
        SendAsync(LinearRequests.SetLeverage(symbol, leverage), BinanceJson.Default.LeverageMessage, m => m.Leverage, cancellation);

    /// <summary>Gives positions of a symbol margin of their own, or shares all of the account's. Success when it is already so.</summary>
    public Task<VenueResult<bool>> SetIsolatedAsync(string symbol, bool isolated, CancellationToken cancellation) =>
        DoneAsync(LinearRequests.SetMarginType(symbol, isolated), cancellation);

    /// <summary>Keeps long and short positions apart, or nets them. Success when it is already so.</summary>
    public Task<VenueResult<bool>> SetHedgeModeAsync(bool hedge, CancellationToken cancellation) => DoneAsync(LinearRequests.SetHedgeMode(hedge), cancellation);

    /// <summary>
    /// Dead man's switch: all open orders of a symbol, protective ones included, are canceled unless this is called again in time.
    /// </summary>
    /// <param name="symbol">The venue's symbol.</param>
    /// <param name="after">How long from now; zero switches it off.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<VenueResult<bool>> CountdownCancelAllAsync(string symbol, TimeSpan after, CancellationToken cancellation) =>
        SendAsync(LinearRequests.CountdownCancelAll(symbol, after), BinanceJson.Default.CountdownMessage, _ => true, cancellation);

    /// <inheritdoc/>
    public override async Task<VenueResult<IReadOnlyList<FundingPayment>>> FundingPaidAsync(Timestamp from, CancellationToken cancellation)
    {
        List<FundingPayment> paid = [];
        for (Timestamp next = from; ;)
        {
            VenueResult<IReadOnlyList<FundingPayment>> page = await SendListAsync(LinearRequests.FundingPaid(next), BinanceJson.Default.ListIncomeMessage, AccountMapping.Of, cancellation).ConfigureAwait(false);
            if (!page.IsOk)
            {
                return page;
            }

            paid.AddRange(page.Value);
            if (page.Value.Count < LinearRequests.IncomePage)
            {
                return VenueResult<IReadOnlyList<FundingPayment>>.Ok([.. paid.DistinctBy(static one => one.Id)]);
            }

            // All of an instant may not fit on a page, but the next one begins with it.
            next = page.Value[^1].Time > next ? page.Value[^1].Time : next + TimeSpan.FromMilliseconds(1);
        }
    }

    /// <summary>Reads mark price and funding of a symbol.</summary>
    public Task<VenueResult<FundingTerms>> FundingAsync(string symbol, CancellationToken cancellation) =>
        SendAsync(LinearRequests.PremiumIndex(symbol), BinanceJson.Default.PremiumIndexMessage, AccountMapping.Of, cancellation);

    /// <summary>Reads past funding of a symbol, oldest first.</summary>
    public Task<VenueResult<IReadOnlyList<FundingRate>>> FundingHistoryAsync(HistoryQuery query, CancellationToken cancellation) =>
        SendListAsync(LinearRequests.FundingRates(query), BinanceJson.Default.ListFundingRateMessage, AccountMapping.Of, cancellation);

    /// <summary>Reads how often symbols are funded; those that are missing every 8 hours.</summary>
    public async Task<VenueResult<IReadOnlyDictionary<string, TimeSpan>>> FundingIntervalsAsync(CancellationToken cancellation) =>
        await SendAsync<List<FundingInfoMessage>, IReadOnlyDictionary<string, TimeSpan>>(
            LinearRequests.FundingInfo(),
            BinanceJson.Default.ListFundingInfoMessage,
            list => list.ToDictionary(m => m.Symbol, m => TimeSpan.FromHours(m.FundingIntervalHours)),
            cancellation).ConfigureAwait(false);

    /// <summary>Makes or prolongs the key of the private stream.</summary>
    internal Task<VenueResult<string>> StreamKeyAsync(string method, CancellationToken cancellation) =>
        SendAsync(LinearRequests.StreamKey(method), BinanceJson.Default.ListenKeyMessage, m => m.ListenKey ?? "", cancellation);

    private async Task<VenueResult<bool>> DoneAsync(BinanceCall call, CancellationToken cancellation)
    {
        VenueResult<bool> done = await SendAsync(call, BinanceJson.Default.DoneMessage, _ => true, cancellation).ConfigureAwait(false);
        return !done.IsOk && done.Error.Kind == VenueErrorKind.AlreadySo ? VenueResult<bool>.Ok(true) : done;
    }

    private VenueResult<VenueOrder> BatchItem(LinearOrderMessage message)
    {
        if (message.Code is not int code)
        {
            return VenueResult<VenueOrder>.Ok(Order(message));
        }

        string text = message.Msg ?? "";
        VenueErrorKind kind = BinanceErrors.KindOf(Market, code, text);
        return VenueResult<VenueOrder>.Failed(new VenueError(kind, BinanceErrors.OutcomeOf(Market, code, kind), code, text) { Filter = BinanceErrors.FilterOf(code, text) });
    }

    private VenueOrder Order(LinearOrderMessage message) => Noted(OrderMapping.Of(message));

    private VenueOrder Order(AlgoOrderMessage message) => Noted(OrderMapping.Of(message));
}
