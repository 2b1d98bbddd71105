using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Bybit.Mapping;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Wire;
using Harrier.Simulation.Randomness;

namespace Harrier.Exchanges.Tests.Bybit;

public sealed class BybitMarketDecoderTests
{
    private const string Trades = """{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1672304486868,"data":[{"T":1672304486865,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"16578.50","L":"PlusTick","i":"20f43950-d8dd-5b31-9112-a178eb6023af","BT":false,"RPI":false,"seq":1783284617},{"T":1672304486866,"s":"BTCUSDT","S":"Sell","v":"0.250","p":"16578.00","L":"MinusTick","i":"20f43950-d8dd-5b31-9112-a178eb6023b0","BT":false,"seq":1783284618}]}""";
    private const string Delta = """{"topic":"orderbook.50.BTCUSDT","type":"delta","ts":1687940967466,"data":{"s":"BTCUSDT","b":[["30247.20","30.028"],["30245.40","0"]],"a":[["30248.70","0"],["30249.30","0.892"]],"u":177400507,"seq":66544703342},"cts":1687940967464}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Replay_OfTheRecordedBook_GivesTheGoldenBook(bool isCareful)
    {
        Instrument instrument = TestInstruments.Make(0, "XRPUSDT", 0.0001m, 1, InstrumentKind.LinearPerpetual);
        PushedFeed feed = new(instrument, isCareful);
        foreach (byte[] message in BybitFixtures.BookCapture())
        {
            feed.Decoder.Decode(message, Timestamp.FromUnixSeconds(1_733_011_200));
        }

        JsonElement golden = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("data/golden/books.json"))).RootElement.GetProperty("bybit")[0];
        OrderBook book = feed.Book.VerifiedBook.ShouldNotBeNull();
        feed.Book.LastUpdateId.ShouldBe(golden.GetProperty("finalU").GetInt64());
        (book.Bids.Count, book.Asks.Count).ShouldBe((golden.GetProperty("bidLevels").GetInt32(), golden.GetProperty("askLevels").GetInt32()));
        Digest(book, instrument).ShouldBe(golden.GetProperty("sha256").GetString());
        feed.Book.Statistics(default).Applied.ShouldBe(49);
        feed.Book.Statistics(default).Gaps.ShouldBe(0);
        feed.Market.Book(instrument.Id).ShouldNotBeNull().Checksum().ShouldBe(book.Checksum());
        feed.Renewals.ShouldBe(0);
        feed.Decoder.Statistics.Quick.ShouldBe(isCareful ? 0 : 50);
        feed.Decoder.Statistics.UnmappedProperties.ShouldBe(0);
    }

    [Fact]
    public void Decode_QuickAndCareful_SayTheSameOfEveryRecordedMessage()
    {
        byte[][] messages =
        [
            .. BybitFixtures.BookCapture(),
            .. BybitFixtures.Lines("tardis/bybit-spot-v5.jsonl").Concat(BybitFixtures.Lines("gocryptotrader/bybit-wsTicker.jsonl")).Where(l => !l.Contains("Iv\"", StringComparison.Ordinal)).Select(Encoding.UTF8.GetBytes),
            .. BybitFixtures.Names().Where(n => n.StartsWith("ws_", StringComparison.Ordinal) && !n.Contains("option", StringComparison.Ordinal)).Select(BybitFixtures.Bytes),
            Encoding.UTF8.GetBytes(Trades), Encoding.UTF8.GetBytes(Delta),
        ];
        SymbolDirectory symbols = Symbols();
        Heard quick = new(symbols, isCareful: false);
        Heard careful = new(symbols, isCareful: true);
        foreach (byte[] message in messages)
        {
            careful.Say(message).ShouldBe(quick.Say(message), Encoding.UTF8.GetString(message));
        }

        quick.Decoder.Statistics.Quick.ShouldBeGreaterThan(55);
        quick.Decoder.Statistics.UnmappedProperties.ShouldBe(0);
    }

    [Fact]
    public void Decode_OfDamagedMessages_NeverThrowsAndBothWaysAgree()
    {
        RandomStream random = new(5);
        SymbolDirectory symbols = Symbols();
        Heard quick = new(symbols, isCareful: false);
        Heard careful = new(symbols, isCareful: true);
        for (int i = 0; i < 40_000; i++)
        {
            byte[] message = Encoding.UTF8.GetBytes(i % 2 == 0 ? Trades : Delta);
            int cut = random.NextDouble() < 0.2 ? random.NextInt32(message.Length) : message.Length;
            for (int changes = random.NextInt32(3); changes > 0; changes--)
            {
                message[random.NextInt32(message.Length)] = (byte)(random.NextDouble() < 0.5 ? "0123456789.,:\"[]{}eE- \\"[random.NextInt32(23)] : random.NextInt32(256));
            }

            string said = quick.Say(message.AsSpan(0, cut));
            string expected = careful.Say(message.AsSpan(0, cut));

            // What the quick way took the careful way must have taken as well; a fault in one trade of several leaves the others.
            (said == expected).ShouldBeTrue($"{said}\n{expected}\n{Encoding.UTF8.GetString(message, 0, cut)}");
        }
    }

    [Theory]
    [InlineData("", "fault Malformed")]
    [InlineData("<html>502</html>", "fault Malformed")]
    [InlineData("null", "fault Malformed")]
    [InlineData("[1]", "fault Malformed")]
    [InlineData("{\"success\":true,\"ret_msg\":\"pong\",\"conn_id\":\"x\",\"op\":\"ping\"}", "control")]
    [InlineData("{\"topic\":\"somethingNew.X\",\"data\":{}}", "fault UnknownEvent")]
    [InlineData("{\"topic\":\"orderbook.50.NOSUCH\",\"type\":\"delta\",\"ts\":1,\"data\":{\"s\":\"NOSUCH\",\"b\":[],\"a\":[],\"u\":2,\"seq\":1}}", "fault UnknownSymbol")]
    [InlineData("{\"topic\":\"orderbook.50.BTCUSDT\",\"type\":\"delta\",\"ts\":1,\"data\":{\"s\":\"BTCUSDT\",\"b\":[[\"-1\",\"1\"]],\"a\":[],\"u\":2,\"seq\":1}}", "fault Malformed #0")]
    [InlineData("{\"topic\":\"orderbook.50.BTCUSDT\",\"type\":\"delta\",\"ts\":1,\"data\":{\"s\":\"BTCUSDT\",\"b\":[[\"1e5\",\"1\"]],\"a\":[],\"u\":2,\"seq\":1}}", "fault Malformed #0")]
    [InlineData("{\"topic\":\"tickers.BTCUSDT\",\"type\":\"delta\",\"ts\":1,\"data\":{\"symbol\":\"BTCUSDT\",\"lastPrice\":\"1\"}}", "")]
    public void Decode_OfUnusableMessages_IsToldAndCounted(string message, string expected) =>
        new Heard(Symbols(), isCareful: false).Say(Encoding.UTF8.GetBytes(message)).ShouldBe(expected);

    [Fact]
    public void Decode_OfAPriceOffTheGrid_UsesTheOtherLevels()
    {
        Heard heard = new(Symbols(), isCareful: false);
        heard.Say(Encoding.UTF8.GetBytes("""{"topic":"orderbook.50.XRPUSDT","type":"delta","ts":1,"data":{"s":"XRPUSDT","b":[["1.00005","1"],["1.0001","1.5"]],"a":[],"u":2,"seq":1}}"""))
            .ShouldBe("depth #1 2..2 @1000000 bid 10001x1\nfault OffGrid #1");
        heard.Decoder.Statistics.RoundedSizes.ShouldBe(1);
    }

    [Fact]
    public void Decode_OfATickThatIsNoPowerOfTen_CountsInTicks()
    {
        SymbolDirectory symbols = new([TestInstruments.Make(0, "ODDUSDT", 0.00000000005m, 25m)]);
        new Heard(symbols, isCareful: false).Say(Encoding.UTF8.GetBytes(
            """{"topic":"orderbook.50.ODDUSDT","type":"delta","ts":1,"data":{"s":"ODDUSDT","b":[["0.000000012345","75"]],"a":[],"u":2,"seq":1}}"""))
            .ShouldBe("depth #0 2..2 @1000000 \nfault OffGrid #0");
        new Heard(symbols, isCareful: false).Say(Encoding.UTF8.GetBytes(
            """{"topic":"orderbook.50.ODDUSDT","type":"delta","ts":1,"data":{"s":"ODDUSDT","b":[["0.00000001235","75"]],"a":[],"u":2,"seq":1}}"""))
            .ShouldBe("depth #0 2..2 @1000000 bid 247x3");
    }

    [Fact]
    public void Decode_OfLevelOne_KeepsTheSideThatDidNotChange()
    {
        Heard heard = new(Symbols(), isCareful: false);
        static string Top(string type, string bids, string asks, int id) =>
            $$$"""{"topic":"orderbook.1.BTCUSDT","type":"{{{type}}}","ts":5,"data":{"s":"BTCUSDT","b":[{{{bids}}}],"a":[{{{asks}}}],"u":{{{id}}},"seq":1}}""";
        heard.Say(Encoding.UTF8.GetBytes(Top("snapshot", "[\"10.00\",\"1\"]", "[\"10.01\",\"2\"]", 7))).ShouldStartWith("top #0 7");
        heard.Say(Encoding.UTF8.GetBytes(Top("delta", "[\"10.00\",\"3\"]", "", 8))).ShouldContain("10.01");
        heard.Say(Encoding.UTF8.GetBytes(Top("delta", "[\"10.00\",\"0\"]", "", 9))).ShouldBe("");
        heard.Say(Encoding.UTF8.GetBytes(Top("delta", "[\"9.99\",\"1\"]", "", 10))).ShouldContain("9.99");
        heard.Say(Encoding.UTF8.GetBytes(Top("snapshot", "[\"9.99\",\"1\"]", "[\"10.01\",\"2\"]", 10))).ShouldStartWith("top #0 10");
    }

    [Fact]
    public void Decode_OfALinearTicker_RemembersWhatDidNotChange()
    {
        Heard heard = new(Symbols(), isCareful: false);
        string[] lines = [.. BybitFixtures.Lines("gocryptotrader/bybit-wsTicker.jsonl").Where(l => l.Contains("tickers.BTCUSDT\"", StringComparison.Ordinal))];
        heard.Say(Encoding.UTF8.GetBytes(lines[0])).ShouldBe(
            "ticker #0 61874 62484.6 62752.9 61000.1 98430.105 6073739017.8331 -0.9772 61873.9 3.783 61874 16.278\nmark #0 61875.25 61903.73 0.00008055 1715760000000");
        heard.Say(Encoding.UTF8.GetBytes(lines[1])).ShouldBe(
            "ticker #0 61874 62484.6 62752.9 61000.1 98430.105 6073739017.8331 -0.9772 61873.9 3.543 61874 16.278\nmark #0 61875.06 61903.59 0.00008055 1715760000000");
    }

    [Fact]
    public void Decode_OfAKline_IsClosedOnlyWhenConfirmed()
    {
        Heard heard = new(Symbols(), isCareful: false);
        heard.Say(BybitFixtures.Bytes("ws_kline.json")).ShouldBe("kline #0 1672324800000 16649.5 16677 16608 16677 2.081 open");
        heard.Say(Encoding.UTF8.GetBytes(BybitFixtures.Named("ws_kline.json").Replace("\"confirm\": false", "\"confirm\": true", StringComparison.Ordinal)))
            .ShouldEndWith("closed");
    }

    [Fact]
    public void Decode_OfABlockTrade_IsLeftOut()
    {
        Heard heard = new(Symbols(), isCareful: false);
        heard.Say(Encoding.UTF8.GetBytes(Trades.Replace("\"BT\":false,\"RPI\"", "\"BT\":true,\"RPI\"", StringComparison.Ordinal))).Split('\n').Length.ShouldBe(1);
        heard.Decoder.Statistics.Skipped.ShouldBe(1);
    }

    [Fact]
    public void Decode_OfBooksAndTrades_AllocatesNothing()
    {
        Silent silent = new();
        MarketDecoder decoder = new(Symbols(), silent);
        byte[] trades = Encoding.UTF8.GetBytes(Trades);
        byte[] delta = Encoding.UTF8.GetBytes(Delta);
        for (int i = 0; i < 200; i++)
        {
            decoder.Decode(trades, default);
            decoder.Decode(delta, default);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            decoder.Decode(trades, default);
            decoder.Decode(delta, default);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        decoder.Statistics.Quick.ShouldBe(decoder.Statistics.Frames);
    }

    private static SymbolDirectory Symbols() => new(
    [
        TestInstruments.Make(0, "BTCUSDT", 0.01m, 0.000001m), TestInstruments.Make(1, "XRPUSDT", 0.0001m, 1m), TestInstruments.Make(2, "BTCUSDC", 0.01m, 0.000001m),
        TestInstruments.Make(3, "BTCPERP", 0.1m, 0.001m), TestInstruments.Make(4, "BTCUSD", 0.5m, 1m), TestInstruments.Make(5, "ETHUSDT", 0.01m, 0.001m),
    ]);

    private static string Digest(OrderBook book, Instrument instrument)
    {
        string Side(BookSide side)
        {
            List<string> levels = [];
            foreach (BookLevel level in side)
            {
                levels.Add(Text(instrument.ToDecimal(level.Price)) + ":" + Text(instrument.ToDecimal(level.Size)));
            }

            return string.Join('|', levels);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Side(book.Bids) + "#" + Side(book.Asks))));
    }

    private static string Text(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);
}
