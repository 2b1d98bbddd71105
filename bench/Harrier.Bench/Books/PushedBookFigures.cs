using System.IO.Compression;
using Harrier.Bench.Figures;
using Harrier.Domain;
using Harrier.Engine;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Bybit.Mapping;
using Harrier.Exchanges.MarketData;
using Harrier.Exchanges.Wire;

namespace Harrier.Bench.Books;

/// <summary>Messages of a venue that pushes its snapshots, to verified books: <c>--pushed FILE</c> is a recording of the shared data, packed with zip.</summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class PushedBookFigures(TimeProvider time) : IFigureArea
{
    private const int Rounds = 200;

    /// <inheritdoc/>
    public string Name => "pushed-books";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        if (!options.TryGetValue("pushed", out string? file))
        {
            yield break;
        }

        byte[][] messages = Read(file);
        byte[][] changes = messages[1..];
        Repetitions repetitions = new(time);
        Feed feed = new();
        Feed scan = new() { IsVerifying = false };
        yield return repetitions.NanosecondsPer(
            new Figure(Name, "recorded book JSON to book", "ns/msg", 0, 0, 0), changes.Length * Rounds, () => { }, () => Play(feed, messages));
        yield return repetitions.NanosecondsPer(Name, "recorded book JSON to changes", "ns/msg", changes.Length * Rounds, () => Play(scan, messages));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play(scan, messages);
        yield return new Figure(Name, "recorded book, allocated", "B/msg", (GC.GetAllocatedBytesForCurrentThread() - before) / (double)(changes.Length * Rounds), 0, 0);
    }

    private static byte[][] Read(string file)
    {
        using ZipArchive zip = ZipFile.OpenRead(file);
        using StreamReader reader = new(zip.Entries.Single().Open());
        List<byte[]> lines = [];
        while (reader.ReadLine() is { } line)
        {
            lines.Add(System.Text.Encoding.UTF8.GetBytes(line));
        }

        return [.. lines];
    }

    // Each round begins with the snapshot, which replaces the book of the round before.
    private static void Play(Feed feed, byte[][] messages)
    {
        for (int round = 0; round < Rounds; round++)
        {
            feed.Begin();
            foreach (byte[] message in messages)
            {
                feed.Decoder.Decode(message, default);
            }
        }
    }

    private sealed class Feed : IMarketReceiver, IBookOwner
    {
        private readonly BookSynchronizer _book;
        private readonly PushedBook _pushed;

        public Feed()
        {
            Instrument instrument = new(new InstrumentId(0), new InstrumentDefinition
            {
                Venue = new VenueId("bench"),
                Symbol = "XRPUSDT",
                Base = new Asset("XRP"),
                Quote = new Asset("USDT"),
                TickSize = 0.0001m,
                LotSize = 1,
            });
            _book = new BookSynchronizer(instrument.Id, new PushedContinuity(), this, new BookSynchronizerOptions { RetryBase = TimeSpan.Zero, RetryCap = TimeSpan.Zero });
            _pushed = new PushedBook(_book);
            Decoder = new MarketDecoder(new SymbolDirectory([instrument]), this);
        }

        public bool IsVerifying { get; init; } = true;

        public MarketDecoder Decoder { get; }

        public void Begin() => _book.OnDisconnected(default);

        public void OnDepth(InstrumentId instrument, in DepthUpdate update)
        {
            if (IsVerifying)
            {
                _pushed.OnUpdate(in update);
            }
        }

        public void OnBook(InstrumentId instrument, in DepthSnapshot book)
        {
            if (IsVerifying)
            {
                _pushed.OnSnapshot(in book);
            }
        }

        public void OnTrade(in MarketEvent trade)
        {
        }

        public void OnTop(in TopUpdate update)
        {
        }

        public void OnKline(in KlineUpdate update)
        {
        }

        public void OnTicker(in TickerUpdate update)
        {
        }

        public void OnMarkPrice(in MarkPriceUpdate update)
        {
        }

        public void OnLiquidation(in LiquidationUpdate update)
        {
        }

        public void OnControl(ReadOnlySpan<byte> frame)
        {
        }

        public void OnFault(MarketFault fault, InstrumentId? instrument) => throw new InvalidDataException($"{fault}");

        public void RequestSnapshot(InstrumentId instrument, int request) => _ = _pushed.OnRequested(request);

        public void OnBookEvent(in MarketEvent change)
        {
        }

        public void OnBookFault(in FeedFault fault, BookFault reason)
        {
        }

        public void OnGivenUp(InstrumentId instrument, int attempts)
        {
        }
    }
}
