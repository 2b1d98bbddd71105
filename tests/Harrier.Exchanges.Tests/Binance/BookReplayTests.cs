using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Tests.Support;
using Harrier.Storage.Recording;

namespace Harrier.Exchanges.Tests.Binance;

/// <summary>Recorded streams lead to the books that golden/books.json was computed to have, by other code with exact decimals.</summary>
public sealed class BookReplayTests
{
    public static TheoryData<string, string> CryptofeedBooks() => new()
    {
        { "BINANCE", "NKNUSDT" }, { "BINANCE", "BLZETH" }, { "BINANCE", "LRCBTC" }, { "BINANCE", "RUNEEUR" },
        { "BINANCE_FUTURES", "SUSHIUSDT" }, { "BINANCE_FUTURES", "AKROUSDT" }, { "BINANCE_FUTURES", "KEEPUSDT" }, { "BINANCE_FUTURES", "CTKUSDT" },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Replay_OfSpotAndTheFileThatContinuesIt_GivesTheGoldenBooks(bool isCareful)
    {
        IReadOnlyList<Instrument> instruments = TestInstruments.Of("binance-spot");
        BookFeed feed = new(instruments, new SpotContinuity(), isCareful);
        Play(feed, "data/captures/binance-spot/btcusdt_20240808.gz");
        Check(feed, instruments[0], Golden("binance", book => book.GetProperty("afterFile").GetString()!.Contains("spot/btcusdt_20240808", StringComparison.Ordinal)));
        feed.TopChecks.ShouldBe((564, 0));
        Play(feed, "data/captures/binance-spot/btcusdt_20240809.gz");
        Check(feed, instruments[0], Golden("binance", book => book.GetProperty("afterFile").GetString()!.Contains("20240809", StringComparison.Ordinal)));
        feed.TopChecks.Different.ShouldBe(0);
        feed.BookFaults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Replay_OfUsdm_GivesTheGoldenBook(bool isCareful)
    {
        IReadOnlyList<Instrument> instruments = TestInstruments.Of("binance-usdm");
        BookFeed feed = new(instruments, new UsdmContinuity(), isCareful);
        Play(feed, "data/captures/binance-usdm/btcusdt_20240808.gz");
        Check(feed, instruments[0], Golden("binance", book => book.GetProperty("afterFile").GetString()!.Contains("usdm", StringComparison.Ordinal)));
        feed.TopChecks.ShouldBe((629, 0));
        feed.BookFaults.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(CryptofeedBooks))]
    public void Replay_OfCryptofeedsRecordings_GivesTheGoldenBooks(string capture, string symbol)
    {
        IReadOnlyList<Instrument> instruments = TestInstruments.Of(capture);
        IBookContinuity continuity = capture == "BINANCE" ? new SpotContinuity() : new UsdmContinuity();
        BookFeed feed = new(instruments, continuity);
        Dictionary<string, byte[]> snapshots = CaptureLines.Cryptofeed($"data/captures/cryptofeed/{capture}.http.0.0.gz")
            .ToDictionary(line => line.Head.Split("symbol=")[1].Split('&')[0], line => line.Message);
        HashSet<InstrumentId> answered = [];
        foreach ((_, byte[] message) in CaptureLines.Cryptofeed($"data/captures/cryptofeed/{capture}.ws.1.0.gz"))
        {
            feed.Decoder.Decode(message, default);
            foreach ((InstrumentId instrument, _) in feed.Requests.Where(request => answered.Add(request.Instrument)).ToList())
            {
                feed.Answer(instruments[instrument.Index].Symbol, snapshots[instruments[instrument.Index].Symbol]);
            }
        }

        feed.BookFaults.ShouldBeEmpty();
        feed.Decoder.Statistics.Malformed.ShouldBe(0);
        feed.Decoder.Statistics.UnmappedProperties.ShouldBe(0);
        Check(feed, instruments.Single(instrument => instrument.Symbol == symbol), Golden(
            "cryptofeed", book => book.GetProperty("capture").GetString() == capture && book.GetProperty("symbol").GetString() == symbol));
    }

    [Fact]
    public async Task Replay_OfCapturesThroughTheRecorder_GivesTheGoldenBooks()
    {
        string folder = Directory.CreateTempSubdirectory("harrier-books-").FullName;
        RecordingHeader header = new() { Venue = new VenueId("binance-spot"), Symbols = ["BTCUSDT"], Channels = ["book"], Build = "1", Start = default };
        await using (FrameRecorder recorder = new(folder, header, new RecorderOptions { QueueBytes = 1 << 26 }, TimeProvider.System, Assert.Fail))
        {
            foreach (string path in (string[])["data/captures/binance-spot/btcusdt_20240808.gz", "data/captures/binance-spot/btcusdt_20240809.gz"])
            {
                foreach ((long nanos, byte[] message) in CaptureLines.Stamped(path))
                {
                    recorder.Add(RecordKind.Frame, new RecordSource("stream#1", 1, null), new Timestamp(nanos), message);
                }
            }
        }

        IReadOnlyList<Instrument> instruments = TestInstruments.Of("binance-spot");
        BookFeed feed = new(instruments, new SpotContinuity());
        Play(feed, RecordingReader.Open(folder).Frames().Select(record => (record.Time.Nanos, record.Bytes.ToArray())));
        Directory.Delete(folder, recursive: true);

        Check(feed, instruments[0], Golden("binance", book => book.GetProperty("afterFile").GetString()!.Contains("20240809", StringComparison.Ordinal)));
        feed.BookFaults.ShouldBeEmpty();
    }

    private static void Play(BookFeed feed, string path) => Play(feed, CaptureLines.Stamped(path));

    private static void Play(BookFeed feed, IEnumerable<(long Nanos, byte[] Message)> messages)
    {
        foreach ((long nanos, byte[] message) in messages)
        {
            if (message.AsSpan().StartsWith("{\"lastUpdateId\""u8))
            {
                feed.Answer("BTCUSDT", message);
            }
            else
            {
                feed.Decoder.Decode(message, new Timestamp(nanos));
            }
        }
    }

    private static JsonElement Golden(string list, Func<JsonElement, bool> isWanted)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("data/golden/books.json")));
        return document.RootElement.GetProperty(list).EnumerateArray().Single(isWanted).Clone();
    }

    private static void Check(BookFeed feed, Instrument instrument, JsonElement golden)
    {
        BookSynchronizer synchronizer = feed.Books[instrument.Id.Index];
        OrderBook book = synchronizer.VerifiedBook.ShouldNotBeNull();
        BookStatistics statistics = synchronizer.Statistics(default);
        (statistics.Applied, statistics.Gaps, synchronizer.LastUpdateId).ShouldBe(
            (golden.GetProperty("applied").GetInt64(), golden.GetProperty("gaps").GetInt64(), golden.GetProperty("finalUpdateId").GetInt64()));
        (book.Bids.Count, book.Asks.Count).ShouldBe((golden.GetProperty("bidLevels").GetInt32(), golden.GetProperty("askLevels").GetInt32()));
        Digest(book, instrument).ShouldBe(golden.GetProperty("sha256").GetString());

        OrderBook engineBook = feed.Market.Book(instrument.Id).ShouldNotBeNull();
        engineBook.Checksum().ShouldBe(book.Checksum());
        if (golden.TryGetProperty("trades", out JsonElement trades))
        {
            feed.Trades.Count.ShouldBe(trades.GetInt32());
            feed.Trades[^1].TradeId.ShouldBe(golden.GetProperty("lastTradeId").GetInt64());
            Text(feed.Trades.Sum(trade => instrument.ToDecimal(trade.Size))).ShouldBe(golden.GetProperty("tradeBaseVolume").GetString());
            Text(feed.Trades.Sum(trade => instrument.Notional(trade.Size, trade.Price))).ShouldBe(golden.GetProperty("tradeQuoteVolume").GetString());
        }
    }

    private static string Digest(OrderBook book, Instrument instrument)
    {
        StringBuilder text = new();
        AppendSide(text, book.Bids, instrument);
        text.Append('#');
        AppendSide(text, book.Asks, instrument);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void AppendSide(StringBuilder text, BookSide side, Instrument instrument)
    {
        string separator = "";
        foreach (BookLevel level in side)
        {
            text.Append(separator).Append(Text(instrument.ToDecimal(level.Price))).Append(':').Append(Text(instrument.ToDecimal(level.Size)));
            separator = "|";
        }
    }

    private static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}
