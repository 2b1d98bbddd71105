using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Bybit.Mapping;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Wire;
using Harrier.Simulation.Randomness;

namespace Harrier.Exchanges.Tests.Bybit;

public sealed class BybitUserEventTests
{
    private static readonly Timestamp _received = Timestamp.FromUnixSeconds(1_800_000_000);

    private readonly WireCensus _census = new();

    [Fact]
    public void Read_AllDocumentedFrames_NothingIsUnknown()
    {
        int events = 0;
        foreach (string name in BybitFixtures.Names().Where(n => n.StartsWith("ws_account", StringComparison.Ordinal) && !n.Contains("with_open_time", StringComparison.Ordinal)))
        {
            IReadOnlyList<AccountEvent> read = [.. Reader(BybitMarket.Linear).Read(BybitFixtures.Bytes(name), _received), .. Reader(BybitMarket.Spot).Read(BybitFixtures.Bytes(name), _received)];
            read.ShouldNotContain(e => e is UnreadMessage, name);
            events += read.Count;
        }

        events.ShouldBeGreaterThanOrEqualTo(18);
        _census.Counts.ShouldBeEmpty();
    }

    [Fact]
    public void Read_Order_CanceledByItsOwner()
    {
        OrderUpdate update = One<OrderUpdate>(BybitFixtures.Named("ws_account_order.json"));
        update.Kind.ShouldBe(OrderUpdateKind.Canceled);
        update.Order.ClientId.ShouldBe("client-1");
        update.Order.Quantity.ShouldBe(0.010m);
        update.Time.ShouldBe(Timestamp.FromUnixMilliseconds(1_700_000_005_000));
    }

    [Theory]
    [InlineData("Cancelled", "EC_PostOnlyWillTakeLiquidity", "UNKNOWN PostOnly", "0", VenueOrderStatus.Rejected)]
    [InlineData("Cancelled", "EC_NoImmediateQtyToFill", "UNKNOWN IOC", "0", VenueOrderStatus.Expired)]
    [InlineData("Cancelled", "EC_NoError", "CancelByUser IOC", "0", VenueOrderStatus.Canceled)]
    [InlineData("PartiallyFilledCanceled", "EC_NoError", "UNKNOWN IOC", "0.004", VenueOrderStatus.Expired)]
    [InlineData("PartiallyFilledCanceled", "EC_NoError", "CancelByUser GTC", "0.004", VenueOrderStatus.Canceled)]
    [InlineData("Cancelled", "EC_NoError", "CancelByUser GTC", "0.004", VenueOrderStatus.Canceled)]
    [InlineData("Deactivated", "EC_NoError", "CancelByUser GTC", "0", VenueOrderStatus.Canceled)]
    [InlineData("Rejected", "EC_PerCancelRequest", "UNKNOWN GTC", "0", VenueOrderStatus.Rejected)]
    [InlineData("Untriggered", "EC_NoError", " GTC", "0", VenueOrderStatus.Waiting)]
    [InlineData("Triggered", "EC_NoError", " GTC", "0", VenueOrderStatus.Triggered)]
    [InlineData("SomethingNew", "EC_NoError", " GTC", "0", VenueOrderStatus.Unknown)]
    public void Read_OrderThatEnds_KeepsWhatTraded(string status, string reason, string cancelAndTime, string executed, VenueOrderStatus expected)
    {
        string[] words = cancelAndTime.Split(' ');
        OrderUpdate update = One<OrderUpdate>($$"""
            {"id":"x","topic":"order","creationTime":1,"data":[{"category":"linear","symbol":"BTCUSDT","orderId":"5cf98598-39a7-459e-97bf-76ca765ee020","orderLinkId":"a","side":"Buy",
            "orderType":"Limit","price":"10","qty":"0.010","timeInForce":"{{words[1]}}","orderStatus":"{{status}}","rejectReason":"{{reason}}","cancelType":"{{words[0]}}","cumExecQty":"{{executed}}",
            "cumExecValue":"0","avgPrice":"","triggerPrice":"","leavesQty":"0","updatedTime":"1700000005000"}]}
            """);
        update.Order.Status.ShouldBe(expected);
        update.Order.Executed.ShouldBe(decimal.Parse(executed, System.Globalization.CultureInfo.InvariantCulture));
        update.Order.Trigger.ShouldBeNull();
    }

