using System.Text;
using System.Text.RegularExpressions;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Wire;
using Harrier.Simulation.Randomness;

namespace Harrier.Exchanges.Tests.Binance;

public sealed partial class MarketDecoderTests
{
    private const string Trade = """{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":3735683259,"p":"61837.63000000","q":"0.02000000","T":1723161255342,"m":true,"M":true}""";
    private const string Depth = """{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":5,"u":7,"b":[["61737.63000000","0.00000000"],["56854.58","1"]],"a":[["61837.64000000","1.54698000"]]}}""";

    /// <summary>Streams that are recorded and that nobody here subscribes to, and messages of accounts.</summary>
    private static readonly string[] NotRead =
    [
        "assetIndexUpdate", "compositeIndex", "continuous_kline", "contractInfo", "1hTicker", "1dTicker", "4hTicker", "avgPrice", "ACCOUNT_UPDATE", "ALGO_UPDATE",
        "CONDITIONAL_ORDER_TRIGGER_REJECT", "GRID_UPDATE", "ACCOUNT_CONFIG_UPDATE", "MARGIN_CALL", "ORDER_TRADE_UPDATE", "STRATEGY_UPDATE", "TRADE_LITE",
        "listenKeyExpired", "balanceUpdate", "listStatus", "executionReport", "outboundAccountPosition", "tradingSession", "referencePrice", "blockTrade",
    ];

    [Fact]
    public void Decode_OfEveryRecordedMessage_KnowsEveryProperty()
    {
        byte[][] messages = [.. RecordedMessages.All()];
        DecodedText decoded = new(DecodedText.AnySymbol(messages.SelectMany(Symbols)), isCareful: true);
        HashSet<string> unknown = [];
        foreach (byte[] message in messages)
        {
            long unmapped = decoded.Decoder.Statistics.UnmappedProperties;
            string text = decoded.Decode(message)!;
            string json = Encoding.UTF8.GetString(message);
            bool isNotRead = Array.Exists(NotRead, name => json.Contains($"\"{name}\"", StringComparison.Ordinal)) || json.Contains("depthSnapshot", StringComparison.Ordinal);
            if (!isNotRead && (decoded.Decoder.Statistics.UnmappedProperties > unmapped || text.Contains("fault", StringComparison.Ordinal)))
            {
                unknown.Add($"{text} <- {json[..Math.Min(300, json.Length)]}");
            }
        }

        messages.Length.ShouldBeGreaterThan(100_000);
        unknown.Take(5).ShouldBeEmpty();
    }

    [Fact]
    public void Decode_QuickAndCareful_SayTheSameOfEveryRecordedMessage()
    {
        byte[][] messages = [.. RecordedMessages.All()];
        SymbolDirectory symbols = DecodedText.AnySymbol(messages.SelectMany(Symbols));
        DecodedText quick = new(symbols, isCareful: false);
        DecodedText careful = new(symbols, isCareful: true);
        foreach (byte[] message in messages)
        {
            string? expected = careful.Decode(message);
            if (quick.Decode(message) != expected)
            {
                quick.Decode(message).ShouldBe(expected, Encoding.UTF8.GetString(message));
            }
        }

        (quick.Decoder.Statistics.Quick / (double)messages.Length).ShouldBeGreaterThan(0.99);
    }

    [Fact]
    public void Decode_OfDamagedMessages_NeverThrowsAndBothWaysAgree()
    {
        RandomStream random = new(5);
        SymbolDirectory symbols = new([.. TestInstruments.Of("binance-spot")]);
        DecodedText quick = new(symbols, isCareful: false);
        DecodedText careful = new(symbols, isCareful: true);
        for (int i = 0; i < 60_000; i++)
        {
            byte[] message = Encoding.UTF8.GetBytes(i % 2 == 0 ? Trade : Depth);
            int cut = random.NextDouble() < 0.2 ? random.NextInt32(message.Length) : message.Length;
            for (int changes = random.NextInt32(3); changes > 0; changes--)
            {
                message[random.NextInt32(message.Length)] = (byte)(random.NextDouble() < 0.5 ? "0123456789.,:\"[]{}eE- \\"[random.NextInt32(23)] : random.NextInt32(256));
            }

            string? expected = careful.Decode(message.AsSpan(0, cut));
            if (quick.Decode(message.AsSpan(0, cut)) != expected)
            {
                quick.Decode(message.AsSpan(0, cut)).ShouldBe(expected, Encoding.UTF8.GetString(message, 0, cut));
            }
        }
    }

