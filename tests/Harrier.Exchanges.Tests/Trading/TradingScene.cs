using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Reconciliation;
using Harrier.Engine.Risk;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Tests.Trading;

/// <summary>An instrument, a tracker and what it reports.</summary>
internal sealed class TradingScene
{
    private readonly List<ExecutionReport> _reports = [];
    private readonly Lock _gate = new();

    public TradingScene(AccountRecord? record = null) => Tracker = new OrderTracker([Instrument], Take, Time, record);

    public ManualTimeProvider Time { get; } = new();

    public Instrument Instrument { get; } = new(new InstrumentId(0), new InstrumentDefinition
    {
        Venue = new VenueId("sim-test"),
        Symbol = "BTCUSDT",
        Base = new Asset("BTC"),
        Quote = new Asset("USDT"),
        TickSize = 0.5m,
        LotSize = 0.001m,
    });

    public OrderTracker Tracker { get; }

    public FakeTradingClient Client { get; init; } = new();

    public IReadOnlyList<ExecutionReport> Reports
    {
        get
        {
            lock (_gate)
            {
                return [.. _reports];
            }
        }
    }

    public IEnumerable<string> Words => Reports.Select(r => r.Kind switch
    {
        ExecutionKind.Filled => $"Filled {r.Size.Value}@{r.Price.Value}",
        ExecutionKind.Rejected => $"Rejected {r.Reason}",
        _ => r.Kind.ToString(),
    });

    public static ClientOrderId Id(int sequence) => new(1, sequence);

    public static OwnTrade Trade(long id, decimal quantity, long order = 7, decimal fee = 0.1m) => new()
    {
        Symbol = "BTCUSDT",
        TradeId = id,
        OrderId = order,
        Side = OrderSide.Buy,
        Price = 100m,
        Quantity = quantity,
        Quote = 100m * quantity,
        Fee = fee,
        FeeAsset = new Asset("USDT"),
        Time = Timestamp.FromUnixMilliseconds(1_767_225_600_000),
    };

    public TrackedOrder Register(int sequence = 1, OrderType type = OrderType.Limit, decimal quantity = 1m) => Tracker.Register(Id(sequence), Instrument, Request(sequence, type, quantity));

    public OrderRequest Request(int sequence = 1, OrderType type = OrderType.Limit, decimal quantity = 1m) => new()
    {
        Symbol = Instrument.Symbol,
        ClientId = Id(sequence).ToString(),
        Side = OrderSide.Buy,
        Type = type,
        Quantity = quantity,
        Price = type == OrderType.Limit ? 100m : 0,
        Trigger = type == OrderType.Stop ? 110m : 0,
    };

    public VenueOrder Shown(VenueOrderStatus status, decimal executed = 0, int sequence = 1, long venueId = 7, decimal quantity = 1m) => new()
    {
        Symbol = Instrument.Symbol,
        ClientId = Id(sequence).ToString(),
        VenueId = venueId,
        Status = status,
        Side = OrderSide.Buy,
        Type = OrderType.Limit,
        Quantity = quantity,
        Executed = executed,
        Updated = Timestamp.FromUnixMilliseconds(1_767_225_600_000),
    };

    public void Push(OrderUpdateKind kind, VenueOrder order, OwnTrade? trade = null) =>
        Tracker.Apply(new OrderUpdate(Timestamp.FromUnixMilliseconds(1_767_225_600_000), kind, order) { Trade = trade });

    public OrderRouter Router(UnknownOutcomeOptions? unknown = null) => new(Parts(unknown));

    public OrderRouterParts Parts(UnknownOutcomeOptions? unknown = null) => new()
    {
        Client = Client,
        Tracker = Tracker,
        Instruments = [Instrument],
        Fit = (request, _) => VenueResult<OrderRequest>.Ok(request),
        Unknown = unknown ?? new UnknownOutcomeOptions { QuietTime = TimeSpan.FromSeconds(6) },
        StreamSoundSince = static () => new Timestamp(0),
        Time = Time,
    };

    public ApprovedOrder Approved(int sequence = 1, OrderIntent? intent = null)
    {
        OrderIntent wanted = intent ?? new OrderIntent
        {
            Instrument = Instrument.Id,
            Side = OrderSide.Buy,
            Type = OrderType.Limit,
            Size = new SizeLots(1000),
            Limit = new PriceTicks(200),
        };
        return new ApprovedOrder(Id(sequence), default, in wanted);
    }

    private void Take(ExecutionReport report)
    {
        lock (_gate)
        {
            _reports.Add(report);
        }
    }
}