    [Fact]
    public void Read_Execution_IsATradeAndSaysNothingOfItsOrder()
    {
        OrderUpdate update = One<OrderUpdate>(BybitFixtures.Named("ws_account_execution.json"));
        update.IsExecutionOnly.ShouldBeTrue();
        update.IsVenueMade.ShouldBeFalse();
        OwnTrade trade = update.Trade.ShouldNotBeNull();
        trade.TradeId.ToString().ShouldBe("0ab1bdf7-4219-438b-b30a-32ec863018f7");
        trade.OrderId.ToString().ShouldBe("9aac161b-8ed6-450d-9cab-c5cc67c21784");
        (trade.Price, trade.Quantity, trade.Fee, trade.FeeAsset!.Value.Code, trade.IsMaker).ShouldBe((95900.1m, 0.5m, 26.3725275m, "USDT", false));
    }

    [Fact]
    public void Read_Deleveraging_IsTheVenuesOwn()
    {
        OrderUpdate update = One<OrderUpdate>(BybitFixtures.Named("ws_account_execution_adl.json"));
        update.Kind.ShouldBe(OrderUpdateKind.Liquidation);
        update.IsVenueMade.ShouldBeTrue();
        update.Trade!.Quantity.ShouldBe(0.5m);
    }

    [Theory]
    [InlineData("Trade", false)]
    [InlineData("AdlTrade", true)]
    [InlineData("BustTrade", true)]
    [InlineData("Delivery", true)]
    public void Read_ExecutionKinds_AreToldApart(string kind, bool isVenueMade) =>
        One<OrderUpdate>(Execution(kind)).IsVenueMade.ShouldBe(isVenueMade);

    [Fact]
    public void Read_Funding_IsMoneyAndNoTrade()
    {
        MoneyMoved paid = One<MoneyMoved>(Execution("Funding").Replace("\"execFee\":\"26.3725275\"", "\"execFee\":\"1.25\"", StringComparison.Ordinal));
        (paid.Asset.Code, paid.Delta).ShouldBe(("USDT", -1.25m));
        One<MoneyMoved>(Execution("Settle").Replace("\"execFee\":\"26.3725275\"", "\"execFee\":\"0\",\"execPnl\":\"-3.5\"", StringComparison.Ordinal)).Delta.ShouldBe(-3.5m);
    }

    [Fact]
    public void Read_FastExecution_IsAnnouncedOnly()
    {
        OrderUpdate update = One<OrderUpdate>(BybitFixtures.Named("ws_account_execution_fast.json"));
        (update.IsPartial, update.Trade!.Fee, update.Trade.Quantity).ShouldBe((true, null, 3000m));
    }

    [Theory]
    [InlineData("Buy", "0.1", false, "BTC")]
    [InlineData("Sell", "0.1", false, "USDT")]
    [InlineData("Buy", "-0.1", true, "USDT")]
    [InlineData("Sell", "-0.1", true, "BTC")]
    public void Read_SpotExecutionWithoutItsFeesCurrency_FollowsTheVenuesRule(string side, string fee, bool isMaker, string asset)
    {
        string frame = $$"""
            {"topic":"execution","creationTime":1,"data":[{"category":"spot","symbol":"BTCUSDT","execFee":"{{fee}}","execId":"2290000000051000001","execPrice":"100","execQty":"1",
            "execType":"Trade","orderId":"1900000000000000001","orderLinkId":"a","side":"{{side}}","execTime":"1746270400353","isMaker":{{(isMaker ? "true" : "false")}}}]}
            """;
        ((OrderUpdate)Reader(BybitMarket.Spot).Read(Encoding.UTF8.GetBytes(frame), _received).Single()).Trade!.FeeAsset!.Value.Code.ShouldBe(asset);
    }

    [Fact]
    public void Read_NewsOfAnotherMarket_AreLeftOut() => Reader(BybitMarket.Spot).Read(BybitFixtures.Bytes("ws_account_execution.json"), _received).ShouldBeEmpty();

