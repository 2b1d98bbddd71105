using Harrier.Api.Backtests;
using Harrier.Api.Configuration;
using Harrier.Api.Jobs;
using Harrier.Api.Security;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Control;
using Harrier.Hosting.Jobs;
using Harrier.Hosting.Markets;
using Harrier.Hosting.Metering;
using Harrier.Storage.Records;
using Microsoft.Extensions.Logging;

namespace Harrier.Api.Hosting;

/// <summary>What the service reads: copies and stored rows, never an engine.</summary>
public sealed record ApiSources
{
    /// <summary>The run: how its accounts stand, what happens, and where orders go.</summary>
    public required RunDesk Desk { get; init; }

    /// <summary>The folder of all state.</summary>
    public required string Home { get; init; }

    /// <summary>The folder of the market data store; it need not exist.</summary>
    public string Store => Path.Combine(Home, "data");

    /// <summary>The markets of the run, as they are remembered; the service fills it.</summary>
    public MarketMemory Markets { get; } = new();

    /// <summary>Work that takes long.</summary>
    public required JobDesk Jobs { get; init; }

    /// <summary>Who runs backtests.</summary>
    public required IBacktests Backtests { get; init; }

    /// <summary>Who collects, records and scans markets.</summary>
    public required IMarketWork MarketWork { get; init; }

    /// <summary>What bots did.</summary>
    public required RecordStore Records { get; init; }

    /// <summary>The strategies there are.</summary>
    public required StrategyCatalog Strategies { get; init; }

    /// <summary>Who may ask.</summary>
    public required TokenStore Tokens { get; init; }

    /// <summary>Its figures.</summary>
    public required RunMeter Meter { get; init; }

    /// <summary>Venues, by name and by house, of which keys are taken.</summary>
    public required IReadOnlyList<string> Venues { get; init; }

    /// <summary>What comes ready-made with the program.</summary>
    public required Func<IReadOnlyList<ServicePreset>> Presets { get; init; }

    /// <summary>Where the service logs what goes wrong in it; null for nowhere.</summary>
    public ILoggerProvider? Log { get; init; }

    /// <summary>True where spans of requests are sent somewhere: then each says its route and status.</summary>
    public bool IsTraced { get; init; }

    /// <summary>The wall clock.</summary>
    public required TimeProvider Time { get; init; }
}
