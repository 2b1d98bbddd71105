using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Uphold;
using Harrier.Exchanges.Venues;
using Harrier.Simulation.Randomness;
using Microsoft.Extensions.Logging;
using ExchangeHouse = Harrier.Exchanges.Venues.Exchange;

namespace Harrier.Cli.Composition;

/// <summary>The exchanges that the program knows. A new one is one line here, and its project in the project file.</summary>
internal static class Exchanges
{
    private static readonly ExchangeHouse[] Houses =
    [
        new BinanceExchange(),
        new BybitExchange(),
        new UpholdExchange(),
    ];

    /// <summary>Full names of all venues.</summary>
    public static IReadOnlyList<string> Venues { get; } = [.. Houses.SelectMany(house => house.Venues)];

    /// <summary>The exchange that has a venue.</summary>
    /// <param name="venue">Full name of one of <see cref="Venues"/>.</param>
    public static ExchangeHouse Of(string venue) => Houses.First(house => house.Venues.Contains(venue, StringComparer.Ordinal));

    /// <summary>Whose recorded message this is; null where it does not say.</summary>
    public static string? Recognize(ReadOnlySpan<byte> message)
    {
        string? venue = null;
        foreach (ExchangeHouse house in Houses)
        {
            venue ??= house.Recognize(message);
        }

        return venue;
    }

    /// <summary>The outside world for a venue.</summary>
    /// <param name="http">Makes requests.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Takes what a person may want to know.</param>
    public static VenueSurroundings Surroundings(HttpMessageInvoker http, TimeProvider time, ILogger logger) =>
        new(http, new HttpSocketFactory(http), time, logger) { Jitter = Jitter(time), LedgerOf = place => LedgerOf(place, time) };

    // An exchange on this machine is nobody else's.
    private static MachineLedger? LedgerOf(Uri place, TimeProvider time)
    {
        if (place.IsLoopback)
        {
            return null;
        }

        string folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return MachineLedger.Open(Path.Combine(folder, "harrier", "requests"), place.Host, time);
    }

    // Processes that an outage cut in one instant must not come back in one: the seed differs from start to start.
    private static Func<double> Jitter(TimeProvider time)
    {
        RandomStream random = new(time.GetUtcNow().Ticks ^ ((long)Environment.ProcessId << 40));
        Lock gate = new();
        return () =>
        {
            lock (gate)
            {
                return random.NextDouble();
            }
        };
    }
}