    [Fact]
    public void Read_Position_IsSigned()
    {
        VenuePosition position = One<PositionsChanged>(BybitFixtures.Named("ws_account_position.json")).Positions.ShouldHaveSingleItem();
        (position.Symbol, position.Quantity, position.EntryPrice, position.Leverage, position.LiquidationPrice).ShouldBe(("ETHUSDT", -0.01m, 3641.075m, 30, 51764.83003276m));
    }

    [Fact]
    public void Read_Wallet_IsAbsolute()
    {
        BalancesChanged wallet = One<BalancesChanged>(BybitFixtures.Named("ws_account_wallet.json"));
        wallet.IsWhole.ShouldBeFalse();
        wallet.Balances.Select(b => (b.Asset.Code, b.Total, b.Free)).ShouldBe([("BTC", 0.00102964m, 0.00092964m), ("USDT", 9647.75537647m, 9519.89806037m)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{\"topic\":\"order\",\"data\":[{\"category\":\"linear\",\"symbol\":\"X\",\"qty\":\"1e400\"}]}")]
    [InlineData("{\"topic\":\"order\",\"data\":5}")]
    [InlineData("{\"data\":[]}")]
    public void Read_OfWhatCannotBeRead_IsToldAndDamaged(string frame) =>
        Reader(BybitMarket.Linear).Read(Encoding.UTF8.GetBytes(frame), _received).ShouldHaveSingleItem().ShouldBeOfType<UnreadMessage>().IsDamaged.ShouldBeTrue();

    [Fact]
    public void Read_OfAnUnknownTopic_IsCounted()
    {
        Reader(BybitMarket.Linear).Read("{\"topic\":\"greeks\",\"data\":[]}"u8, _received).ShouldHaveSingleItem().ShouldBeOfType<UnreadMessage>().IsDamaged.ShouldBeFalse();
        _census.Total.ShouldBe(1);
    }

    [Fact]
    public void Read_OfDamagedFrames_NeverThrows()
    {
        RandomStream random = new(3);
        byte[][] frames = [.. BybitFixtures.Names().Where(n => n.StartsWith("ws_account", StringComparison.Ordinal)).Select(BybitFixtures.Bytes)];
        UserEventReader reader = Reader(BybitMarket.Linear);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] frame = [.. frames[random.NextInt32(frames.Length)]];
            for (int changes = random.NextInt32(4); changes > 0; changes--)
            {
                frame[random.NextInt32(frame.Length)] = (byte)random.NextInt32(256);
            }

            _ = reader.Read(frame.AsSpan(0, random.NextInt32(frame.Length + 1)), _received);
        }
    }

    [Theory]
    [InlineData("""{"success":true,"ret_msg":"","op":"auth","conn_id":"x"}""", true)]
    [InlineData("""{"req_id":"topics","success":true,"ret_msg":"","op":"subscribe","conn_id":"x"}""", true)]
    [InlineData("""{"id":"x","topic":"wallet","creationTime":1,"data":[]}""", false)]
    [InlineData("nonsense", false)]
    public void IsAnswer_Frame_IsToldFromNews(string frame, bool isAnswer) => UserEventReader.IsAnswer(Encoding.UTF8.GetBytes(frame)).ShouldBe(isAnswer);

    private static string Execution(string kind) => JsonDocument.Parse(BybitFixtures.Named("ws_account_execution.json")).RootElement.GetRawText()
        .Replace("\": \"", "\":\"", StringComparison.Ordinal)
        .Replace("\"execType\":\"Trade\"", $"\"execType\":\"{kind}\"", StringComparison.Ordinal);

    private UserEventReader Reader(BybitMarket market)
    {
        BybitSymbols symbols = new(market);
        symbols.Load(Encoding.UTF8.GetBytes(BybitFixtures.Named(market == BybitMarket.Spot ? "http_get_instruments_spot.json" : "http_get_instruments_linear.json")));
        return new UserEventReader(market, symbols, _census);
    }

    private T One<T>(string frame)
        where T : AccountEvent => Reader(BybitMarket.Linear).Read(Encoding.UTF8.GetBytes(frame), _received).ShouldHaveSingleItem().ShouldBeOfType<T>();
}
