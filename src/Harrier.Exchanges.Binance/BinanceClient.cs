using System.Text.Json.Serialization.Metadata;
using Harrier.Domain;
using Harrier.Exchanges.Binance.History;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Binance;

/// <summary>How a market of the venue is reached.</summary>
/// <param name="Rest">The caller of the market's REST interface.</param>
/// <param name="Budget">Its request budget, whose limits exchangeInfo may change.</param>
/// <param name="Signer">Signs; null when only public calls are made.</param>
/// <param name="Symbols">The market's symbols and limits.</param>
public sealed record BinanceConnection(RestClient Rest, RequestBudget Budget, BinanceSigner? Signer, BinanceSymbols Symbols)
{
    /// <summary>The caller of the host that answers for keys and wallets; on spot the same.</summary>
    public RestClient? Wallet { get; init; }

    /// <summary>Counts what is unknown.</summary>
    public WireCensus Census { get; init; } = new();
}

/// <summary>What the clients of both markets share: a call becomes a signed request, the answer one of our values.</summary>
public abstract class BinanceClient : TradingClient
{
    private protected BinanceClient(BinanceMarket market, BinanceConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Market = market;
        Connection = connection;
    }

    /// <summary>Which market.</summary>
    public BinanceMarket Market { get; }

    internal BinanceConnection Connection { get; }

    /// <summary>Reads symbols, rules and limits again and puts the limits into force.</summary>
    public async Task<VenueResult<bool>> RefreshSymbolsAsync(CancellationToken cancellation)
    {
        BinanceCall call = Market == BinanceMarket.Spot ? SpotRequests.ExchangeInfo(null) : LinearRequests.ExchangeInfo();
        VenueResult<bool> result = await SendAsync(call, BinanceJson.Default.ExchangeInfoMessage, message =>
        {
            message.Symbols.ForEach(Connection.Census.Note);
            Connection.Symbols.Apply(message);
            return true;
        }, cancellation).ConfigureAwait(false);
        if (result.IsOk)
        {
            foreach (BudgetRule rule in Connection.Symbols.Limits)
            {
                Connection.Budget.Revise(rule);
            }
        }

        return result;
    }

    /// <summary>The order as it can be sent, or why it cannot be.</summary>
    /// <param name="rules">The rules of its symbol.</param>
    /// <param name="order">The order.</param>
    /// <param name="reference">The price now; null skips the rules that need one.</param>
    public VenueResult<OrderRequest> Fit(SymbolRules rules, OrderRequest order, decimal? reference = null) => Fit(Market, rules, order, reference);

    /// <summary>The venue's clock, for a <see cref="ServerClock"/>; null when it did not answer.</summary>
    public async ValueTask<Timestamp?> ServerTimeAsync(CancellationToken cancellation)
    {
        BinanceCall call = Market == BinanceMarket.Spot ? SpotRequests.Time() : LinearRequests.Time();
        VenueResult<Timestamp> time = await SendAsync(call, BinanceJson.Default.ServerTimeMessage, m => Timestamp.FromUnixMilliseconds(m.ServerTime), cancellation).ConfigureAwait(false);
        return time.IsOk ? time.Value : null;
    }

    /// <inheritdoc/>
    public override async Task<VenueResult<KeyPermissions>> KeyPermissionsAsync(CancellationToken cancellation) => await SendAsync(
        Connection.Wallet ?? Connection.Rest, SpotRequests.KeyPermissions(), BinanceJson.Default.ApiRestrictionsMessage, m => AccountMapping.Of(Market, m), cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public override Task<VenueResult<BestLevels>> BookAsync(string symbol, CancellationToken cancellation) => SendAsync(
        Market == BinanceMarket.Spot ? SpotRequests.Book(symbol) : LinearRequests.Book(symbol), BinanceJson.Default.BookMessage, HistoryMapping.Best, cancellation);

    internal Task<VenueResult<TValue>> SendAsync<TWire, TValue>(
        BinanceCall call, JsonTypeInfo<TWire> shape, Func<TWire, TValue> map, CancellationToken cancellation)
        where TWire : class => SendAsync(Connection.Rest, call, shape, map, cancellation);

    internal Task<VenueResult<IReadOnlyList<TValue>>> SendListAsync<TWire, TValue>(
        BinanceCall call, JsonTypeInfo<List<TWire>> shape, Func<TWire, TValue> map, CancellationToken cancellation)
        where TWire : WireMessage =>
        SendAsync<List<TWire>, IReadOnlyList<TValue>>(call, shape, list =>
        {
            list.ForEach(Connection.Census.Note);
            return [.. list.Select(map)];
        }, cancellation);

    internal static VenueResult<OrderRequest> Fit(BinanceMarket market, SymbolRules rules, OrderRequest order, decimal? reference = null) =>
        OrderTermsCheck.Refuse(market, order) is { } refused ? VenueResult<OrderRequest>.Failed(refused) : OrderFitting.Fit(rules, order, reference);

    /// <summary>Takes note of words nobody knows.</summary>
    internal VenueOrder Noted(VenueOrder order)
    {
        if (order.Status == VenueOrderStatus.Unknown)
        {
            Connection.Census.NoteWord("status", order.RawStatus);
        }

        if (order.Type is null)
        {
            Connection.Census.NoteWord("type", order.RawType);
        }

        return order;
    }

    private Task<VenueResult<TValue>> SendAsync<TWire, TValue>(
        RestClient rest, BinanceCall call, JsonTypeInfo<TWire> shape, Func<TWire, TValue> map, CancellationToken cancellation)
        where TWire : class
    {
        RestCall sent = new()
        {
            Build = now => BinanceSigner.Build(Connection.Signer, call, now),
            Name = $"{call.Method} {call.Path}",
            Priority = call.Priority,
            Costs = BinanceLimits.CostsOf(call, Connection.Symbols.Limits),
            IsWrite = call.IsWrite,
            IsSigned = call.Access == CallAccess.Signed,
            AddsRisk = call.AddsRisk,
        };
        return new JsonCalls(rest, Connection.Census).SendAsync(sent, shape, map, cancellation);
    }
}
