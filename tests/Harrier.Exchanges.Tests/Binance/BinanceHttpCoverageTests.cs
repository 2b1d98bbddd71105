using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Books;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Tests.Binance;

/// <summary>Every recorded answer of another client's REST calls: each property is read, or ignored on purpose, or the call is one that Harrier does not make.</summary>
public sealed class BinanceHttpCoverageTests
{
    private static readonly Dictionary<string, Type> _read = new(StringComparer.Ordinal)
    {
        ["/api/v3/allOrders"] = typeof(SpotOrderMessage),
        ["/api/v3/openOrders"] = typeof(SpotOrderMessage),
        ["/api/v3/order"] = typeof(SpotOrderMessage),
        ["/fapi/v1/fundingInfo"] = typeof(FundingInfoMessage),
        ["/fapi/v1/fundingRate"] = typeof(FundingRateMessage),
        ["/fapi/v1/premiumIndex"] = typeof(PremiumIndexMessage),
        ["/fapi/v1/time"] = typeof(ServerTimeMessage),
    };

    private static readonly string[] _books = ["/api/v3/depth", "/fapi/v1/depth"];

    // Trades, prices and bars come over the streams; the listen key of spot was withdrawn; the rest are statistics that nothing here uses.
    private static readonly string[] _notCalled =
    [
        "/api/v3/aggTrades", "/api/v3/avgPrice", "/api/v3/klines", "/api/v3/order/test", "/api/v3/ticker/24hr", "/api/v3/ticker/price", "/api/v3/trades",
        "/api/v3/userDataStream", "/fapi/v1/aggTrades", "/fapi/v1/indexInfo", "/fapi/v1/klines", "/fapi/v1/ticker/24hr", "/fapi/v1/ticker/bookTicker",
        "/fapi/v1/ticker/price", "/fapi/v1/trades", "/futures/data/basis", "/futures/data/globalLongShortAccountRatio", "/futures/data/openInterestHist",
        "/futures/data/takerBuySellVol", "/futures/data/topLongShortAccountRatio", "/futures/data/topLongShortPositionRatio",
    ];

    // Order lists, other margin modes, files of history, conversions, algorithms of the venue, and market data that comes over the streams.
    private static readonly Dictionary<string, string> _endpointsNotCalled = new(StringComparer.Ordinal)
    {
        ["Spot/Account"] =
            "GetBalances GetOrderRateLimitStatus GetTradeFee",
        ["Spot/ExchangeData"] =
            "GetAggregatedTradeHistory GetAvgPrice GetBookPrice GetExecutionRules GetKlines GetPrice GetRecentTrades GetReferencePrice "
            + "GetReferencePriceCalculation GetRollingWindowTicker GetTicker GetTradeHistory GetTradingDayTicker GetUiKlines",
        ["Spot/Trading"] =
            "CancelOcoOrder GetOcoOrder GetOcoOrders GetOpenOcoOrders GetPreventedTrades PlaceOcoOrderList PlaceOtoOrderList PlaceOtocoOrderList "
            + "PlaceTestOrder",
        ["UsdFutures/Account"] =
            "GetAccountInfo GetBalances GetBnbBurnStatus GetBrackets GetDownloadIdForOrderHistory GetDownloadIdForTradeHistory "
            + "GetDownloadIdForTransactionHistory GetDownloadLinkForOrderHistory GetDownloadLinkForTradeHistory GetDownloadLinkForTransactionHistory "
            + "GetMarginChangeHistory GetMultiAssetsMode GetOrderRateLimit GetPositionAdlQuantileEstimation GetPositionInformation "
            + "GetTradingStatus KeepAliveUserStream ModifyPositionMargin SetBnbBurnStatus SetMultiAssetsMode StopUserStream",
        ["UsdFutures/ExchangeData"] =
            "GetAggregatedTradeHistory GetAssetIndexes GetBasis GetBookPrice GetCompositeIndexInfo GetContinuousContractKlines "
            + "GetGlobalLongShortAccountRatio GetIndexPriceConstituents GetIndexPriceKlines GetInsuranceFundBalances GetKlines GetMarkPriceKlines "
            + "GetOpenInterest GetOpenInterestHistory GetOrderBook GetPremiumIndexKlines GetPrice GetRecentTrades GetServerTime "
            + "GetTakerBuySellVolumeRatio GetTicker GetTopLongShortAccountRatio GetTopLongShortPositionRatio GetTradeHistory",
        ["UsdFutures/Trading"] =
            "ConvertAcceptQuote ConvertQuoteRequest GetAlgoSubOrders GetClosedAlgoOrders GetConvertOrderStatus GetOpenAlgoOrders GetOrderEditHistory "
            + "PlaceTimeWeightedAveragePriceOrder PlaceVolumeParticipationOrder",
    };

