using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Venues;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Transport;
using Harrier.Simulation.Randomness;
using Harrier.Testnet.Binance;
using Harrier.Testnet.Binance.Linear;
using Harrier.Testnet.Binance.Spot;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Markets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Exchanges.Tests.Contract;

/// <summary>The built-in exchange on free ports with a book that only the test moves, and our adapter connected to it.</summary>
internal sealed class ContractRig : IAsyncDisposable
{
    public const string Symbol = "BTCUSDT";
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
    private readonly BinanceMarket _market;

    private ContractRig(TestnetHost host, (ExchangeCore Core, ExchangeAccount House) exchange, FaultInjector faults, BinanceMarket market)
    {
        (_host, _core, _house, Faults, _market) = (host, exchange.Core, exchange.House, faults, market);
        _account = _core.ByName(TestnetAccounts.DefaultName).ShouldNotBeNull();
        _ready = JsonDocument.Parse(host.ReadyLine).RootElement.GetProperty("binance");
        _http = RestTransport.Create();
        Credentials = new ApiCredentials(Text("key"), new Secret(Text("secret")));
        Instrument = new Instrument(new InstrumentId(0), new InstrumentDefinition
        {
            Venue = new VenueId("sim-contract"),
            Symbol = Symbol,
            Kind = market == BinanceMarket.Spot ? InstrumentKind.Spot : InstrumentKind.LinearPerpetual,
            Base = new Asset("BTC"),
            Quote = new Asset("USDT"),
            TickSize = 0.1m,
            LotSize = 0.001m,
        });
        Venue = Connect(Credentials);
    }

    public FaultInjector Faults { get; }

    public ApiCredentials Credentials { get; }

    public Instrument Instrument { get; }

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
    public static async Task<ContractRig> StartAsync(BinanceMarket market, bool connects = true)
    {
        MarketFacts spot = Facts(MarketKind.Spot);
        MarketFacts linear = Facts(MarketKind.Linear);
        ExchangeCore core = market == BinanceMarket.Spot ? spot.Core : linear.Core;
        _ = TestnetAccounts.OpenDefault(spot.Core, Seed);
        _ = TestnetAccounts.OpenDefault(linear.Core, Seed);
        ExchangeAccount house;
        lock (core.Gate)
        {
            house = core.OpenAccount(new AccountTerms { Name = "house", IsHouse = true });
        }

        TestnetOptions options = new() { Seed = Seed, IsUnlimited = true };
        FaultInjector faults = new(Seed);
        HostedMarket[] markets =
        [
            new(spot, new SpotFrontEnd(spot, options, faults, TimeProvider.System)),
            new(linear, new LinearFrontEnd(linear, options, faults, TimeProvider.System)),
        ];
        OperatorTools tools = new(faults, new MarketControl([spot.Core, linear.Core], new StillMarket()));
        TestnetHost host = await TestnetHost.StartAsync(
            options, [BinanceOrigin.Of(Seed, markets)], tools, TimeProvider.System, TestContext.Current.CancellationToken);
        ContractRig rig = new(host, (core, house), faults, market);
        rig.House(isSell: false, Bid, HouseSize);
        rig.House(isSell: true, Ask, HouseSize);
        if (connects)
        {
            (await rig.Venue.StartAsync(TestContext.Current.CancellationToken)).ShouldBe(Results.VenueResult<bool>.Ok(true));
        }

        return rig;
    }

    /// <summary>Another adapter on the same exchange.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The venue owns its account and disposes of it.")]
    public TradingVenue Connect(ApiCredentials credentials)
    {
        VenueSurroundings surroundings = new(_http, new HttpSocketFactory(_http), TimeProvider.System, NullLogger.Instance) { Jitter = new RandomStream(Seed).NextDouble };
        BinanceAccountOptions account = new()
        {
            Market = _market,
            Endpoints = BinanceEndpoints.At(new Uri(Text("rest")), new Uri(Text("ws")), new Uri(Text("wsApi"))),
            Credentials = credentials,
            Symbols = [Symbol],
        };
        TradingVenueOptions options = new()
        {
            Instruments = [Instrument],
            Reports = Take,
            PriceOf = _ => 65_000m,
            AuditEvery = TimeSpan.FromSeconds(1),
            Unknown = new UnknownOutcomeOptions
            {
                QuietTime = TimeSpan.FromSeconds(1),
                AskAt = [.. Enumerable.Range(1, 20).Select(i => TimeSpan.FromMilliseconds(100 * i))],
                SpanNeeded = TimeSpan.FromMilliseconds(500),
            },
        };
        return new TradingVenue(new BinanceAccount(account, BinanceAccount.RequestsOf(account, surroundings), surroundings), options, surroundings);
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

    public void Halt()
    {
        lock (_core.Gate)
        {
            _core.SetStatus(Symbol, ListingStatus.Halted);
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

    public IReadOnlyList<(long Trade, string ClientId, decimal Price, decimal Quantity, decimal Fee)> TrueFills()
    {
        lock (_core.Gate)
        {
            return [.. _core.Fills(_account, Symbol, null, new HistoryRange { Limit = 1000 }).Select(f => (f.TradeId, f.Order.ClientId, f.Price, f.Quantity, f.Fee))];
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

    private static MarketFacts Facts(MarketKind kind)
    {
        ListingTerms terms = new()
        {
            Symbol = Symbol,
            Base = "BTC",
            Quote = "USDT",
            TickSize = 0.1m,
            LotSize = 0.001m,
            MinPrice = 0.1m,
            MinQuantity = 0.001m,
            MinNotional = 5m,
            StartPrice = 65_000m,
        };
        ExchangeCore core = new(new ExchangeCoreOptions { Kind = kind, Listings = [terms], MakerFee = 0.0002m, TakerFee = 0.0005m }, TimeProvider.System);
        CandleStore candles = new(core, CandleStoreOptions.For(1));
        return new MarketFacts(core, candles, new TickerWindow(core, candles));
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
