using Harrier.Exchanges.Results;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Tests.Trading;

/// <summary>A venue whose answers are scripted per call; it remembers what it was asked.</summary>
internal sealed class FakeTradingClient : TradingClient
{
    private readonly Lock _gate = new();
    private readonly List<string> _calls = [];

    public Func<OrderRequest, VenueResult<VenueOrder>> OnPlace { get; set; } = _ => NotFound<VenueOrder>();

    public Func<OrderKey, VenueResult<VenueOrder>> OnCancel { get; set; } = _ => NotFound<VenueOrder>();

    public Func<OrderKey, VenueResult<VenueOrder>> OnQuery { get; set; } = _ => NotFound<VenueOrder>();

    public IReadOnlyList<VenueOrder> Open { get; set; } = [];

    public IReadOnlyList<OwnTrade> Trades { get; set; } = [];

    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    public static VenueResult<T> NotFound<T>() => Failed<T>(VenueErrorKind.OrderNotFound, Outcome.NotDone);

    public static VenueResult<T> Failed<T>(VenueErrorKind kind, Outcome outcome) => VenueResult<T>.Failed(new VenueError(kind, outcome, 0, "scripted"));

    public override Task<VenueResult<VenueOrder>> PlaceAsync(OrderRequest request, CancellationToken cancellation) => Answer("place " + request.ClientId, OnPlace(request));

    public override Task<VenueResult<VenueOrder>> AmendAsync(OrderAmendment amendment, CancellationToken cancellation) => Answer("amend", NotFound<VenueOrder>());

    public override Task<VenueResult<VenueOrder>> CancelAsync(OrderKey key, CancellationToken cancellation) => Answer("cancel " + key.ClientId, OnCancel(key));

    /// <summary>How many cancels fit in one call.</summary>
    public int BatchLimit { get; init; } = 1;

    public override int CancelBatchLimit => BatchLimit;

    public Func<OrderKey, VenueResult<VenueOrder>>? OnCancelInBatch { get; set; }

    public override Task<VenueResult<IReadOnlyList<VenueResult<VenueOrder>>>> CancelManyAsync(string symbol, IReadOnlyList<OrderKey> keys, CancellationToken cancellation) => Answer(
        $"cancel {keys.Count} together",
        OnCancelInBatch is { } answer
            ? VenueResult<IReadOnlyList<VenueResult<VenueOrder>>>.Ok([.. keys.Select(answer)])
            : Failed<IReadOnlyList<VenueResult<VenueOrder>>>(VenueErrorKind.Timeout, Outcome.Unknown));

    public override Task<VenueResult<bool>> CancelAllAsync(string symbol, CancellationToken cancellation) => Answer("cancel all", VenueResult<bool>.Ok(true));

    public override Task<VenueResult<VenueOrder>> QueryAsync(OrderKey key, CancellationToken cancellation) => Answer("query " + key.ClientId, OnQuery(key));

    public override Task<VenueResult<IReadOnlyList<VenueOrder>>> OpenOrdersAsync(string? symbol, CancellationToken cancellation) =>
        Answer("open", VenueResult<IReadOnlyList<VenueOrder>>.Ok(Open));

    public override Task<VenueResult<IReadOnlyList<VenueOrder>>> OrderHistoryAsync(HistoryQuery query, CancellationToken cancellation) =>
        Answer("history", VenueResult<IReadOnlyList<VenueOrder>>.Ok([]));

    public override Task<VenueResult<IReadOnlyList<OwnTrade>>> TradesAsync(HistoryQuery query, CancellationToken cancellation) =>
        Answer("trades", VenueResult<IReadOnlyList<OwnTrade>>.Ok(Trades));

    public BestLevels Book { get; set; } = new([], []);

    public override Task<VenueResult<BestLevels>> BookAsync(string symbol, CancellationToken cancellation) => Answer("book", VenueResult<BestLevels>.Ok(Book));

    public override Task<VenueResult<AccountSnapshot>> AccountAsync(CancellationToken cancellation) =>
        Answer("account", VenueResult<AccountSnapshot>.Ok(new AccountSnapshot([], true, false, null)));

    public override Task<VenueResult<IReadOnlyList<VenuePosition>>> PositionsAsync(CancellationToken cancellation) =>
        Answer("positions", VenueResult<IReadOnlyList<VenuePosition>>.Ok([]));

    public override Task<VenueResult<FeeRates>> FeesAsync(string symbol, CancellationToken cancellation) => Answer("fees", VenueResult<FeeRates>.Ok(new FeeRates(symbol, 0, 0)));

    public override Task<VenueResult<KeyPermissions>> KeyPermissionsAsync(CancellationToken cancellation) =>
        Answer("permissions", VenueResult<KeyPermissions>.Ok(new KeyPermissions(true, false, true)));

    private Task<T> Answer<T>(string call, T answer)
    {
        lock (_gate)
        {
            _calls.Add(call);
        }

        return Task.FromResult(answer);
    }
}
