using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Market;
using Harrier.Engine.Reconciliation;
using Harrier.Engine.Risk;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;
using Harrier.Simulation.Randomness;
using Harrier.Testnet.Core;

namespace Harrier.Exchanges.Tests.Contract;

/// <summary>Our adapter and our market feed on an exchange whose lines are bad, trading at random.</summary>
internal sealed class EveryFaultRig : IAsyncDisposable
{
    private const int MostInFlight = 8;
    private const int MostOrders = 60;

    private readonly HttpMessageInvoker _http = RestTransport.Create();
    private readonly CancellationTokenSource _stop = new();
    private readonly EventQueue<FeedItem> _events = new(1_000_000, QueueOverflow.Refuse);
    private readonly RandomStream _random;
    private readonly MarketState _market;
    private readonly List<ExecutionReport> _reports = [];
    private readonly List<ApprovedOrder> _sent = [];
    private readonly Lock _gate = new();
    private readonly MarketFeed _feed;
    private readonly bool _isSpot;
    private Task _feeding = Task.CompletedTask;

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The venue owns its account and disposes of it.")]
    private EveryFaultRig(EveryFaultExchange exchange, ContractVenue venue, long seed)
    {
        (Exchange, _random, _isSpot) = (exchange, new RandomStream(seed, 1), venue.IsSpot);
        Instruments = [.. EveryFaultExchange.Symbols.Select((s, i) => new Instrument(new InstrumentId(i), new InstrumentDefinition
        {
            Venue = new VenueId("sim-faults"),
            Symbol = s.Name,
            Kind = _isSpot ? InstrumentKind.Spot : InstrumentKind.LinearPerpetual,
            Base = new Asset(s.Base),
            Quote = new Asset("USDT"),
            TickSize = s.Tick,
            LotSize = 0.001m,
        }))];
        _market = new MarketState(new InstrumentTable(Instruments));
        VenueSurroundings surroundings = new(_http, new HttpSocketFactory(_http), TimeProvider.System, Log) { Jitter = Jitter(seed, 2) };
        TradingAccess access = venue.Open(exchange.Account, surroundings);
        Venue = new TradingVenue(access, Options(), surroundings);
        Venue.Session.News += Holdings.OnNews;
        Venue.Session.Found += Concluded.Add;
        MarketFeedOptions feed = new()
        {
            Venue = venue.Streams(exchange.Account, access, surroundings),
            Instruments = Instruments,
            Channels = FeedChannels.Trades | FeedChannels.Book,
            Jitter = Jitter(seed, 4),
            Output = _events,
            Books = new BookSynchronizerOptions { RetryBase = TimeSpan.FromMilliseconds(50), RetryCap = TimeSpan.FromSeconds(1), FirstUpdateTimeout = TimeSpan.FromMilliseconds(100) },
            Tune = Hurried,
        };
        _feed = new MarketFeed(feed, new HttpSocketFactory(_http), TimeProvider.System, Log);
    }

    public EveryFaultExchange Exchange { get; }

    public TradingVenue Venue { get; }

    /// <summary>What the comparisons of the account found.</summary>
    public ConcurrentBag<Difference> Concluded { get; } = [];

    public IReadOnlyList<Instrument> Instruments { get; }

    public HoldingsMirror Holdings { get; } = new();

    public CapturingLogger Log { get; } = new();

    public int Sent => _sent.Count;

