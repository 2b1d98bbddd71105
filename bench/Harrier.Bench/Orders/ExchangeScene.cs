using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;
using Harrier.Simulation.Randomness;
using Harrier.Testnet;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Bench.Orders;

/// <summary>A built-in exchange on free ports with its five default symbols and its synthetic market, without request limits.</summary>
internal sealed class ExchangeScene : IAsyncDisposable
{
    public const string Symbol = "BTCUSDT";
    private const long Seed = 7;

    private readonly BuiltInExchange _exchange;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _http = RestTransport.Create();
    private TradingVenue? _venue;

    private ExchangeScene(BuiltInExchange exchange, TimeProvider time)
    {
        _exchange = exchange;
        _time = time;
        JsonElement ready = JsonDocument.Parse(exchange.Host.ReadyLine).RootElement.GetProperty("binance");
        Rest = new Uri(ready.GetProperty("rest").GetString()!);
        Sockets = new Uri(ready.GetProperty("ws").GetString()!);
        Key = ready.GetProperty("key").GetString()!;
        Secret = ready.GetProperty("secret").GetString()!;
        ExchangeCore core = exchange.Market("binance-spot").Facts.Core;
        lock (core.Gate)
        {
            FarBelow = Math.Floor(core.Listings.First(one => one.Symbol == Symbol).LastPrice * 0.9m);
        }
    }

    public Uri Rest { get; }

    public Uri Sockets { get; }

    public string Key { get; }

    public string Secret { get; }

    /// <summary>A price at which an order rests and is not met.</summary>
    public decimal FarBelow { get; }

    public static async Task<ExchangeScene> StartAsync(TimeProvider time)
    {
        BuiltInExchangeOptions options = new() { Host = new TestnetOptions { Seed = Seed, IsUnlimited = true } };
        return new ExchangeScene(await BuiltInExchange.StartAsync(options, time), time);
    }

    /// <summary>Connects our adapter, its private stream included.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The venue owns its account and disposes of it.")]
    public async Task<TradingClient> ConnectAsync()
    {
        Instrument instrument = new(new InstrumentId(0), new InstrumentDefinition
        {
            Venue = new VenueId("bench"),
            Symbol = Symbol,
            Base = new Asset("BTC"),
            Quote = new Asset("USDT"),
            TickSize = 0.01m,
            LotSize = 0.00001m,
        });
        VenueSurroundings surroundings = new(_http, new HttpSocketFactory(_http), _time, NullLogger.Instance) { Jitter = new RandomStream(Seed).NextDouble };
        BinanceAccountOptions options = new()
        {
            Market = BinanceMarket.Spot,
            Endpoints = BinanceEndpoints.At(Rest, Sockets, Sockets),
            Credentials = new ApiCredentials(Key, new Secret(Secret)),
            Symbols = [Symbol],
        };
        BinanceAccount account = new(options, BinanceAccount.RequestsOf(options, surroundings), surroundings);
        _venue = new TradingVenue(account, new TradingVenueOptions { Instruments = [instrument], Reports = static _ => { } }, surroundings);
        return (await _venue.StartAsync(CancellationToken.None)).IsOk ? _venue.Client : throw new InvalidOperationException("the adapter did not start");
    }

    /// <summary>Now, as requests are stamped.</summary>
    public string Stamp() => _time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        if (_venue is not null)
        {
            await _venue.DisposeAsync();
        }

        _http.Dispose();
        await _exchange.DisposeAsync();
    }
}
