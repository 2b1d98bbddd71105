using Harrier.Api.Backtests;
using Harrier.Api.Hosting;
using Harrier.Api.Jobs;
using Harrier.Api.Security;
using Harrier.Domain;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;
using Harrier.Hosting.Jobs;
using Harrier.Hosting.Metering;
using Harrier.Storage.Records;
using Harrier.Strategies;

namespace Harrier.Bench.Service;

/// <summary>
/// The real service in a process of its own, with one account whose prices change four times a second, 600 candles of a minute, and trades at the pace that standard input asks for: <c>rate N</c>, each
/// with the clock's timestamp as its id. Prints its address and a token; ends with standard input.
/// </summary>
internal static class ServiceHost
{
    private const int Candles = 600;
    private const int RequestsPerSecond = 10_000_000;

    private static readonly Instrument Bitcoin = new(new InstrumentId(0), new InstrumentDefinition
    {
        Venue = new VenueId("sim-x"),
        Symbol = "BTCUSDT",
        Kind = InstrumentKind.Spot,
        Base = new Asset("BTC"),
        Quote = new Asset("USDT"),
        TickSize = 0.01m,
        LotSize = 0.00001m,
    });

    /// <summary>Serves until standard input ends.</summary>
    /// <param name="time">The clock.</param>
    public static async Task RunAsync(TimeProvider time)
    {
        string home = Directory.CreateTempSubdirectory("harrier-bench-").FullName;
        try
        {
            await ServeAsync(home, time);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static async Task ServeAsync(string home, TimeProvider time)
    {
        RunDesk desk = new(new EventLog());
        PricedAccount account = new(time);
        desk.Add(account);
        using RunMeter meter = new(desk, new RunIdentity("bench", "bench"), time);
        using JobDesk jobs = new(time);
        using RecordStore records = RecordStore.Open(Path.Combine(home, "records.db"), Timestamp.From(time.GetUtcNow()));
        TokenStore tokens = new(Path.Combine(home, "tokens.json"));
        string token = tokens.Create(Role.Viewer, time.GetUtcNow(), expires: null);
        ApiSources sources = new()
        {
            Desk = desk,
            Home = home,
            Jobs = jobs,
            Backtests = new NoWork(),
            MarketWork = new NoWork(),
            Records = records,
            Strategies = new StrategyCatalog(typeof(MeanReversion).Assembly),
            Venues = [],
            Presets = static () => [],
            Tokens = tokens,
            Meter = meter,
            Time = time,
        };
        await using ApiService service = await ApiService.StartAsync(new ApiOptions { Port = 0, Version = "bench", RequestsPerSecond = RequestsPerSecond }, sources, CancellationToken.None);
        long minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        for (int i = 0; i < Candles; i++)
        {
            Tell(desk, new Timestamp((minute - Candles + i) * 60 * Timestamp.NanosPerSecond), i, 5_000_000 + (i * 7 % 1000));
        }

        Console.WriteLine($"{service.Address} {token}");
        TradePump pump = new(time, (id, price) => Tell(desk, Timestamp.From(time.GetUtcNow()), id, price));
        Thread pumping = new(pump.Run) { IsBackground = true };
        pumping.Start();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            pump.Rate = int.Parse(line.AsSpan(line.IndexOf(' ', StringComparison.Ordinal) + 1), System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    private static void Tell(RunDesk desk, Timestamp now, long id, long price)
    {
        MarketEvent trade = new()
        {
            Kind = MarketEventKind.Trade,
            Instrument = Bitcoin.Id,
            TradeId = id,
            ExchangeTime = now,
            ReceivedTime = now,
            Price = new PriceTicks(price),
            Size = new SizeLots(1234),
        };
        desk.Live.Tell("bench", Bitcoin, in trade);
    }

    private sealed class PricedAccount(TimeProvider time) : IRunningAccount
    {
        private AccountStatus _status = Of(time.GetUtcNow(), 0);
        private long _tick;

        public AccountStatus Status
        {
            get
            {
                long tick = time.GetUtcNow().ToUnixTimeMilliseconds() / 250;
                if (Interlocked.Exchange(ref _tick, tick) != tick)
                {
                    Volatile.Write(ref _status, Of(time.GetUtcNow(), tick));
                }

                return Volatile.Read(ref _status);
            }
        }

        public Task<CommandAnswer> AskAsync(AccountCommand command) => Task.FromResult(new CommandAnswer(false, "a bench"));

        private static AccountStatus Of(DateTimeOffset now, long tick) => new(
            "bench", Bitcoin.Definition.Venue, Timestamp.From(now), 10_000, [], [new SymbolView("BTCUSDT", 50_000 + (tick % 100), "verified")])
        {
            Risk = new RiskStatus(TradingState.Active, default, [], 0, []),
        };
    }

    private sealed class NoWork : IBacktests, IMarketWork
    {
        private static readonly string[] None = ["body: : nothing, in a bench"];

        public (JobWork? Work, IReadOnlyList<string> Faults) Prepare(BacktestBody body) => (null, None);

        public (JobWork? Work, IReadOnlyList<string> Faults) Collect(CollectBody body) => (null, None);

        public (JobWork? Work, IReadOnlyList<string> Faults) Stream(StreamBody body) => (null, None);

        public (JobWork? Work, IReadOnlyList<string> Faults) Scan(ScanBody body) => (null, None);
    }
}
