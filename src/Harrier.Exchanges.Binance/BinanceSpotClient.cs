using Harrier.Domain;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Binance;

/// <summary>The calls of a spot account.</summary>
public sealed class BinanceSpotClient(BinanceConnection connection) : BinanceClient(BinanceMarket.Spot, connection)
{
    private static readonly IReadOnlyList<VenuePosition> NoPositions = [];

    /// <inheritdoc/>
    public override async Task<VenueResult<VenueOrder>> PlaceAsync(OrderRequest request, CancellationToken cancellation) =>
        OrderTermsCheck.Refuse(Market, request) is { } refused
            ? VenueResult<VenueOrder>.Failed(refused)
            : await SendAsync(SpotRequests.Place(request), BinanceJson.Default.SpotOrderMessage, Order, cancellation).ConfigureAwait(false);

    /// <summary>
    /// Makes the order smaller in place when only its size shrinks; otherwise cancels it and places the rest anew in one call, under
    /// <see cref="OrderAmendment.ReplacementClientId"/>. What trades between reading the order and its cancel comes on top of the new size.
    /// </summary>
    public override async Task<VenueResult<VenueOrder>> AmendAsync(OrderAmendment amendment, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(amendment);
        bool known = Connection.Symbols.TryFind(amendment.Key.Symbol, out SymbolRules? rules, out _);
        bool shrinks = amendment.NewPrice == amendment.CurrentPrice && amendment.NewQuantity < amendment.CurrentQuantity;
        if (shrinks && (!known || rules!.CanAmend))
        {
            return await SendAsync(SpotRequests.Shrink(amendment), BinanceJson.Default.AmendmentMessage, m => Amended(m), cancellation).ConfigureAwait(false);
        }

        VenueResult<VenueOrder> now = await QueryAsync(amendment.Key, cancellation).ConfigureAwait(false);
        if (!now.IsOk)
        {
            // Reading failed, so nothing was changed.
            return VenueResult<VenueOrder>.Failed(now.Error with { Outcome = Outcome.NotDone });
        }

        OrderRequest rest = new()
        {
            Symbol = amendment.Key.Symbol,
            ClientId = amendment.ReplacementClientId,
            Side = amendment.Side,
            Type = OrderType.Limit,
            Quantity = amendment.NewQuantity - now.Value.Executed,
            Price = amendment.NewPrice,
            PostOnly = amendment.PostOnly,
        };
        return await ReplaceAsync(amendment.Key, rest, cancellation).ConfigureAwait(false);
    }

    /// <summary>Cancels an order and places another in one call; nothing is placed when the cancel fails.</summary>
    /// <returns>The new order. Outcome unknown when the old one is gone and the new one was refused: ask for both.</returns>
    public async Task<VenueResult<VenueOrder>> ReplaceAsync(OrderKey canceled, OrderRequest order, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (OrderTermsCheck.Refuse(Market, order) is { } refused)
        {
            return VenueResult<VenueOrder>.Failed(refused);
        }

        VenueResult<long?> replaced = await SendAsync(SpotRequests.Replace(canceled, order), BinanceJson.Default.CancelReplaceMessage, m => m.NewOrderResponse?.OrderId, cancellation).ConfigureAwait(false);
        if (!replaced.IsOk)
        {
            return replaced.As<VenueOrder>();
        }

        VenueResult<VenueOrder> placed = await QueryAsync(new OrderKey(order.Symbol, order.ClientId, replaced.Value), cancellation).ConfigureAwait(false);
        return placed.IsOk ? placed : VenueResult<VenueOrder>.Failed(placed.Error with { Outcome = Outcome.Unknown });
    }

    /// <inheritdoc/>
    public override Task<VenueResult<VenueOrder>> CancelAsync(OrderKey key, CancellationToken cancellation) =>
        SendAsync(SpotRequests.Cancel(key), BinanceJson.Default.SpotOrderMessage, Order, cancellation);

    /// <inheritdoc/>
    public override async Task<VenueResult<bool>> CancelAllAsync(string symbol, CancellationToken cancellation)
    {
        VenueResult<IReadOnlyList<VenueOrder>> canceled = await SendListAsync(
            SpotRequests.CancelAll(symbol), BinanceJson.Default.ListSpotOrderMessage, OrderMapping.Of, cancellation).ConfigureAwait(false);

        // The venue calls it an error when there is nothing to cancel, which is what was wanted.
        return canceled.IsOk || canceled.Error.Kind == VenueErrorKind.OrderNotFound ? VenueResult<bool>.Ok(true) : canceled.As<bool>();
    }

    /// <inheritdoc/>
    public override Task<VenueResult<VenueOrder>> QueryAsync(OrderKey key, CancellationToken cancellation) =>
        SendAsync(SpotRequests.Query(key), BinanceJson.Default.SpotOrderMessage, Order, cancellation);

    /// <inheritdoc/>
    public override Task<VenueResult<IReadOnlyList<VenueOrder>>> OpenOrdersAsync(string? symbol, CancellationToken cancellation) =>
        SendListAsync(SpotRequests.OpenOrders(symbol), BinanceJson.Default.ListSpotOrderMessage, Order, cancellation);

    /// <inheritdoc/>
    public override Task<VenueResult<IReadOnlyList<VenueOrder>>> OrderHistoryAsync(HistoryQuery query, CancellationToken cancellation) =>
        SendListAsync(SpotRequests.History(query), BinanceJson.Default.ListSpotOrderMessage, Order, cancellation);

    /// <inheritdoc/>
    public override Task<VenueResult<IReadOnlyList<OwnTrade>>> TradesAsync(HistoryQuery query, CancellationToken cancellation) =>
        SendListAsync(SpotRequests.Trades(query), BinanceJson.Default.ListSpotOwnTradeMessage, OrderMapping.Of, cancellation);

    /// <inheritdoc/>
    public override Task<VenueResult<AccountSnapshot>> AccountAsync(CancellationToken cancellation) =>
        SendAsync(SpotRequests.Account(), BinanceJson.Default.SpotAccountMessage, AccountMapping.Of, cancellation);

    /// <inheritdoc/>
    public override Task<VenueResult<IReadOnlyList<VenuePosition>>> PositionsAsync(CancellationToken cancellation) =>
        Task.FromResult(VenueResult<IReadOnlyList<VenuePosition>>.Ok(NoPositions));

    /// <inheritdoc/>
    public override Task<VenueResult<FeeRates>> FeesAsync(string symbol, CancellationToken cancellation) =>
        SendAsync(SpotRequests.Commission(symbol), BinanceJson.Default.SpotCommissionMessage, AccountMapping.Of, cancellation);

    private VenueOrder Order(SpotOrderMessage message) => Noted(OrderMapping.Of(message));

    private static VenueOrder Amended(AmendmentMessage message) =>
        message.AmendedOrder is { } order ? OrderMapping.Of(order) : throw new System.Text.Json.JsonException("an amendment without its order");
}
