using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Harrier.Simulation.Randomness;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Markets;

namespace Harrier.Exchanges.Tests.Contract;

/// <summary>The built-in exchange with two symbols, moved by a house account, and what is true in it.</summary>
internal sealed class EveryFaultExchange : IAsyncDisposable
{
    private const decimal Deep = 50m;

    private readonly TestnetHost _host;
    private readonly ExchangeCore _core;
    private readonly ExchangeAccount _house;
    private readonly ExchangeAccount _account;
    private readonly JsonElement _ready;
    private readonly ContractVenue _venue;
    private readonly long _seed;

    private EveryFaultExchange(TestnetHost host, (ExchangeCore Core, ExchangeAccount House) exchange, FaultInjector faults, (ContractVenue Venue, long Seed) under)
    {
        (_host, _core, _house, Faults) = (host, exchange.Core, exchange.House, faults);
        (_venue, _seed) = under;
        _account = _core.ByName(TestnetAccounts.DefaultName).ShouldNotBeNull();
        _ready = JsonDocument.Parse(host.ReadyLine).RootElement.GetProperty(under.Venue.House);
        Credentials = new ApiCredentials(Text("key"), new Secret(Text("secret")));
        foreach (MarketSymbol symbol in Symbols)
        {
            Trade(symbol.Name, isSell: false, symbol.Start - (100 * symbol.Tick), Deep);
            Trade(symbol.Name, isSell: true, symbol.Start + (100 * symbol.Tick), Deep);
        }
    }

    public static IReadOnlyList<MarketSymbol> Symbols { get; } =
        [new("BTCUSDT", "BTC", 65_000m, 0.1m), new("ETHUSDT", "ETH", 3_000m, 0.01m)];

    public FaultInjector Faults { get; }

    public ApiCredentials Credentials { get; }

    public string SecretText => Text("secret");

    public ContractAccount Account => new(_ready, Credentials, [.. Symbols.Select(s => s.Name)]);

    /// <summary>Balances, both parts together: asset and amount, with the eight decimals that messages have.</summary>
    public IReadOnlyList<(string Asset, decimal Amount)> Balances
    {
        get
        {
            lock (_core.Gate)
            {
                return [.. _account.Balances.Select(b => (b.Asset, decimal.Round(b.Free + b.Locked, 8))).Where(b => b.Item2 != 0).Order()];
            }
        }
    }

    public IReadOnlyList<(string Symbol, decimal Quantity)> Positions
    {
        get
        {
            lock (_core.Gate)
            {
                return [.. _account.Positions.Where(p => p.Quantity != 0).Select(p => (p.Instrument.Symbol, p.Quantity)).Order()];
            }
        }
    }

    /// <summary>All orders, open and ended: client id, status, executed.</summary>
    public IReadOnlyList<(string ClientId, ExchangeOrderStatus Status, decimal Executed)> Orders
    {
        get
        {
            lock (_core.Gate)
            {
                return [.. Symbols.SelectMany(s => _core.OrderHistory(_account, s.Name, new HistoryRange { Limit = 1000 }))
                    .Select(o => (o.OwnClientId, o.Status == ExchangeOrderStatus.ExpiredInMatch ? ExchangeOrderStatus.Expired : o.Status, o.Executed)).Order()];
            }
        }
    }

    public IReadOnlyList<TradeFact> Fills
    {
        get
        {
            lock (_core.Gate)
            {
                return [.. Symbols.SelectMany(s => _core.Fills(_account, s.Name, null, new HistoryRange { Limit = 1000 }))
                    .Select(f => new TradeFact(f.Order.Instrument.Symbol, _venue.TradeIdOf(f, _seed).ToString(), f.Order.OwnClientId, f.Price, f.Quantity, f.Fee)).Order()];
            }
        }
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The host disposes of its front ends; a still market holds nothing.")]
    public static async Task<EveryFaultExchange> StartAsync(ContractVenue venue, long seed)
    {
        TestnetOptions options = new() { Seed = seed, IsUnlimited = true };
        FaultInjector faults = new(seed);
        ServedMarket served = venue.Serve(Listings(), options, faults);
        foreach (ExchangeCore core in served.Cores)
        {
            _ = TestnetAccounts.OpenDefault(core, seed);
        }

        ExchangeAccount house;
        lock (served.Core.Gate)
        {
            house = served.Core.OpenAccount(new AccountTerms { Name = "house", IsHouse = true });
        }

        OperatorTools tools = new(faults, new MarketControl(served.Cores, new StillMarket()));
        TestnetHost host = await TestnetHost.StartAsync(options, [served.Origin], tools, TimeProvider.System, TestContext.Current.CancellationToken);
        return new EveryFaultExchange(host, (served.Core, house), faults, (venue, seed));
    }

    /// <summary>Somebody else trades, so that books move and our orders are taken.</summary>
    public void Stir(RandomStream random)
    {
        MarketSymbol symbol = Symbols[random.NextDouble() < 0.5 ? 0 : 1];
        decimal away = symbol.Tick * decimal.Round((decimal)random.NextDouble() * 60);
        bool isSell = random.NextDouble() < 0.5;
        bool takes = random.NextDouble() < 0.3;
        decimal price = symbol.Start + (isSell == takes ? -away : away);
        Trade(symbol.Name, isSell, price, 0.001m * (1 + decimal.Floor((decimal)random.NextDouble() * 8)));
    }

    /// <summary>Changes each book far from where anybody trades, so that its stream has something to say.</summary>
    public void Nudge()
    {
        foreach (MarketSymbol symbol in Symbols)
        {
            Trade(symbol.Name, isSell: false, symbol.Start - (500 * symbol.Tick), 0.001m);
        }
    }

    public DepthView Depth(string symbol)
    {
        lock (_core.Gate)
        {
            return _core.Depth(symbol, 5000);
        }
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private void Trade(string symbol, bool isSell, decimal price, decimal quantity)
    {
        lock (_core.Gate)
        {
            _core.Place(_house, new NewOrder { Symbol = symbol, IsSell = isSell, Type = ExchangeOrderType.Limit, Quantity = quantity, Price = price }).Refusal.ShouldBeNull();
        }
    }

    private static ListingTerms[] Listings() => [.. Symbols.Select(s => new ListingTerms
        {
            Symbol = s.Name,
            Base = s.Base,
            Quote = "USDT",
            TickSize = s.Tick,
            LotSize = 0.001m,
            MinPrice = s.Tick,
            MinQuantity = 0.001m,
            MinNotional = 1m,
            StartPrice = s.Start,
        })];

    private string Text(string name) => _ready.GetProperty(name).GetString()!;
}

/// <summary>What a symbol of the test exchange is.</summary>
internal sealed record MarketSymbol(string Name, string Base, decimal Start, decimal Tick);

/// <summary>An execution, from either side.</summary>
internal readonly record struct TradeFact(string Symbol, string TradeId, string ClientId, decimal Price, decimal Quantity, decimal Fee) : IComparable<TradeFact>
{
    public int CompareTo(TradeFact other) => string.CompareOrdinal(Symbol + TradeId, other.Symbol + other.TradeId);
}
