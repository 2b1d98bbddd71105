using System.Text;
using Harrier.Domain;
using Harrier.Testnet.Markets;

namespace Harrier.Exchanges.Tests.Testnet.Markets;

/// <summary>What was received becomes what happened: once, in order, and nothing made up where something is missing.</summary>
public sealed class CaptureReaderTests
{
    private const string Snapshot = """{"lastUpdateId":10,"bids":[["99","1"]],"asks":[["101","1"]]}""";

    [Fact]
    public void Read_TwoSessionsOverlap_TakesEachChangeAndTradeOnce()
    {
        ReplayEvent[] events = Read(
            Message(Snapshot),
            Message(Change(11, "99", "2")),
            Message(Change(12, "99", "3")),
            Message(Change(11, "99", "2")),
            Message(Trade(5)),
            Message(Trade(5)),
            Message(Change(13, "99", "4")));

        events.OfType<ReplayBook>().Select(book => book.Bids[0].Quantity).ShouldBe([1, 2, 3, 4]);
        events.OfType<ReplayTrade>().ShouldHaveSingleItem();
    }

    [Fact]
    public void Read_ConnectionIsLost_KeepsTheBookToTheNextSnapshot()
    {
        ReplayEvent[] events = Read(
            Message(Snapshot, "public#1"),
            Message(Change(11, "99", "2"), "public#1"),
            Message("""{"record":"lost","connection":"market#2","session":1}"""),
            Message(Change(12, "99", "3"), "public#1"),
            Message("""{"record":"lost","connection":"public#1","session":1}"""),
            Message(Change(20, "99", "8"), "public#1"),
            Message(Change(25, "99", "9"), "public#1"),
            Message("""{"lastUpdateId":22,"bids":[["98","7"]],"asks":[]}"""));

        events.Cast<ReplayBook>().Select(book => (book.IsSnapshot, book.Bids[0].Quantity)).ShouldBe([(true, 1), (false, 2), (false, 3), (true, 7), (false, 9)]);
    }

    [Fact]
    public void Read_Topics_TellsBooksAndTrades()
    {
        ReplayEvent[] events = Read(
            Message("""{"success":true,"ret_msg":"","op":"subscribe"}"""),
            Message("""{"topic":"orderbook.200.ABCUSDT","type":"snapshot","ts":1,"data":{"s":"ABCUSDT","b":[["99","1"]],"a":[["101","1"]],"u":7,"seq":1},"cts":1}"""),
            Message("""{"topic":"orderbook.200.ABCUSDT","type":"delta","ts":1,"data":{"s":"ABCUSDT","b":[["99","0"]],"a":[],"u":8,"seq":2},"cts":1}"""),
            Message("""{"topic":"publicTrade.ABCUSDT","type":"snapshot","ts":1,"data":[{"T":1,"s":"ABCUSDT","S":"Sell","v":"0.5","p":"99","i":"a-1"},{"T":1,"s":"ABCUSDT","S":"Buy","v":"1","p":"101","i":"a-2"}]}"""),
            Message("""{"topic":"publicTrade.ABCUSDT","type":"snapshot","ts":1,"data":[{"T":1,"s":"ABCUSDT","S":"Buy","v":"1","p":"101","i":"a-2"}]}"""),
            Message("""{"topic":"tickers.ABCUSDT","type":"delta","data":{"symbol":"ABCUSDT"}}"""));

        events.OfType<ReplayBook>().Select(book => (book.IsSnapshot, book.Bids[0].Quantity)).ShouldBe([(true, 1), (false, 0)]);
        events.OfType<ReplayTrade>().Select(trade => (trade.Price, trade.Quantity, trade.IsSell)).ShouldBe([(99, 0.5m, true), (101, 1, false)]);
    }

    [Fact]
    public void Read_WhatIsNoMessage_IsCounted()
    {
        CaptureReader reader = new("ABCUSDT");

        reader.Read([Message("not JSON"), Message("{\"topic\":\"orderbook.1.X\"}")]).ShouldBeEmpty();

        reader.SkippedLines.ShouldBe(2);
    }

    private static ReplayEvent[] Read(params CapturedMessage[] messages) => [.. new CaptureReader("ABCUSDT").Read(messages)];

    private static CapturedMessage Message(string json, string? connection = null) => new(new Timestamp(1), Encoding.UTF8.GetBytes(json), connection);

    private static string Change(int id, string price, string size) =>
        $$$"""{"stream":"abcusdt@depth@100ms","data":{"e":"depthUpdate","s":"ABCUSDT","U":{{{id}}},"u":{{{id}}},"b":[["{{{price}}}","{{{size}}}"]],"a":[]}}""";

    private static string Trade(int id) => $$$"""{"stream":"abcusdt@trade","data":{"e":"trade","s":"ABCUSDT","t":{{{id}}},"p":"99","q":"1","m":true}}""";
}
