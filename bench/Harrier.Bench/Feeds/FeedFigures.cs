using System.Diagnostics;
using Harrier.Bench.Figures;
using Harrier.Domain;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Binance.Feeds;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Transport;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Bench.Feeds;

/// <summary>
/// The market feed over a real socket of the loopback device: from the network to verified books. The server runs in the same process, so
/// that what it costs is in the figures.
/// </summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class FeedFigures(TimeProvider time) : IFigureArea
{
    private const int Timed = 7;
    private const int PerRun = 300_000;
    private const int Symbols = 300;
    private const int PerSecond = 30;
    private const double PacedSeconds = 10;

    /// <inheritdoc/>
    public string Name => "feed";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options) => [.. Rate(), .. Paced()];

    private List<Figure> Rate()
    {
        using Scene scene = new(1, time);
        byte[] buffer = new byte[64 * 1024];
        int perBuffer = buffer.Length / scene.Server.FrameLength;
        List<double> costs = [];
        double bytes = 0;
        for (int run = 0; run <= Timed; run++)
        {
            long before = scene.Feed.Messages;
            long allocated = GC.GetTotalAllocatedBytes(precise: true);
            long start = time.GetTimestamp();
            for (int sent = 0; sent < PerRun; sent += perBuffer)
            {
                scene.Server.SendMany(0, buffer);
            }

            long expected = before + ((PerRun + perBuffer - 1) / perBuffer * (long)perBuffer);
            SpinWait.SpinUntil(() => scene.Feed.Messages >= expected);
            if (run > 0)
            {
                costs.Add(time.GetElapsedTime(start).TotalNanoseconds / (expected - before));
                bytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)(expected - before);
            }
        }

        scene.CheckVerified();
        costs.Sort();
        return
        [
            new Figure(Name, "socket to verified book", "ns/message", costs[costs.Count / 2], costs[0], costs[^1]),
            new Figure(Name, "allocated, all of the process", "B/message", bytes, bytes, bytes),
        ];
    }

    private List<Figure> Paced()
    {
        using Scene scene = new(Symbols, time);
        using Process self = Process.GetCurrentProcess();
        TimeSpan processor = self.TotalProcessorTime;
        long start = time.GetTimestamp();
        long sent = 0;
        double seconds = 0;
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(5), time);
        while (seconds < PacedSeconds && timer.WaitForNextTickAsync().AsTask().GetAwaiter().GetResult())
        {
            seconds = time.GetElapsedTime(start).TotalSeconds;
            for (; sent < seconds * Symbols * PerSecond; sent++)
            {
                scene.Server.Send((int)(sent % Symbols));
            }
        }

        self.Refresh();
        double cores = (self.TotalProcessorTime - processor).TotalSeconds / seconds;
        double megabytes = self.WorkingSet64 / 1e6;
        scene.CheckVerified();
        return
        [
            new Figure(Name, "300 symbols at 30/s, processor", "cores", cores, cores, cores),
            new Figure(Name, "300 symbols at 30/s, memory", "MB", megabytes, megabytes, megabytes),
        ];
    }

    /// <summary>A server and a feed that is connected to it, all books verified.</summary>
    private sealed class Scene : IDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly HttpMessageInvoker _http = RestTransport.Create();
        private readonly TimeProvider _time;
        private readonly Task _running;
        private readonly int _symbols;

        public Scene(int symbols, TimeProvider time)
        {
            _time = time;
            _symbols = symbols;
            Server = new DepthServer(symbols);
            byte[] snapshot = DepthServer.Snapshot();
            MarketFeedOptions options = new()
            {
                Venue = BinanceStreams.Of(BinanceMarket.Spot, Server.Address, (_, _) => Task.FromResult(VenueResult<ReadOnlyMemory<byte>>.Ok(snapshot))),
                Instruments = [.. Enumerable.Range(0, symbols).Select(Instrument)],
                Channels = FeedChannels.Book,
                Jitter = static () => 0.5,
            };
            Feed = new MarketFeed(options, new HttpSocketFactory(_http), time, NullLogger.Instance);
            _running = Feed.RunAsync(_stop.Token);
            Server.Accept();

            // Connected is not enough: what comes before the books listen is dropped, and the snapshots here, which never change, do not hold it.
            SpinWait.SpinUntil(() => Read().All(symbol => symbol.Book != BookState.Unsynced));
            for (int i = 0; i < symbols; i++)
            {
                Server.Send(i);
            }

            SpinWait.SpinUntil(IsVerified, TimeSpan.FromSeconds(20));
            Server.Answer();
            CheckVerified();
        }

        public DepthServer Server { get; }

        public MarketFeed Feed { get; }

        public void CheckVerified()
        {
            if (!IsVerified())
            {
                throw new InvalidOperationException($"not all of {_symbols} books are verified");
            }
        }

        public void Dispose()
        {
            _stop.Cancel();
            _running.GetAwaiter().GetResult();
            Server.Dispose();
            _http.Dispose();
            _stop.Dispose();
        }

        private bool IsVerified() => Read().All(symbol => symbol.Book == BookState.Verified);

        private IReadOnlyList<SymbolStatus> Read() => Feed.Read(Timestamp.From(_time.GetUtcNow()));

        private static Instrument Instrument(int index) => new(new InstrumentId(index), new InstrumentDefinition
        {
            Venue = new VenueId("bench"),
            Symbol = $"S{index}USDT",
            Base = new Asset("S"),
            Quote = new Asset("USDT"),
            TickSize = 0.01m,
            LotSize = 0.001m,
        });
    }
}
