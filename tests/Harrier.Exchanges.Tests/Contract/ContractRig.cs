using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;
using Harrier.Simulation.Randomness;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Markets;
using Microsoft.Extensions.Logging.Abstractions;
using OrderKey = Harrier.Exchanges.Trading.OrderKey;

namespace Harrier.Exchanges.Tests.Contract;

/// <summary>The built-in exchange on free ports with a book that only the test moves, and our adapter connected to it.</summary>
internal sealed class ContractRig : IAsyncDisposable
{
    public const string Symbol = "BTCUSDT";
    public const string OtherSymbol = "ETHUSDT";
    public const decimal Bid = 64_990m;
    public const decimal Ask = 65_010m;
    private const long Seed = 7;
    private const decimal HouseSize = 50m;

    private readonly TestnetHost _host;
    private readonly ExchangeCore _core;
    private readonly ExchangeAccount _house;
    private readonly ExchangeAccount _account;
    private readonly HttpMessageInvoker _http;
    private readonly List<ExecutionReport> _reports = [];
    private readonly Lock _gate = new();
    private readonly JsonElement _ready;
    private readonly ContractVenue _venue;

    private ContractRig(TestnetHost host, (ExchangeCore Core, ExchangeAccount House) exchange, FaultInjector faults, ContractVenue venue)
    {
        (_host, _core, _house, Faults, _venue) = (host, exchange.Core, exchange.House, faults, venue);
        _account = _core.ByName(TestnetAccounts.DefaultName).ShouldNotBeNull();
        _ready = JsonDocument.Parse(host.ReadyLine).RootElement.GetProperty(venue.House);
        _http = RestTransport.Create();
        Credentials = CredentialsOf(_ready);
        Instrument = InstrumentOf(venue);
        Venue = Connect(Credentials);
    }

    public FaultInjector Faults { get; }

    public ApiCredentials Credentials { get; }

    public Instrument Instrument { get; }

    /// <summary>Where the venue's calls are served.</summary>
    public Uri Origin => new(Text("rest"));

    public TradingVenue Venue { get; }

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

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The host disposes of its front ends; a still market holds nothing.")]
    public static async Task<ContractRig> StartAsync(ContractVenue venue, bool connects = true, IReadOnlyDictionary<string, decimal>? balances = null)
    {
        TestnetOptions options = new() { Seed = Seed, IsUnlimited = true };
        FaultInjector faults = new(Seed);
        ServedMarket served = venue.Serve([Listing(Symbol, "BTC"), Listing(OtherSymbol, "ETH")], options, faults);
        foreach (ExchangeCore core in served.Cores)
        {
            _ = TestnetAccounts.OpenDefault(core, Seed, balances);
        }

        ExchangeAccount house;
        lock (served.Core.Gate)
        {
            house = served.Core.OpenAccount(new AccountTerms { Name = "house", IsHouse = true });
        }

        OperatorTools tools = new(faults, new MarketControl(served.Cores, new StillMarket()));
        TestnetHost host = await TestnetHost.StartAsync(options, [served.Origin], tools, TimeProvider.System, TestContext.Current.CancellationToken);
        ContractRig rig = new(host, (served.Core, house), faults, venue);
        rig.House(isSell: false, Bid, HouseSize);
        rig.House(isSell: true, Ask, HouseSize);
        if (connects)
        {
            (await rig.Venue.StartAsync(TestContext.Current.CancellationToken)).ShouldBe(VenueResult<bool>.Ok(true));
        }

        return rig;
    }

    /// <summary>Another adapter on the same exchange.</summary>
    /// <param name="credentials">Key and secret.</param>
    /// <param name="tune">Changes how the account is traded.</param>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The venue owns its account and disposes of it.")]
    public TradingVenue Connect(ApiCredentials credentials, Func<TradingVenueOptions, TradingVenueOptions>? tune = null)
    {
        VenueSurroundings surroundings = new(_http, new HttpSocketFactory(_http), TimeProvider.System, NullLogger.Instance) { Jitter = new RandomStream(Seed).NextDouble };
        TradingVenueOptions options = Options(Instrument, Take);
        return new TradingVenue(_venue.Open(new ContractAccount(_ready, credentials, [Symbol, OtherSymbol]), surroundings), tune?.Invoke(options) ?? options, surroundings);
    }

