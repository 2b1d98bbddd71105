using Harrier.Testnet.Binance;
using Harrier.Testnet.Binance.Linear;
using Harrier.Testnet.Binance.Spot;
using Harrier.Testnet.Bybit;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Markets;
using Harrier.Testnet.Uphold;
using Microsoft.Extensions.Logging;

namespace Harrier.Testnet;

// What is created here is owned by the exchange that is returned and disposed with it, which the analyzer cannot follow.
#pragma warning disable CA2000

/// <summary>An exchange in a box: its markets, what moves them, and the venues' protocols in front, all on loopback.</summary>
public sealed class BuiltInExchange : IAsyncDisposable
{
    private readonly IReadOnlyList<IDisposable> _owned;

    private BuiltInExchange(TestnetHost host, FaultInjector faults, IReadOnlyList<HostedMarket> markets, IMarketDriver driver)
    {
        (Host, Faults, Markets, Driver) = (host, faults, markets, driver);
        _owned = [.. markets.Select(m => m.FrontEnd).OfType<IDisposable>()];
    }

    /// <summary>Where it is served.</summary>
    public TestnetHost Host { get; }

    /// <summary>What goes wrong.</summary>
    public FaultInjector Faults { get; }

    /// <summary>Its markets.</summary>
    public IReadOnlyList<HostedMarket> Markets { get; }

    /// <summary>What moves its prices.</summary>
    public IMarketDriver Driver { get; }

    /// <summary>The market of a venue.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public HostedMarket Market(string venue) => Markets.First(m => m.FrontEnd.Venue == venue);

    /// <summary>Starts it.</summary>
    /// <param name="options">What it lists.</param>
    /// <param name="time">Clock of everything.</param>
    /// <param name="logger">Hears of failures of the market.</param>
    /// <param name="stop">Gives up starting.</param>
    /// <exception cref="ArgumentException">A symbol is none, twice, or not in the recording; or a venue is none of its own.</exception>
    /// <exception cref="PortInUseException">A port is taken; nothing is left running.</exception>
    public static async Task<BuiltInExchange> StartAsync(
        BuiltInExchangeOptions options, TimeProvider time, ILogger? logger = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        IReadOnlyList<ListingTerms> listings = options.Recording is { } recording
            ? ListingPlan.Of(recording, options.Symbols)
            : ListingPlan.Synthetic(options.Symbols.Count == 0 ? BuiltInExchangeOptions.DefaultSymbols : options.Symbols);
        FaultInjector faults = new(options.Host.Seed);
        MarketFacts spot = Facts(new ExchangeCoreOptions { Kind = MarketKind.Spot, Listings = listings }, time);
        MarketFacts linear = Facts(
            new ExchangeCoreOptions { Kind = MarketKind.Linear, Listings = listings, MakerFee = 0.0002m, TakerFee = 0.0005m }, time);
        IReadOnlyList<HostedMarket> binance =
        [
            new(spot, new SpotFrontEnd(spot, options.Host, faults, time)),
            new(linear, new LinearFrontEnd(linear, options.Host, faults, time)),
        ];
        BybitVenue bybit = Bybit(listings, options.Host, faults, time);
        IReadOnlyList<HostedMarket> markets = [.. binance, .. bybit.Markets];
        IMarketDriver driver = options.IsDriven ? Drive(options, Moving(options.Venues, markets), time, logger) : StillMarket.Instance;
        MarketFacts broker = Facts(new ExchangeCoreOptions { Kind = MarketKind.Spot, Listings = [] }, time);
        HostedMarket uphold = new(broker, new UpholdFrontEnd(broker, spot.Core, options.Host, (faults, options.Uphold, time)));
        markets = [.. markets, uphold];
        long seed = options.Host.Seed;
        IReadOnlyList<HostedOrigin> origins = [BinanceOrigin.Of(seed, binance), BybitOrigin.Of(seed, bybit), UpholdOrigin.Of(seed, uphold)];
        foreach (HostedMarket market in markets)
        {
            _ = TestnetAccounts.OpenDefault(market.Facts.Core, seed, market.OpeningBalances);
        }

        driver.Start();
        return new BuiltInExchange(await ServeAsync(options.Host, (origins, faults), driver, time, stop), faults, markets, driver);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Driver.DisposeAsync();
        await Host.DisposeAsync();
        foreach (IDisposable owned in _owned)
        {
            owned.Dispose();
        }
    }

    private static async Task<TestnetHost> ServeAsync(
        TestnetOptions options, (IReadOnlyList<HostedOrigin> Origins, FaultInjector Faults) served, IMarketDriver driver, TimeProvider time, CancellationToken stop)
    {
        OperatorTools tools = new(served.Faults, new MarketControl([.. served.Origins.SelectMany(o => o.Markets).Select(m => m.Facts.Core)], driver));
        try
        {
            return await TestnetHost.StartAsync(options, served.Origins, tools, time, stop);
        }
        catch (PortInUseException)
        {
            await driver.DisposeAsync();
            throw;
        }
    }

    private static BybitVenue Bybit(IReadOnlyList<ListingTerms> listings, TestnetOptions options, FaultInjector faults, TimeProvider time)
    {
        MarketFacts spot = Facts(BybitVenue.CoreOptions(listings), time);
        return new BybitVenue(spot, Facts(BybitVenue.CoreOptions(listings, spot.Core), time), options, faults, time);
    }

    private static MarketFacts Facts(ExchangeCoreOptions options, TimeProvider time)
    {
        ExchangeCore core = new(options, time);
        CandleStore candles = new(core, CandleStoreOptions.For(options.Listings.Count));
        return new MarketFacts(core, candles, new TickerWindow(core, candles));
    }

    private static IReadOnlyList<MarketFacts> Moving(IReadOnlyList<string> venues, IReadOnlyList<HostedMarket> markets)
    {
        string[] names = [.. markets.Select(static market => market.FrontEnd.Venue)];
        return venues.Except(names, StringComparer.Ordinal).Any()
            ? throw new ArgumentException($"one of {string.Join(", ", names)}", nameof(venues))
            : [.. markets.Where(market => venues.Count == 0 || venues.Contains(market.FrontEnd.Venue)).Select(static market => market.Facts)];
    }

    private static IMarketDriver Drive(BuiltInExchangeOptions options, IReadOnlyList<MarketFacts> markets, TimeProvider time, ILogger? logger)
    {
        IReadOnlyList<ExchangeCore> cores = [.. markets.Select(m => m.Core)];
        if (options.Recording is { } recording)
        {
            return new ReplayDriver(cores, recording, new ReplayOptions { Speed = options.Speed }, time, logger);
        }

        SyntheticOrderFlowOptions flow = MarketHistory.Seed(
            [.. markets.Select(m => (m.Core, m.Candles))],
            new SyntheticOrderFlowOptions { Seed = options.Host.Seed },
            HistoryLength.For(cores[0].Listings.Count));
        return new SyntheticOrderFlow(cores, flow, time, logger);
    }
}
