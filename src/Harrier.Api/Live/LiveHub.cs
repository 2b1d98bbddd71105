using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Harrier.Api.Hosting;
using Harrier.Api.Orders;
using Harrier.Api.Status;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;
using Harrier.Hosting.Portfolio;

namespace Harrier.Api.Live;

/// <summary>
/// Turns what happens in the run into messages of streams. Accounts put what they have to tell into a bounded queue and go on; writing JSON and waking clients is the work of a task of this service.
/// </summary>
internal sealed class LiveHub : IAsyncDisposable
{
    private const int LongestQueue = 1 << 13;
    private const int LooksBetweenHeartbeats = 120;
    private const int LooksBetweenActivity = 4;

    // While nobody listens no thread is woken for each trade: what is told is taken many at a time.
    private static readonly TimeSpan Unheard = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly ApiSources _sources;
    private readonly OrderBoard _orders;
    private readonly Channel<object> _told;
    private readonly Dictionary<(string Venue, string Symbol), string> _tellers = [];
    private readonly Dictionary<(string Account, string Bot), PositionAnswer> _positions = [];
    private readonly Dictionary<(string Venue, string Symbol), SymbolView> _prices = [];
    private readonly Dictionary<string, Timestamp> _looked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Account, string Bot), double> _confidence = new();
    private readonly CancellationTokenSource _ends = new();
    private readonly BookLane _books;
    private readonly Task _telling;
    private readonly Task _looking;
    private long _dropped;

    /// <summary>Listens to the run.</summary>
    /// <param name="sources">The run.</param>
    /// <param name="orders">Takes its orders.</param>
    public LiveHub(ApiSources sources, OrderBoard orders)
    {
        (_sources, _orders) = (sources, orders);
        DateTimeOffset now = sources.Time.GetUtcNow();
        Engine = new LiveStream("engine", now);
        Prices = new LiveStream("prices", now);
        Trades = new LiveStream("trades", now);
        Positions = new LiveStream("positions", now);
        BotStatus = new LiveStream("bot_status", now);
        _told = Channel.CreateBounded<object>(new BoundedChannelOptions(LongestQueue) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => Interlocked.Increment(ref _dropped));
        Measure(sources.Meter.Meter);
        sources.Desk.Events.Happened += OnHappened;
        sources.Desk.Live.Signaled += OnSignal;
        sources.Desk.Live.Traded += OnTrade;
        sources.Desk.Live.Ordered += OnOrder;
        sources.Desk.Live.Scanned += OnScan;
        _books = new BookLane(sources.Desk.Live, sources.Markets, (instrument, happened) => Engine.Publish(null, json => MarketMessages.Density(json, instrument, happened)));
        _telling = Task.Run(TellAsync);
        _looking = Task.Run(LookAsync);
    }

    /// <summary>What happens in engines.</summary>
    public LiveStream Engine { get; }

    /// <summary>Last prices, by symbol.</summary>
    public LiveStream Prices { get; }

    /// <summary>Trades of the markets.</summary>
    public LiveStream Trades { get; }

    /// <summary>Positions, by bot.</summary>
    public LiveStream Positions { get; }

    /// <summary>What guide 003 streams: executions and prices.</summary>
    public LiveStream BotStatus { get; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<LiveStream> Streams => [Engine, Prices, Trades, Positions, BotStatus];

    /// <summary>Has all clients look at once whether they may still listen.</summary>
    public void Recheck()
    {
        foreach (LiveStream stream in Streams)
        {
            stream.RecheckAll();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _sources.Desk.Events.Happened -= OnHappened;
        _sources.Desk.Live.Signaled -= OnSignal;
        _sources.Desk.Live.Traded -= OnTrade;
        _sources.Desk.Live.Ordered -= OnOrder;
        _sources.Desk.Live.Scanned -= OnScan;
        await _books.DisposeAsync().ConfigureAwait(false);
        _told.Writer.Complete();
        await _ends.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_telling, _looking).ConfigureAwait(false);
        _ends.Dispose();
    }

    private void Measure(Meter meter)
    {
        meter.CreateObservableGauge("harrier_api_live_clients", () => Streams.Select(static stream => new Measurement<int>(stream.Clients, new KeyValuePair<string, object?>("stream", stream.Name))), null, "Clients of a stream.");
        meter.CreateObservableCounter(
            "harrier_api_live_messages_total",
            () => Streams.Select(static stream => new Measurement<long>(stream.Last - stream.First + 1, new KeyValuePair<string, object?>("stream", stream.Name))),
            null,
            "Messages of a stream, each counted once for all its clients.");
        meter.CreateObservableCounter("harrier_api_live_dropped_total", () => Interlocked.Read(ref _dropped), null, "What accounts told faster than it could be made into messages.");
    }

    private void OnHappened(AccountEvent happened, LoggedEvent logged) => _told.Writer.TryWrite(happened);

    private void OnSignal(BotSignal signal) => _told.Writer.TryWrite(signal);

    // What the board shows must be whole: it takes orders on the account's thread, at the price of an entry in a table.
    private void OnOrder(BotOrder order)
    {
        _orders.Take(order);
        _told.Writer.TryWrite(order);
    }

    private void OnScan(string result) => _told.Writer.TryWrite(result);

    private void OnTrade(MarketTrade trade) => _told.Writer.TryWrite(trade);

    private async Task TellAsync()
    {
        while (await _told.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_told.Reader.TryRead(out object? told))
            {
                TryTell(told);
            }

            if (Streams.All(static stream => stream.Clients == 0))
            {
                await Task.Delay(Unheard, TimeProvider.System).ConfigureAwait(false);
            }
        }
    }

    private void TryTell(object told)
    {
        try
        {
            Tell(told);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // One message that cannot be made does not end the streams.
            Interlocked.Increment(ref _dropped);
        }
    }

    private void Tell(object told)
    {
        switch (told)
        {
            case MarketTrade trade:
                Tell(trade);
                break;
            case BotSignal signal:
                _confidence[(signal.Account, signal.Bot)] = signal.Signal.Confidence;
                Engine.Publish(null, json => EngineMessages.Signal(json, signal));
                break;
            case BotOrder order when order.Step != "working":
                Engine.Publish(null, json => EngineMessages.Order(json, order));
                break;
            case string scan:
                Engine.Publish(null, json => EngineMessages.Scan(json, Timestamp.From(_sources.Time.GetUtcNow()), scan));
                break;
            case AccountEvent happened:
                Tell(happened);
                break;
        }
    }

    // Accounts at one market hear the same trades: those of the first that told one are taken.
    private void Tell(MarketTrade trade)
    {
        (string, string) market = (trade.Venue.Name, trade.Symbol);
        if (_tellers.TryAdd(market, trade.Account) || _tellers[market] == trade.Account)
        {
            _sources.Markets.Add(trade);
            Trades.Publish(null, json => MarketMessages.Trade(json, trade));
        }
    }

    private void Tell(AccountEvent happened)
    {
        if (EngineMessages.IsTold(happened))
        {
            Engine.Publish(null, json => EngineMessages.Happened(json, happened));
        }

        if (happened is DecisionChanged { Decision.Status: DecisionStatus.Executed } executed)
        {
            BotStatus.Publish(null, json => BotStatusMessages.TradeExecuted(json, executed));
        }

        if (happened is BotFilled filled)
        {
            double? confidence = _confidence.TryGetValue((filled.Account, filled.Bot), out double known) ? known : null;
            BotStatus.Publish(null, json => BotStatusMessages.TradeExecuted(json, filled, confidence));
        }
    }

    private async Task LookAsync()
    {
        using PeriodicTimer timer = new(LookEvery, TimeProvider.System);
        try
        {
            for (int looks = 0; await timer.WaitForNextTickAsync(_ends.Token).ConfigureAwait(false); looks++)
            {
                foreach (AccountStatus account in _sources.Desk.Status)
                {
                    Look(account);
                }

                if (looks % LooksBetweenActivity == 0)
                {
                    TellActivity(Timestamp.From(_sources.Time.GetUtcNow()));
                }

                if (looks % LooksBetweenHeartbeats == LooksBetweenHeartbeats - 1)
                {
                    Engine.Publish(null, json => LiveProtocols.Heartbeat(json, _sources));
                }

                // Clients whose stream is quiet look too whether what let them in still holds.
                foreach (LiveStream stream in Streams)
                {
                    stream.WakeAll();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The service ends.
        }
    }

    private void TellActivity(Timestamp now)
    {
        _sources.Markets.Tick(now);
        foreach (string symbol in _sources.Markets.Symbols)
        {
            if (_sources.Markets.Find(symbol) is { } market)
            {
                Engine.Publish(null, json => MarketMessages.Activity(json, now, market));
            }
        }
    }

    private void Look(AccountStatus account)
    {
        if (_looked.GetValueOrDefault(account.Name) == account.Time)
        {
            return;
        }

        _looked[account.Name] = account.Time;
        Engine.Publish(null, json => EngineMessages.EngineUpdate(json, account));
        foreach (SymbolView symbol in account.Symbols)
        {
            if (symbol.Last is not null && _prices.GetValueOrDefault((account.Venue.Name, symbol.Symbol)) != symbol)
            {
                _prices[(account.Venue.Name, symbol.Symbol)] = symbol;
                Prices.Publish(symbol.Symbol, json => MarketMessages.Price(json, account.Time, symbol));
                BotStatus.Publish(symbol.Symbol, json => MarketMessages.PairPrice(json, account.Time, symbol));
            }
        }

        foreach (BotStatus bot in account.Bots)
        {
            Look(account, PositionAnswer.Of(account, bot));
        }
    }

    private void Look(AccountStatus account, PositionAnswer position)
    {
        PositionAnswer? before = _positions.GetValueOrDefault((position.Account, position.Bot));
        if (before == position)
        {
            return;
        }

        _positions[(position.Account, position.Bot)] = position;
        Positions.Publish($"{position.Account}/{position.Bot}", json => PositionMessages.Update(json, account.Time, position));
        bool wasFlat = before is null or { Side: "flat" };
        if (!wasFlat || position.Side != "flat")
        {
            Engine.Publish(null, json => EngineMessages.Position(json, wasFlat ? "POSITION_OPEN" : "POSITION_UPDATE", account.Time, position));
        }
    }
}