    /// <summary>What is traded, as an engine knows it.</summary>
    public static Instrument InstrumentOf(ContractVenue venue) => new(new InstrumentId(0), new InstrumentDefinition
    {
        Venue = new VenueId("sim-contract"),
        Symbol = Symbol,
        Kind = venue.IsSpot ? InstrumentKind.Spot : InstrumentKind.LinearPerpetual,
        Base = new Asset("BTC"),
        Quote = new Asset("USDT"),
        TickSize = 0.1m,
        LotSize = 0.001m,
    });

    /// <summary>The key of the default account.</summary>
    /// <param name="house">The part of the ready line that is about the venue.</param>
    public static ApiCredentials CredentialsOf(JsonElement house) => new(house.GetProperty("key").GetString()!, new Secret(house.GetProperty("secret").GetString()!));

    /// <summary>How the account is traded: as usual, and quick to look.</summary>
    public static TradingVenueOptions Options(Instrument instrument, Action<ExecutionReport> reports) => new()
    {
        Instruments = [instrument],
        Reports = reports,
        PriceOf = _ => 65_000m,
        AuditEvery = TimeSpan.FromSeconds(1),
        Unknown = new UnknownOutcomeOptions
        {
            QuietTime = TimeSpan.FromSeconds(1),
            AskAt = [.. Enumerable.Range(1, 20).Select(i => TimeSpan.FromMilliseconds(100 * i))],
            SpanNeeded = TimeSpan.FromMilliseconds(500),
        },
    };

    /// <summary>The part of the ready line that is about the venue.</summary>
    public string ReadyText => _ready.GetRawText();

    /// <summary>Places an order and, where that is answered by a receipt, waits until the venue shows what came of it.</summary>
    public async Task<VenueResult<VenueOrder>> PlaceAsync(OrderRequest order)
    {
        VenueResult<VenueOrder> placed = await Venue.Client.PlaceAsync(order, TestContext.Current.CancellationToken);
        return _venue.ConfirmsLater && placed.IsOk && placed.Value.Status == VenueOrderStatus.Unknown
            ? await ShownAsync(new OrderKey(order.Symbol, order.ClientId), static o => o.Status != VenueOrderStatus.Unknown)
            : placed;
    }

    /// <summary>Cancels an order and, where that is answered by a receipt, waits for its end.</summary>
    public async Task<VenueResult<VenueOrder>> CancelAsync(OrderKey key)
    {
        VenueResult<VenueOrder> canceled = await Venue.Client.CancelAsync(key, TestContext.Current.CancellationToken);
        return _venue.ConfirmsLater && canceled.IsOk ? await ShownAsync(key, static o => o.IsFinal) : canceled;
    }

    /// <summary>Changes an order and, where that is answered by a receipt, waits until it shows.</summary>
    public async Task<VenueResult<VenueOrder>> AmendAsync(OrderAmendment amendment)
    {
        VenueResult<VenueOrder> amended = await Venue.Client.AmendAsync(amendment, TestContext.Current.CancellationToken);
        return _venue.ConfirmsLater && amended.IsOk
            ? await ShownAsync(amendment.Key, o => o.Price == amendment.NewPrice && o.Quantity == amendment.NewQuantity)
            : amended;
    }

    /// <summary>Somebody else's limit order.</summary>
    public void House(bool isSell, decimal price, decimal quantity)
    {
        lock (_core.Gate)
        {
            _core.Place(_house, new NewOrder { Symbol = Symbol, IsSell = isSell, Type = ExchangeOrderType.Limit, Quantity = quantity, Price = price }).Refusal.ShouldBeNull();
        }
    }

    public void SetClockOffset(TimeSpan offset)
    {
        lock (_core.Gate)
        {
            _core.SetClockOffset(offset);
        }
    }

    public void Halt(string symbol = Symbol)
    {
        lock (_core.Gate)
        {
            _core.SetStatus(symbol, ListingStatus.Halted);
        }
    }

