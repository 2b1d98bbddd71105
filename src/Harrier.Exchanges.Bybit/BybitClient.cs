using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Bybit.Mapping;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Bybit;

/// <summary>
/// The calls of one market of an account. Writes are answered by a receipt: the gate took them, and the private stream or a query tells what
/// came of it. A receipt becomes an order of status <see cref="VenueOrderStatus.Unknown"/>.
/// </summary>
public sealed partial class BybitClient : TradingClient
{
    private const int LargestLinearBatch = 20;
    private const int LargestSpotBatch = 10;
    private static readonly string[] UsualSettleCoins = ["USDT", "USDC"];
    private static readonly IReadOnlyList<VenuePosition> NoPositions = [];

    private readonly BybitConnection _connection;
    private readonly BybitCalls _calls;
    private readonly BybitRequests _requests;

    /// <summary>The calls of a market.</summary>
    public BybitClient(BybitMarket market, BybitConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Market = market;
        _connection = connection;
        _calls = new BybitCalls(connection);
        _requests = new BybitRequests(market);
    }

    /// <summary>Which market.</summary>
    public BybitMarket Market { get; }

    /// <summary>Orders that fit into one batch.</summary>
    public int LargestBatch => Market == BybitMarket.Spot ? LargestSpotBatch : LargestLinearBatch;

    private bool IsSpot => Market == BybitMarket.Spot;

    /// <summary>Reads symbols and rules again, all pages of them.</summary>
    public async Task<VenueResult<bool>> RefreshSymbolsAsync(CancellationToken cancellation)
    {
        VenueResult<IReadOnlyList<InstrumentMessage>> listed = await _calls.PagesAsync(
            _requests.Instruments, BybitJson.Default.Instruments, int.MaxValue, cancellation).ConfigureAwait(false);
        if (!listed.IsOk)
        {
            return listed.As<bool>();
        }

        _connection.Symbols.Apply(listed.Value);
        return VenueResult<bool>.Ok(true);
    }

    /// <summary>The venue's clock, for a <see cref="Requests.ServerClock"/>; null when it did not answer.</summary>
    public async ValueTask<Timestamp?> ServerTimeAsync(CancellationToken cancellation)
    {
        VenueResult<Timestamp> time = await _calls.SendAsync(
            BybitRequests.Time(), BybitJson.Default.AnswerMessageServerTimeMessage, static a => new Timestamp(Needed(a).TimeNano), cancellation).ConfigureAwait(false);
        return time.IsOk ? time.Value : null;
    }

    /// <summary>The order as it can be sent, or why it cannot be.</summary>
    /// <param name="rules">The rules of its symbol.</param>
    /// <param name="order">The order.</param>
    /// <param name="reference">The price now; null skips the rules that need one.</param>
    public VenueResult<OrderRequest> Fit(SymbolRules rules, OrderRequest order, decimal? reference = null) => Fit(Market, rules, order, reference);

    /// <inheritdoc/>
    public override async Task<VenueResult<VenueOrder>> PlaceAsync(OrderRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        return BybitOrderTerms.Refuse(Market, request) is { } refused ? VenueResult<VenueOrder>.Failed(refused)
            : request.Type == OrderType.TrailingStop ? await TrailAsync(request, cancellation).ConfigureAwait(false)
            : await ReceiptAsync(_requests.Place(request), request.Symbol, cancellation).ConfigureAwait(false);
    }

    /// <summary>Places up to <see cref="LargestBatch"/> orders in one call; each is taken or refused for itself.</summary>
    public async Task<VenueResult<IReadOnlyList<VenueResult<VenueOrder>>>> PlaceBatchAsync(IReadOnlyList<OrderRequest> requests, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(requests);
        VenueError? refused = requests.Count is 0 || requests.Count > LargestBatch || requests.Any(r => r.Type == OrderType.TrailingStop)
            ? BybitOrderTerms.Refused($"a batch has 1 to {LargestBatch} orders, none of them a trailing stop")
            : requests.Select(r => BybitOrderTerms.Refuse(Market, r)).FirstOrDefault(e => e is not null);
        return refused is not null
            ? VenueResult<IReadOnlyList<VenueResult<VenueOrder>>>.Failed(refused)
            : await _calls.SendAsync(_requests.PlaceBatch(requests), BybitJson.Default.Receipts, a => BatchOf(a, requests), cancellation).ConfigureAwait(false);
    }