    [Theory]
    [InlineData("", "fault Malformed")]
    [InlineData("<html><body>502</body></html>", "fault Malformed")]
    [InlineData("null", "fault Malformed")]
    [InlineData("[1]", "fault Malformed")]
    [InlineData("{\"result\":null,\"id\":1}", "control")]
    [InlineData("{\"code\":2,\"msg\":\"Invalid request\",\"id\":3}", "control")]
    [InlineData("{\"stream\":\"!serverShutdown\",\"data\":{}}", "control")]
    [InlineData("{\"e\":\"somethingNew\",\"s\":\"BTCUSDT\"}", "fault UnknownEvent")]
    [InlineData("{\"e\":\"trade\",\"s\":\"NOSUCH\"}", "fault UnknownSymbol")]
    [InlineData("{\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":1,\"p\":\"1e400\",\"q\":\"1\",\"T\":1,\"m\":true}", "fault Malformed #0")]
    [InlineData("{\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":1e400,\"p\":\"1\",\"q\":\"1\",\"T\":1,\"m\":true}", "fault Malformed #0")]
    [InlineData("{\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":1,\"p\":\"1.005\",\"q\":\"1\",\"T\":1,\"m\":true}", "fault OffGrid #0")]
    [InlineData("{\"e\":\"trade\",\"s\":\"BTCUSDT\",\"t\":1,\"p\":\"-1\",\"q\":\"1\",\"T\":1,\"m\":true}", "fault OffGrid #0")]
    [InlineData("{\"e\":\"depthUpdate\",\"E\":1,\"s\":\"BTCUSDT\",\"U\":1,\"u\":2,\"b\":[[\"-1\",\"1\"]],\"a\":[]}", "fault Malformed #0")]
    [InlineData("{\"e\":\"depthUpdate\",\"E\":1,\"s\":\"BTCUSDT\",\"U\":1,\"u\":2,\"b\":[[\"0\",\"1\"]],\"a\":[]}", "fault Malformed #0")]
    public void Decode_OfUnusableMessages_IsToldAndCounted(string message, string expected)
    {
        DecodedText decoded = new(new SymbolDirectory([.. TestInstruments.Of("binance-spot")]), isCareful: false);
        decoded.Decode(Encoding.UTF8.GetBytes(message))!.TrimEnd().ShouldBe(expected);
    }

    [Fact]
    public void Decode_OfDeepOrHugeMessages_IsToldAndCounted()
    {
        DecodedText decoded = new(new SymbolDirectory([.. TestInstruments.Of("binance-spot")]), isCareful: false);
        decoded.Decode(Encoding.UTF8.GetBytes(new string('[', 10_000) + new string(']', 10_000)))!.TrimEnd().ShouldBe("fault Malformed");
        decoded.Decode(new byte[MarketDecoder.MaxFrameBytes + 1])!.TrimEnd().ShouldBe("fault Oversized");
        decoded.Decoder.Statistics.Malformed.ShouldBe(2);
    }

    [Fact]
    public void Decode_OfATradeOfTheInsuranceFund_IsLeftOut()
    {
        DecodedText decoded = new(new SymbolDirectory([.. TestInstruments.Of("binance-spot")]), isCareful: false);
        decoded.Decode(Encoding.UTF8.GetBytes(Trade.Replace("\"M\":true", "\"X\":\"INSURANCE_FUND\"", StringComparison.Ordinal))).ShouldBe("");
        decoded.Decoder.Statistics.Skipped.ShouldBe(1);
    }

    private static IEnumerable<string> Symbols(byte[] message) =>
        SymbolPattern().Matches(Encoding.UTF8.GetString(message.AsSpan(0, Math.Min(message.Length, 4_096)))).Select(match => match.Groups[1].Value);

    [GeneratedRegex("\"s\" *: *\"([A-Z0-9]+)\"")]
    private static partial Regex SymbolPattern();
}