    private IReadOnlyList<ExecutionReport> Reports
    {
        get
        {
            lock (_gate)
            {
                return [.. _reports];
            }
        }
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The rig disposes of its exchange.")]
    public static async Task<EveryFaultRig> StartAsync(ContractVenue venue, long seed)
    {
        EveryFaultRig rig = new(await EveryFaultExchange.StartAsync(venue, seed), venue, seed);
        (await rig.Venue.StartAsync(TestContext.Current.CancellationToken)).ShouldBe(Results.VenueResult<bool>.Ok(true));
        rig._feeding = rig._feed.RunAsync(rig._stop.Token);
        await rig.Still(rig.BookDifference);
        return rig;
    }

    /// <summary>Does one thing: somebody else trades, and we place or cancel.</summary>
    public void Step()
    {
        Exchange.Stir(_random);
        IReadOnlyList<Exchanges.Trading.TrackedOrder> working = Venue.Tracker.Working;
        if (working.Count < MostInFlight && Sent < MostOrders)
        {
            Place();
        }
        else if (working.Count > 0 && _random.NextDouble() < 0.05)
        {
            Venue.Cancel(working[(int)(_random.NextDouble() * working.Count)].Id);
        }
    }

    public void CancelAll()
    {
        foreach (Exchanges.Trading.TrackedOrder order in Venue.Tracker.Working)
        {
            Venue.Cancel(order.Id);
        }
    }

    /// <summary>What differs between us and the exchange; null for nothing.</summary>
    public string? Difference() => OrderDifference()
        ?? Unequal("balances", Rounded(Holdings.Balances), Exchange.Balances)
        ?? (_isSpot ? null : Unequal("positions", Holdings.Positions, Exchange.Positions))
        ?? (Venue.Session.IsSuspect ? "the picture of the account is suspect" : null)
        ?? BookDifference();

    /// <summary>
    /// Waits until nothing differs. A stream whose last message was lost cannot know it before the next: the books go on moving, with time to
    /// look between.
    /// </summary>
    public Task Still(Func<string?> difference)
    {
        int looks = 0;
        return Eventually.Agrees(() =>
        {
            if (looks++ % 40 == 0)
            {
                Exchange.Nudge();
                return "not looked yet";
            }

            return difference();
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Venue.DisposeAsync();
        await _stop.CancelAsync();
        await _feeding;
        await Exchange.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
    }

    private static WebSocketConnectionOptions Hurried(WebSocketConnectionOptions options) => options with
    {
        BackOff = options.BackOff with { Base = TimeSpan.FromMilliseconds(20), Cap = TimeSpan.FromMilliseconds(200) },
        MaxAttempts = 1000,
    };

    private static Func<double> Jitter(long seed, int purpose)
    {
        RandomStream random = new(seed, purpose);
        Lock gate = new();
        return () =>
        {
            lock (gate)
            {
                return random.NextDouble();
            }
        };
    }

    private static string? Unequal<T>(string what, IReadOnlyList<T> ours, IReadOnlyList<T> truth) => ours.SequenceEqual(truth)
        ? null
        : $"{what}: ours without theirs [{string.Join("; ", ours.Except(truth))}], theirs without ours [{string.Join("; ", truth.Except(ours))}], {ours.Count} against {truth.Count}";

    // Some venues tell more decimals than others; eight are what all of them tell.
    private static IReadOnlyList<(string Asset, decimal Amount)> Rounded(IReadOnlyList<(string Asset, decimal Amount)> balances) =>
        [.. balances.Select(b => (b.Asset, decimal.Round(b.Amount, 8))).Where(b => b.Item2 != 0)];

    private TradingVenueOptions Options() => new()
    {
        Instruments = Instruments,
        Reports = Take,
        PriceOf = id => EveryFaultExchange.Symbols[id.Index].Start,
        AuditEvery = TimeSpan.FromSeconds(1),
        Unknown = new UnknownOutcomeOptions
        {
            QuietTime = TimeSpan.FromSeconds(1),
            AskAt = [.. Enumerable.Range(1, 20).Select(i => TimeSpan.FromMilliseconds(100 * i))],
            ThenEvery = TimeSpan.FromMilliseconds(500),
            SpanNeeded = TimeSpan.FromMilliseconds(500),
        },
        Tune = Hurried,
    };

    private void Place()
    {
        Instrument instrument = Instruments[_random.NextDouble() < 0.5 ? 0 : 1];
        bool isMarket = _random.NextDouble() < 0.3;
        decimal away = decimal.Round((decimal)_random.NextDouble() * 80) - 40;
        OrderIntent intent = new()
        {
            Instrument = instrument.Id,
            Side = _random.NextDouble() < 0.5 ? OrderSide.Buy : OrderSide.Sell,
            Type = isMarket ? OrderType.Market : OrderType.Limit,
            Size = new SizeLots(1 + (int)(_random.NextDouble() * 20)),
            Limit = isMarket ? default : instrument.ToTicks(EveryFaultExchange.Symbols[instrument.Id.Index].Start + (away * instrument.Definition.TickSize)),
        };
        ApprovedOrder order = new(new ClientOrderId(1, Sent + 1), default, in intent);
        _sent.Add(order);
        Venue.Submit(order);
    }

    private string? OrderDifference()
    {
        IReadOnlyList<ExecutionReport> reports = Reports;
        ILookup<ClientOrderId, ExecutionReport> byOrder = reports.ToLookup(r => r.Order);
        List<(string, ExchangeOrderStatus, decimal)> orders = [];
        List<TradeFact> fills = [];
        foreach (ApprovedOrder order in _sent)
        {
            Instrument instrument = Instruments[order.Intent.Instrument.Index];
            fills.AddRange(byOrder[order.Id].Where(r => r.Kind == ExecutionKind.Filled).Select(r => new TradeFact(
                instrument.Symbol, r.TradeId.ToString(), order.Id.ToString(), instrument.ToDecimal(r.Price), instrument.ToDecimal(r.Size), r.Fee)));
            if (StateOf(order, [.. byOrder[order.Id]]) is not { } state)
            {
                return $"nothing is known of {order.Id}: {string.Join(", ", byOrder[order.Id].Select(r => r.Kind))}";
            }

            if (state != ExchangeOrderStatus.Rejected)
            {
                orders.Add((order.Id.ToString(), state, instrument.ToDecimal(new SizeLots(byOrder[order.Id].Where(r => r.Kind == ExecutionKind.Filled).Sum(r => r.Size.Value)))));
            }
        }

        fills.Sort();
        orders.Sort();
        return Unequal("orders", orders, Exchange.Orders) ?? Unequal("fills", fills, Exchange.Fills);
    }

    // Where an order stands to somebody who knows nothing but the reports.
    private static ExchangeOrderStatus? StateOf(ApprovedOrder order, IReadOnlyList<ExecutionReport> reports)
    {
        long filled = reports.Where(r => r.Kind == ExecutionKind.Filled).Sum(r => r.Size.Value);
        ExecutionKind[] ends = [.. reports.Select(r => r.Kind).Where(k => k is ExecutionKind.Canceled or ExecutionKind.Expired or ExecutionKind.Rejected)];
        return (filled == order.Intent.Size.Value, ends) switch
        {
            (true, []) => ExchangeOrderStatus.Filled,
            (false, [ExecutionKind.Canceled]) => ExchangeOrderStatus.Canceled,
            (false, [ExecutionKind.Expired]) => ExchangeOrderStatus.Expired,
            (false, [ExecutionKind.Rejected]) => ExchangeOrderStatus.Rejected,
            (false, []) when reports.Count > 0 => filled > 0 ? ExchangeOrderStatus.PartiallyFilled : ExchangeOrderStatus.New,
            _ => null,
        };
    }

    private string? BookDifference()
    {
        while (_events.TryRead(out FeedItem item))
        {
            if (item.IsFault)
            {
                FeedFault fault = item.Fault;
                _market.Apply(in fault);
            }
            else if (item.Event.Kind is MarketEventKind.BookClear or MarketEventKind.BookLevel)
            {
                MarketEvent change = item.Event;
                _market.ApplyBook(in change);
            }
        }

        IReadOnlyList<SymbolStatus> shown = _feed.Read(Timestamp.From(TimeProvider.System.GetUtcNow()));
        foreach (Instrument instrument in Instruments)
        {
            if (shown[instrument.Id.Index].Book != BookState.Verified || _market.Book(instrument.Id) is not { } book)
            {
                return $"the book of {instrument.Symbol} is {shown[instrument.Id.Index].Book}";
            }

            DepthView truth = Exchange.Depth(instrument.Symbol);
            string? difference = Unequal(instrument.Symbol + " bids", Levels(instrument, book.Bids), [.. truth.Bids.Select(l => (l.Price, l.Quantity))])
                ?? Unequal(instrument.Symbol + " asks", Levels(instrument, book.Asks), [.. truth.Asks.Select(l => (l.Price, l.Quantity))]);
            if (difference is not null)
            {
                return difference;
            }
        }

        return null;
    }

    private static IReadOnlyList<(decimal Price, decimal Quantity)> Levels(Instrument instrument, BookSide side)
    {
        List<(decimal, decimal)> levels = [];
        foreach (BookLevel level in side)
        {
            levels.Add((instrument.ToDecimal(level.Price), instrument.ToDecimal(level.Size)));
        }

        return levels;
    }

    private void Take(ExecutionReport report)
    {
        lock (_gate)
        {
            _reports.Add(report);
        }
    }
}
