using Harrier.Api.Configuration;
using Harrier.Api.Hosting;
using Harrier.Api.Security;
using Harrier.Cli.UserStrategies;
using Harrier.Hosting.Control;
using Harrier.Hosting.Jobs;
using Harrier.Hosting.Logging;
using Harrier.Hosting.Metering;
using Harrier.Storage.Records;
using Harrier.Strategies.Presets;

namespace Harrier.Cli.Running;

/// <summary>Starts the HTTP service of a run.</summary>
internal static class RunService
{
    /// <summary>The tokens of a home.</summary>
    public static TokenStore TokensOf(string home) => new(Path.Combine(home, TokenStore.FileName));

    // Those of markets may lie in the folder where the program was started, and change.
    private static IReadOnlyList<ServicePreset> Presets() =>
    [
        .. DefaultBots.Presets.Select(static one => new ServicePreset(one.Key, "run", one.Value)),
        .. PresetFolders.Usual().Names().Select(static name => new ServicePreset(name, "market", PresetFolders.Usual().Text(name))),
    ];

    /// <summary>Starts it.</summary>
    /// <exception cref="InputException">The address cannot be listened on.</exception>
    public static async Task<ApiService> StartAsync(RunRequest request, (RunDesk Desk, RunMeter Meter, JobDesk Jobs, RunLog Log) run, RecordStore records, CancellationToken stop)
    {
        ApiSources sources = new()
        {
            Desk = run.Desk,
            Meter = run.Meter,
            Home = request.Home,
            Records = records,
            Jobs = run.Jobs,
            Backtests = new ServiceBacktests(request.Home),
            Strategies = AvailableStrategies.Find(null, Directory.GetCurrentDirectory()).Catalog,
            Tokens = TokensOf(request.Home),
            Venues = [.. VenueAliases.Known.Concat(VenueAliases.Known.Select(static venue => venue.Split('-')[0])).Distinct(StringComparer.Ordinal)],
            Presets = Presets,
            MarketWork = new ServiceMarketWork(request.Home, venue => run.Desk.BuiltInPlace?.Invoke(venue)),
            Log = run.Log.Provider,
            IsTraced = request.Settings.Telemetry.Endpoint is not null,
            Time = TimeProvider.System,
        };
        try
        {
            return await ApiService.StartAsync(request.Service, sources, stop).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException)
        {
            throw new InputException("port", FormattableString.Invariant($"{request.Service.Bind}:{request.Service.Port}"), "an address of this machine and a free port; --port 0 picks one");
        }
    }
}
