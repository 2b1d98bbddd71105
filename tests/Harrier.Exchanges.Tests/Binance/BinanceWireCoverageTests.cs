using System.Text.Json;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Binance;

/// <summary>Walks every property of every recorded trading and account message: each is read, or on the list of those ignored on purpose.</summary>
public sealed class BinanceWireCoverageTests
{
    private static readonly JsonDocumentOptions _loose = new() { AllowTrailingCommas = true };

    public static TheoryData<string, string> Endpoints => new()
    {
        { "Spot/Account/GetAccountInfo", nameof(SpotAccountMessage) },
        { "Spot/Account/GetCommissionRates", nameof(SpotCommissionMessage) },
        { "Spot/ExchangeData/GetExchangeInfo", nameof(ExchangeInfoMessage) },
        { "Spot/ExchangeData/GetServerTime", nameof(ServerTimeMessage) },
        { "Spot/Trading/AmendOrder", nameof(AmendmentMessage) },
        { "Spot/Trading/CancelAllOrders", nameof(SpotOrderMessage) },
        { "Spot/Trading/CancelOrder", nameof(SpotOrderMessage) },
        { "Spot/Trading/GetOpenOrders", nameof(SpotOrderMessage) },
        { "Spot/Trading/GetOrder", nameof(SpotOrderMessage) },
        { "Spot/Trading/GetOrders", nameof(SpotOrderMessage) },
        { "Spot/Trading/GetUserTrades", nameof(SpotOwnTradeMessage) },
        { "Spot/Trading/PlaceOrder", nameof(SpotOrderMessage) },
        { "UsdFutures/Account/ChangeInitialLeverage", nameof(LeverageMessage) },
        { "UsdFutures/Account/ChangeMarginType", nameof(DoneMessage) },
        { "UsdFutures/Account/GetAccountConfiguration", nameof(AccountConfigMessage) },
        { "UsdFutures/Account/GetAccountInfoV3", nameof(LinearAccountMessage) },
        { "UsdFutures/Account/GetIncomeHistory", nameof(IncomeMessage) },
        { "UsdFutures/Account/GetSymbolConfiguration", nameof(SymbolConfigMessage) },
        { "UsdFutures/Account/GetUserCommissionRate", nameof(LinearCommissionMessage) },
        { "UsdFutures/Account/ModifyPositionMode", nameof(DoneMessage) },
        { "UsdFutures/Account/StartUserStream", nameof(ListenKeyMessage) },
        { "UsdFutures/ExchangeData/GetExchangeInfo", nameof(ExchangeInfoMessage) },
        { "UsdFutures/ExchangeData/GetFundingInfo", nameof(FundingInfoMessage) },
        { "UsdFutures/ExchangeData/GetFundingRates", nameof(FundingRateMessage) },
        { "UsdFutures/ExchangeData/GetMarkPrice", nameof(PremiumIndexMessage) },
        { "UsdFutures/Trading/CancelAlgoOrder", nameof(AlgoCanceledMessage) },
        { "UsdFutures/Trading/CancelAllConditionalOrders", nameof(DoneMessage) },
        { "UsdFutures/Trading/CancelAllOrders", nameof(DoneMessage) },
        { "UsdFutures/Trading/CancelAllOrdersAfterTimeout", nameof(CountdownMessage) },
        { "UsdFutures/Trading/CancelConditionalOrder", nameof(AlgoCanceledMessage) },
        { "UsdFutures/Trading/CancelMultipleOrders", nameof(LinearOrderMessage) },
        { "UsdFutures/Trading/CancelOrder", nameof(LinearOrderMessage) },
        { "UsdFutures/Trading/EditMultipleOrders", nameof(LinearOrderMessage) },
        { "UsdFutures/Trading/EditOrder", nameof(LinearOrderMessage) },
        { "UsdFutures/Trading/GetConditionalOrder", nameof(AlgoOrderMessage) },
        { "UsdFutures/Trading/GetConditionalOrders", nameof(AlgoOrderMessage) },
        { "UsdFutures/Trading/GetForcedOrders", nameof(LinearOrderMessage) },
        { "UsdFutures/Trading/GetOpenConditionalOrders", nameof(AlgoOrderMessage) },
        { "UsdFutures/Trading/GetOpenOrder", nameof(LinearOrderMessage) },
        { "UsdFutures/Trading/GetOpenOrders", nameof(LinearOrderMessage) },
        { "UsdFutures/Trading/GetOrder", nameof(LinearOrderMessage) },
        { "UsdFutures/Trading/GetOrders", nameof(LinearOrderMessage) },
        { "UsdFutures/Trading/GetPositions", nameof(PositionMessage) },
        { "UsdFutures/Trading/GetUserTrades", nameof(LinearOwnTradeMessage) },
        { "UsdFutures/Trading/PlaceConditionalOrder", nameof(AlgoOrderMessage) },
        { "UsdFutures/Trading/PlaceMultipleOrders", nameof(LinearOrderMessage) },
        { "UsdFutures/Trading/PlaceOrder", nameof(LinearOrderMessage) },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public void Endpoint_EveryProperty_IsReadOrIgnoredOnPurpose(string endpoint, string shape)
    {
        JsonElement body = JsonDocument.Parse(Fixtures.Endpoint(endpoint), _loose).RootElement;
        Unread(body, ShapeOf(shape)).ShouldBeEmpty();
    }

    [Fact]
    public void CancelReplace_EveryProperty_IsReadOrIgnoredOnPurpose()
    {
        JsonElement body = JsonDocument.Parse(Fixtures.Endpoint("Spot/Trading/ReplaceOrder"), _loose).RootElement;
        Unread(body.GetProperty("data"), typeof(CancelReplaceMessage)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Spot/Account/AccountPosition")]
    [InlineData("Spot/Account/Balance")]
    [InlineData("Spot/Account/OcoOrder")]
    [InlineData("Spot/Account/Order")]
    [InlineData("UsdFutures/AccountUpdate")]
    [InlineData("UsdFutures/AlgoOrderUpdate")]
    [InlineData("UsdFutures/ConditionalTrigger")]
    [InlineData("UsdFutures/Leverage")]
    [InlineData("UsdFutures/MarginUpdate")]
    [InlineData("UsdFutures/MultiAssetMode")]
    [InlineData("UsdFutures/OrderUpdate")]
    [InlineData("UsdFutures/TradeUpdate")]
    public void PushedEvent_EveryProperty_IsReadOrIgnoredOnPurpose(string name)
    {
        foreach (string frame in Fixtures.Pushed(name))
        {
            Event(frame).ShouldBeEmpty();
        }
    }

    [Fact]
    public void RecordedEvents_EveryProperty_IsReadOrIgnoredOnPurpose()
    {
        int frames = 0;
        foreach (string frame in Fixtures.LeanNames().SelectMany(Fixtures.Lean))
        {
            Event(frame).ShouldBeEmpty();
            frames++;
        }

        foreach (string frame in Fixtures.Lines("gocryptotrader/binance-wsHandleData.jsonl").Where(l => TypeOf(l) is "executionReport" or "outboundAccountPosition" or "balanceUpdate" or "listStatus"))
        {
            Event(frame).ShouldBeEmpty();
            frames++;
        }

        frames.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void RecordedMarkets_EveryProperty_IsReadOrIgnoredOnPurpose()
    {
        JsonElement recorded = Fixtures.Json("data/fixtures/ccxt-recorded/binance/fetch_markets.json");
        HashSet<string> unread = [];
        int markets = 0;
        foreach (JsonElement market in recorded.GetProperty("parsed_response").EnumerateArray())
        {
            // The list also holds coin-margined contracts, which are not traded here.
            if (market.GetProperty("info") is { ValueKind: JsonValueKind.Object } info && !info.TryGetProperty("contractSize", out _))
            {
                unread.UnionWith(Unread(info, typeof(SymbolMessage)));
                markets++;
            }
        }

        markets.ShouldBeGreaterThanOrEqualTo(5);
        unread.ShouldBeEmpty();
    }

    private static IReadOnlyList<string> Event(string frame)
    {
        JsonElement root = JsonDocument.Parse(frame, _loose).RootElement;
        JsonElement body = root.TryGetProperty("event", out JsonElement inner) || root.TryGetProperty("data", out inner) ? inner : root;
        return Unread(body, body.GetProperty("e").GetString() switch
        {
            "executionReport" => typeof(ExecutionReportMessage),
            "outboundAccountPosition" => typeof(AccountPositionMessage),
            "balanceUpdate" => typeof(BalanceDeltaMessage),
            "listStatus" => typeof(ListStatusMessage),
            "ORDER_TRADE_UPDATE" => typeof(OrderTradeUpdateMessage),
            "ALGO_UPDATE" => typeof(AlgoUpdateMessage),
            "ACCOUNT_UPDATE" => typeof(AccountUpdateMessage),
            "TRADE_LITE" => typeof(TradeLiteMessage),
            "MARGIN_CALL" => typeof(MarginCallMessage),
            "ACCOUNT_CONFIG_UPDATE" => typeof(AccountConfigUpdateMessage),
            "CONDITIONAL_ORDER_TRIGGER_REJECT" => typeof(TriggerRejectMessage),
            string other => throw new InvalidOperationException(other),
            null => throw new InvalidOperationException(frame),
        });
    }

    private static string? TypeOf(string frame)
    {
        JsonElement root = JsonDocument.Parse(frame).RootElement;
        JsonElement body = root.TryGetProperty("data", out JsonElement inner) ? inner : root;
        return body.ValueKind == JsonValueKind.Object && body.TryGetProperty("e", out JsonElement type) ? type.GetString() : null;
    }

    private static Type ShapeOf(string name) => typeof(BinanceJson).Assembly.GetType("Harrier.Exchanges.Binance.Wire." + name, throwOnError: true)!;

    private static IReadOnlyList<string> Unread(JsonElement element, Type shape) => WireCoverage.Unread(element, shape, BinanceJson.Default);
}
