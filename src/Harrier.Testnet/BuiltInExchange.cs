using Harrier.Testnet.Binance;
using Harrier.Testnet.Binance.Linear;
using Harrier.Testnet.Binance.Spot;
using Harrier.Testnet.Bybit;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Keeping;
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
    private readonly ExchangeMemory? _memory;

    private BuiltInExchange(TestnetHost host, FaultInjector faults, IReadOnlyList<HostedMarket> markets, (IMarketDriver Driver, ExchangeMemory? Memory) parts)
    {
        (Host, Faults, Markets, Driver, _memory) = (host, faults, markets, parts.Driver, parts.Memory);
        _owned = [.. markets.Select(m => m.FrontEnd).OfType<IDisposable>()];
    }

    /// <summary>Where it is served.</summary>
    public TestnetHost Host { get; }

    /// <summary>What goes wrong.</summary>
    public FaultInjector Faults { get; }

    /// <summary>True when it goes on where an earlier process stopped.</summary>
    public bool IsContinued { get; private init; }

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
    /// <exception cref="InvalidDataException">What was kept cannot be read by this program.</exception>
    public static async Task<BuiltInExchange> StartAsync(
        BuiltInExchangeOptions options, TimeProvider time, ILogger? logger = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ExchangeMemory? memory = options.KeptIn is { } file ? ExchangeMemory.Open(file, options.Warn) : null;
        try
        {
            return await StartAsync(options, memory, (time, logger), stop);
        }
        catch
        {
            memory?.Dispose();
            throw;
        }
    }

    private static async Task<BuiltInExchange> StartAsync(
        BuiltInExchangeOptions options, ExchangeMemory? memory, (TimeProvider Time, ILogger? Logger) around, CancellationToken stop)
    {
        KeptState? kept = memory?.State;
        IReadOnlyList<ListingTerms> listings = Listings(options, kept);
        TimeProvider time = around.Time;
        FaultInjector faults = new(options.Host.Seed);
        MarketFacts Watched(string venue, MarketFacts facts)
        {
            memory?.Watch(venue, facts.Core);
            return facts;
        }

        MarketFacts spot = Watched(SpotFrontEnd.VenueName, Facts(new ExchangeCoreOptions { Kind = MarketKind.Spot, Listings = listings }, time));
        MarketFacts linear = Watched(
            LinearFrontEnd.VenueId, Facts(new ExchangeCoreOptions { Kind = MarketKind.Linear, Listings = listings, MakerFee = 0.0002m, TakerFee = 0.0005m }, time));
        IReadOnlyList<HostedMarket> binance =
        [
            new(spot, new SpotFrontEnd(spot, options.Host, faults, time)),
            new(linear, new LinearFrontEnd(linear, options.Host, faults, time)),
        ];
        BybitVenue bybit = Bybit(listings, options.Host, faults, (time, Watched));
        IReadOnlyList<HostedMarket> markets = [.. binance, .. bybit.Markets];
        IMarketDriver driver = options.IsDriven ? Drive(options, Moving(options.Venues, markets), around, kept) : StillMarket.Instance;
        MarketFacts broker = Watched(UpholdFrontEnd.VenueName, Facts(new ExchangeCoreOptions { Kind = MarketKind.Spot, Listings = [] }, time));
        HostedMarket uphold = new(broker, new UpholdFrontEnd(broker, spot.Core, options.Host, (faults, options.Uphold, time)));
        markets = [.. markets, uphold];
        long seed = options.Host.Seed;
        IReadOnlyList<HostedOrigin> origins = [BinanceOrigin.Of(seed, binance), BybitOrigin.Of(seed, bybit), UpholdOrigin.Of(seed, uphold)];
        foreach (HostedMarket market in markets)
        {
            bool isKnown = kept?.Knows(market.FrontEnd.Venue, TestnetAccounts.DefaultName) == true;
            _ = TestnetAccounts.OpenDefault(market.Facts.Core, seed, isKnown ? new Dictionary<string, decimal>() : market.OpeningBalances);
        }

        memory?.Restore(seed);
        memory?.Begin();
        driver.Start();
        Finish(markets);
        TestnetHost host = await ServeAsync(options.Host, (origins, faults), driver, time, stop);
        return new BuiltInExchange(host, faults, markets, (driver, memory)) { IsContinued = kept is not null };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Driver.DisposeAsync();
        await Host.DisposeAsync();
        _memory?.Dispose();
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

    // Symbols that were traded before are listed again, whether they are asked for or not.
    private static IReadOnlyList<ListingTerms> Listings(BuiltInExchangeOptions options, KeptState? kept)
    {
        if (options.Recording is { } recording)
        {
            return ListingPlan.Of(recording, options.Symbols);
        }

        IReadOnlyList<string> asked = options.Symbols.Count == 0 ? BuiltInExchangeOptions.DefaultSymbols : options.Symbols;
        IEnumerable<string> more = kept?.Symbols.Except(asked.Select(ListingPlan.NameOf), StringComparer.Ordinal) ?? [];
        return ListingPlan.Synthetic([.. asked, .. more]);
    }

    private static BybitVenue Bybit(
        IReadOnlyList<ListingTerms> listings, TestnetOptions options, FaultInjector faults, (TimeProvider Time, Func<string, MarketFacts, MarketFacts> Watched) parts)
    {
        MarketFacts spot = parts.Watched(BybitMarkets.Venue + "-spot", Facts(BybitVenue.CoreOptions(listings), parts.Time));
        MarketFacts linear = parts.Watched(BybitMarkets.Venue + "-linear", Facts(BybitVenue.CoreOptions(listings, spot.Core), parts.Time));
        return new BybitVenue(spot, linear, options, faults, parts.Time);
    }

    private static void Finish(IReadOnlyList<HostedMarket> markets)
    {
        foreach (HostedMarket market in markets)
        {
            lock (market.Facts.Core.Gate)
            {
                market.Facts.Core.Finish();
            }
        }
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

    private static IMarketDriver Drive(BuiltInExchangeOptions options, IReadOnlyList<MarketFacts> markets, (TimeProvider Time, ILogger? Logger) around, KeptState? kept)
    {
        IReadOnlyList<ExchangeCore> cores = [.. markets.Select(m => m.Core)];
        if (options.Recording is { } recording)
        {
            return new ReplayDriver(cores, recording, new ReplayOptions { Speed = options.Speed }, around.Time, around.Logger);
        }

        SyntheticOrderFlowOptions flow = MarketHistory.Seed(
            [.. markets.Select(m => (m.Core, m.Candles))],
            new SyntheticOrderFlowOptions { Seed = options.Host.Seed, Scenario = options.Scenario },
            HistoryLength.For(cores[0].Listings.Count));
        if (kept is not null)
        {
            // Positions and orders go on at the prices that they knew.
            flow = flow with { Symbols = flow.Symbols.ToDictionary(static one => one.Key, one => kept.LastPriceOf(one.Key) is > 0 and decimal price ? one.Value with { StartPrice = (double)price } : one.Value) };
        }

        return new SyntheticOrderFlow(cores, flow, around.Time, around.Logger);
    }
}