    [Fact]
    public void RecordedEndpoints_AreAllReadOrNotCalled() => Fixtures.EndpointNames().ShouldBe(
        BinanceWireCoverageTests.Endpoints.Select(row => row.Data.Item1)
            .Append("Spot/Trading/ReplaceOrder")
            .Concat(_endpointsNotCalled.SelectMany(group => group.Value.Split(' ').Select(name => group.Key + "/" + name))),
        ignoreOrder: true);

    [Fact]
    public void RecordedRoutes_AreAllReadOrNotCalled() =>
        Routes().Select(route => route.Name).ShouldBe(_read.Keys.Concat(_books).Concat(_notCalled), ignoreOrder: true);

    [Fact]
    public void RecordedAnswers_EveryProperty_IsReadOrIgnoredOnPurpose()
    {
        int answers = 0;
        foreach ((string name, JsonElement answer) in Routes().Where(route => _read.ContainsKey(route.Name)).SelectMany(Answers))
        {
            bool isRefusal = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("code", out _);
            WireCoverage.Unread(answer, isRefusal ? typeof(ErrorMessage) : _read[name], BinanceJson.Default).ShouldBeEmpty(name);
            answers++;
        }

        answers.ShouldBeGreaterThanOrEqualTo(14);
    }

    [Fact]
    public void RecordedBooks_AreReadWithoutAnUnknownProperty()
    {
        Instrument instrument = new(new InstrumentId(0), new InstrumentDefinition
        {
            Venue = new VenueId("sim-test"),
            Symbol = "BTCUSDT",
            Base = new Asset("BTC"),
            Quote = new Asset("USDT"),
            TickSize = 0.01m,
            LotSize = 0.000001m,
        });
        SymbolEntry entry = new SymbolDirectory([instrument]).Find("BTCUSDT"u8)!;
        SnapshotDecoder decoder = new();
        int books = 0;
        foreach ((string name, JsonElement answer) in Routes().Where(route => _books.Contains(route.Name)).SelectMany(Answers).Where(one => one.Answer.TryGetProperty("lastUpdateId", out _)))
        {
            decoder.Decode(Encoding.UTF8.GetBytes(answer.GetRawText()), entry, (1, new Timestamp(1)), out DepthSnapshot book).ShouldBeNull(name);
            book.Levels.Length.ShouldBe(answer.GetProperty("bids").GetArrayLength() + answer.GetProperty("asks").GetArrayLength());
            books++;
        }

        books.ShouldBe(3);
        (decoder.UnmappedProperties, decoder.OffGridLevels).ShouldBe((0, 0));
    }

    private static IEnumerable<(string Name, JsonElement Methods)> Routes() =>
        Fixtures.Zipped("gocryptotrader/binance-http-recorded.json.gz").GetProperty("routes").EnumerateObject().Select(route => (route.Name, route.Value));

    private static IEnumerable<(string Name, JsonElement Answer)> Answers((string Name, JsonElement Methods) route) =>
        route.Methods.EnumerateObject().SelectMany(method => method.Value.EnumerateArray()).Select(call => (route.Name, call.GetProperty("data")));
}