    /// <summary>The owner of our account cancels an order by hand.</summary>
    public void OwnerCancels(ClientOrderId id)
    {
        lock (_core.Gate)
        {
            ExchangeOrder order = _core.OpenOrders(_account, Symbol).Single(o => o.OwnClientId == id.ToString());
            _core.Cancel(_account, new Harrier.Testnet.Core.OrderKey(Symbol, order.Id, null)).Refusal.ShouldBeNull();
        }
    }

    /// <summary>Funding is paid now, at a rate.</summary>
    public void PayFunding(decimal rate)
    {
        lock (_core.Gate)
        {
            ListedInstrument contract = _core.Listings.Single(static one => one.Symbol == Symbol);
            _core.SetFundingRate(Symbol, rate);
            (contract.FundingRate, contract.NextFunding) = (rate, _core.Now);
            _core.Advance();
        }
    }

    /// <summary>The owner of our account trades by hand.</summary>
    public void OwnerSells(decimal quantity)
    {
        lock (_core.Gate)
        {
            _core.Place(_account, new NewOrder { Symbol = Symbol, IsSell = true, Type = ExchangeOrderType.Market, Quantity = quantity }).Refusal.ShouldBeNull();
        }
    }

    /// <summary>All orders of our account that the exchange ever took, oldest first, by our ids.</summary>
    public IReadOnlyList<string> TrueOrders()
    {
        lock (_core.Gate)
        {
            return [.. _core.OrderHistory(_account, Symbol, new HistoryRange { Limit = 1000 }).Select(o => o.OwnClientId)];
        }
    }

    public void SetTick(decimal tick)
    {
        lock (_core.Gate)
        {
            _core.SetTickSize(Symbol, tick);
        }
    }

    /// <summary>Balances as the exchange has them: asset, free, locked.</summary>
    public IReadOnlyList<(string Asset, decimal Free, decimal Locked)> TrueBalances()
    {
        lock (_core.Gate)
        {
            return [.. _account.Balances.Select(b => (b.Asset, b.Free, b.Locked))];
        }
    }

    public IReadOnlyList<string> TrueOpenClientIds()
    {
        lock (_core.Gate)
        {
            return [.. _core.OpenOrders(_account, Symbol).Select(o => o.ClientId)];
        }
    }

    public IReadOnlyList<(VenueTradeId Trade, string ClientId, decimal Price, decimal Quantity, decimal Fee)> TrueFills()
    {
        lock (_core.Gate)
        {
            return [.. _core.Fills(_account, Symbol, null, new HistoryRange { Limit = 1000 }).Select(f => (_venue.TradeIdOf(f, Seed), f.Order.ClientId, f.Price, f.Quantity, f.Fee))];
        }
    }

    public decimal TruePosition()
    {
        lock (_core.Gate)
        {
            return _account.Positions.Where(p => p.Instrument.Symbol == Symbol).Sum(p => p.Quantity);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Venue.DisposeAsync();
        await _host.DisposeAsync();
        _http.Dispose();
    }

    private static ListingTerms Listing(string symbol, string asset) => new()
    {
        Symbol = symbol,
        Base = asset,
        Quote = "USDT",
        TickSize = 0.1m,
        LotSize = 0.001m,
        MinPrice = 0.1m,
        MinQuantity = 0.001m,
        MinNotional = 5m,
        StartPrice = 65_000m,
    };

    private async Task<VenueResult<VenueOrder>> ShownAsync(OrderKey key, Func<VenueOrder, bool> isIt)
    {
        VenueResult<VenueOrder> shown = default;
        await Eventually.HoldsAsync(async () =>
        {
            shown = await Venue.Client.QueryAsync(key, TestContext.Current.CancellationToken);
            return shown.IsOk && isIt(shown.Value);
        }, "the venue shows the order");
        return shown;
    }

    private string Text(string name) => _ready.GetProperty(name).GetString()!;

    private void Take(ExecutionReport report)
    {
        lock (_gate)
        {
            _reports.Add(report);
        }
    }
}