    /// <summary>Changes size or price in place; the order keeps its id.</summary>
    public override async Task<VenueResult<VenueOrder>> AmendAsync(OrderAmendment amendment, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(amendment);
        bool changesNothing = amendment.NewPrice == amendment.CurrentPrice && amendment.NewQuantity == amendment.CurrentQuantity;
        return changesNothing
            ? VenueResult<VenueOrder>.Failed(new VenueError(VenueErrorKind.AlreadySo, Outcome.NotDone, 0, "an amendment that changes nothing is refused"))
            : await ReceiptAsync(_requests.Amend(amendment), amendment.Key.Symbol, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task<VenueResult<VenueOrder>> CancelAsync(OrderKey key, CancellationToken cancellation) =>
        ReceiptAsync(_requests.Cancel(Known(key)), key.Symbol, cancellation);

    /// <inheritdoc/>
    public override async Task<VenueResult<bool>> CancelAllAsync(string symbol, CancellationToken cancellation)
    {
        VenueResult<bool> plain = await NoneLeftAsync(_requests.CancelAll(symbol, waiting: false), cancellation).ConfigureAwait(false);
        VenueResult<bool> waiting = await NoneLeftAsync(_requests.CancelAll(symbol, waiting: true), cancellation).ConfigureAwait(false);
        return plain.IsOk ? waiting : plain;
    }

    /// <summary>Reads an order: first among those that are open or ended lately, then in the history.</summary>
    public override async Task<VenueResult<VenueOrder>> QueryAsync(OrderKey key, CancellationToken cancellation)
    {
        OrderKey known = Known(key);
        VenueResult<VenueOrder> order = await OneAsync(_requests.Realtime(known), cancellation).ConfigureAwait(false);
        order = !order.IsOk && order.Error.Kind == VenueErrorKind.OrderNotFound ? await OneAsync(_requests.Ended(known), cancellation).ConfigureAwait(false) : order;
        return order.IsOk && order.Value.ClientId.Length == 0 ? VenueResult<VenueOrder>.Ok(order.Value with { ClientId = key.ClientId }) : order;
    }

    /// <inheritdoc/>
    public override async Task<VenueResult<IReadOnlyList<VenueOrder>>> OpenOrdersAsync(string? symbol, CancellationToken cancellation)
    {
        List<VenueOrder> orders = [];
        foreach (string? settle in SettleCoins(symbol))
        {
            VenueResult<IReadOnlyList<OrderMessage>> open = await _calls.PagesAsync(
                cursor => _requests.OpenOrders(symbol, settle, cursor), BybitJson.Default.Orders, int.MaxValue, cancellation).ConfigureAwait(false);
            if (!open.IsOk)
            {
                return open.As<IReadOnlyList<VenueOrder>>();
            }

            orders.AddRange(open.Value.Select(Noted));
        }

        return VenueResult<IReadOnlyList<VenueOrder>>.Ok(orders);
    }

    /// <inheritdoc/>
    public override async Task<VenueResult<IReadOnlyList<VenueOrder>>> OrderHistoryAsync(HistoryQuery query, CancellationToken cancellation)
    {
        VenueResult<IReadOnlyList<OrderMessage>> past = await PastAsync(
            query, (part, cursor) => _requests.History(part, cursor), BybitJson.Default.Orders, cancellation).ConfigureAwait(false);
        return past.IsOk ? VenueResult<IReadOnlyList<VenueOrder>>.Ok([.. past.Value.Select(Noted)]) : past.As<IReadOnlyList<VenueOrder>>();
    }

    /// <inheritdoc/>
    public override async Task<VenueResult<IReadOnlyList<OwnTrade>>> TradesAsync(HistoryQuery query, CancellationToken cancellation)
    {
        VenueResult<IReadOnlyList<ExecutionMessage>> past = await PastAsync(
            query, (part, cursor) => _requests.Executions(part, cursor), BybitJson.Default.Executions, cancellation).ConfigureAwait(false);
        return past.IsOk
            ? VenueResult<IReadOnlyList<OwnTrade>>.Ok([.. past.Value.Where(OrderMapping.IsTrade).Select(TradeOf)])
            : past.As<IReadOnlyList<OwnTrade>>();
    }

    internal static VenueResult<OrderRequest> Fit(BybitMarket market, SymbolRules rules, OrderRequest order, decimal? reference) =>
        BybitOrderTerms.Refuse(market, order) is { } refused ? VenueResult<OrderRequest>.Failed(refused) : OrderFitting.Fit(rules, order, reference);

    private static T Needed<T>(AnswerMessage<T> answer)
        where T : class => answer.Result ?? throw new JsonException("the answer has no result");

    private static IReadOnlyList<VenueResult<VenueOrder>> BatchOf(AnswerMessage<ListMessage<ReceiptMessage>> answer, IReadOnlyList<OrderRequest> requests)
    {
        List<ReceiptMessage> receipts = Needed(answer).List;
        List<BatchCodeMessage> codes = answer.RetExtInfo is { ValueKind: JsonValueKind.Object } info ? info.Deserialize(BybitJson.Default.BatchCodesMessage)?.List ?? [] : [];
        if (receipts.Count != requests.Count || codes.Count != requests.Count)
        {
            throw new JsonException("a batch is answered item by item");
        }

        return
        [
            .. requests.Select((request, i) => codes[i].Code == 0
                ? VenueResult<VenueOrder>.Ok(OrderMapping.Of(receipts[i], request.Symbol))
                : VenueResult<VenueOrder>.Failed(BybitRestDialect.ErrorOf(codes[i].Code, codes[i].Msg ?? "", isWrite: true))),
        ];
    }

    private OwnTrade TradeOf(ExecutionMessage message) =>
        OrderMapping.TradeOf(message, _connection.Symbols.TryFind(message.Symbol, out _, out Instrument? instrument) ? instrument : null);

    private Task<VenueResult<VenueOrder>> ReceiptAsync(BybitCall call, string symbol, CancellationToken cancellation) =>
        _calls.SendAsync(call, BybitJson.Default.AnswerMessageReceiptMessage, a => OrderMapping.Of(Needed(a), symbol), cancellation);

    private async Task<VenueResult<bool>> NoneLeftAsync(BybitCall call, CancellationToken cancellation)
    {
        VenueResult<bool> done = await _calls.DoneAsync(call, cancellation).ConfigureAwait(false);
        return !done.IsOk && done.Error.Kind == VenueErrorKind.OrderNotFound ? VenueResult<bool>.Ok(true) : done;
    }

    private async Task<VenueResult<VenueOrder>> OneAsync(BybitCall call, CancellationToken cancellation)
    {
        VenueResult<OrderMessage?> found = await _calls.SendAsync(call, BybitJson.Default.Orders, static a => Needed(a).List.FirstOrDefault(), cancellation).ConfigureAwait(false);
        return !found.IsOk ? found.As<VenueOrder>()
            : found.Value is { } message ? VenueResult<VenueOrder>.Ok(Noted(message))
            : VenueResult<VenueOrder>.Failed(new VenueError(VenueErrorKind.OrderNotFound, Outcome.NotDone, 0, "the venue lists no such order"));
    }

    private VenueOrder Noted(OrderMessage message)
    {
        VenueOrder order = OrderMapping.Of(message);
        if (order.Status == VenueOrderStatus.Unknown)
        {
            _connection.Census.NoteWord("status", order.RawStatus);
        }

        if (order.Type is null)
        {
            _connection.Census.NoteWord("type", order.RawType);
        }

        return order;
    }
}
