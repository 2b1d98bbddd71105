using System.Text;
using Harrier.Domain;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Tests.Binance;

/// <summary>Messages of the private streams that broke other clients.</summary>
public sealed class UserEventReaderTests
{
    private static readonly Timestamp _received = Timestamp.FromUnixMilliseconds(1_700_000_000_500);
    private readonly WireCensus _census = new();

    [Theory]
    [InlineData("{0}")]
    [InlineData("""{"subscriptionId":3,"event":{0}}""")]
    [InlineData("""{"event":{0},"subscriptionId":3}""")]
    [InlineData("""{"stream":"key","data":{0}}""")]
    public void Read_BareOrWrapped_SameEvent(string wrapping)
    {
        OrderUpdate update = Spot(wrapping.Replace("{0}", Report(), StringComparison.Ordinal)).ShouldBeOfType<OrderUpdate>();
        update.Kind.ShouldBe(OrderUpdateKind.Traded);
        update.Order.ClientId.ShouldBe("a-1");
        update.Order.VenueId.ShouldBe(9007199254740993);
        update.Trade!.TradeId.ShouldBe(99);
        update.Trade.Fee.ShouldBe(0.0000075m);
        update.Trade.FeeAsset.ShouldBe(new Asset("BNB"));
        update.Trade.Quote.ShouldBe(500m);
        update.Order.AveragePrice.ShouldBe(50000m);
    }

    [Fact]
    public void Read_CancelEvent_OrderIsNamedByC()
    {
        OrderUpdate update = Order(Report(x: "CANCELED", X: "CANCELED", c: "cancel-7", C: "a-1", fill: "0|-1"));
        update.Order.ClientId.ShouldBe("a-1");
        update.Kind.ShouldBe(OrderUpdateKind.Canceled);
        update.Order.Status.ShouldBe(VenueOrderStatus.Canceled);
        update.Trade.ShouldBeNull();
    }

    [Theory]
    [InlineData("0", "99")]
    [InlineData("0.01", "-1")]
    [InlineData("0.00000000", "-1")]
    public void Read_TradeWithoutQuantityOrId_IsNoFill(string quantity, string trade)
    {
        OrderUpdate update = Order(Report(X: "EXPIRED_IN_MATCH", fill: quantity + "|" + trade));
        update.Trade.ShouldBeNull();
        update.Order.Status.ShouldBe(VenueOrderStatus.Expired);
    }

    [Theory]
    [InlineData("TRADE_PREVENTION")]
    [InlineData("SOMETHING_NEW")]
    public void Read_UnknownExecutionType_KeepsTheNumbers(string word)
    {
        OrderUpdate update = Order(Report(x: word, X: "SOMETHING_ELSE"));
        update.Kind.ShouldBe(OrderUpdateKind.Other);
        update.Trade.ShouldBeNull();
        update.Order.Executed.ShouldBe(0.01m);
        update.Order.Status.ShouldBe(VenueOrderStatus.Unknown);
        update.Order.RawStatus.ShouldBe("SOMETHING_ELSE");
    }

    [Fact]
    public void Read_UnknownFields_AreSurvivedAndCounted()
    {
        Order(Report().Replace("\"s\":", "\"zz\":{\"deep\":[1,2]},\"s\":", StringComparison.Ordinal)).Trade.ShouldNotBeNull();
        _census.Counts["ExecutionReportMessage.zz"].ShouldBe(1);
    }

    [Theory]
    [InlineData("REJECTED", "INSUFFICIENT_BALANCES", "INSUFFICIENT_BALANCES")]
    [InlineData("EXPIRED", "NONE", "UNFILLED_IOC_QUANTITY_EXPIRED")]
    public void Read_EndedOrder_KeepsTheReason(string x, string r, string reason)
    {
        string frame = Report(x: x, X: x, fill: "0|-1").Replace("\"r\":\"NONE\"", $"\"r\":\"{r}\",\"eR\":\"UNFILLED_IOC_QUANTITY_EXPIRED\"", StringComparison.Ordinal);
        Order(frame).Reason.ShouldBe(reason);
    }

    [Theory]
    [InlineData("""{"subscriptionId":0,"event":{"e":"eventStreamTerminated","E":1}}""", StreamEnd.Terminated)]
    [InlineData("""{"event":{"e":"serverShutdown","E":1}}""", StreamEnd.ServerShutdown)]
    [InlineData("""{"e":"listenKeyExpired","E":1,"listenKey":"abc"}""", StreamEnd.KeyExpired)]
    public void Read_EndOfStream_SaysWhich(string frame, StreamEnd end) => Spot(frame).ShouldBeOfType<StreamEnded>().End.ShouldBe(end);

    [Theory]
    [InlineData("""{"e":"NEW_KIND","E":1}""")]
    [InlineData("""{"e":"executionReport","S":"BUY","q":"not a number"}""")]
    [InlineData("""{"e":"executionReport","S":"SIDEWAYS"}""")]
    [InlineData("""{"e":"executionReport",""")]
    [InlineData("[1]")]
    [InlineData("")]
    [InlineData("<html>")]
    public void Read_Nonsense_IsCountedAndSkipped(string frame)
    {
        Spot(frame).ShouldBeOfType<UnreadMessage>();
        _census.Total.ShouldBe(1);
    }

    [Fact]
    public void Read_AnswerToACall_IsNoEvent() =>
        Reader(BinanceMarket.Spot).Read("""{"id":"1","status":200,"result":{"subscriptionId":0}}"""u8, _received).ShouldBeEmpty();

    [Fact]
    public void Read_Balances_AreAbsoluteAndDeltasAreSigned()
    {
        BalancesChanged balances = Spot("""{"e":"outboundAccountPosition","E":2,"u":1,"B":[{"a":"ETH","f":"10.5","l":"0.25"}]}""").ShouldBeOfType<BalancesChanged>();
        balances.Balances.ShouldBe([new AssetBalance(new Asset("ETH"), 10.5m, 0.25m, 10.75m)]);
        MoneyMoved moved = Spot("""{"e":"balanceUpdate","E":2,"a":"BTC","d":"-1.5","T":3}""").ShouldBeOfType<MoneyMoved>();
        moved.Delta.ShouldBe(-1.5m);
        Spot("""{"e":"externalLockUpdate","E":2,"a":"BTC","d":"1","T":3}""").ShouldBeOfType<MoneyMoved>();
    }

    [Fact]
    public void Read_LinearOrderWithoutFeeFields_IsRead()
    {
        OrderUpdate update = Linear(LinearReport(x: "NEW", X: "NEW", l: "0", t: "0").Replace(",\"n\":\"0.1\",\"N\":\"USDT\"", "", StringComparison.Ordinal));
        update.Kind.ShouldBe(OrderUpdateKind.Accepted);
        update.Trade.ShouldBeNull();
        OrderUpdate trade = Linear(LinearReport().Replace(",\"n\":\"0.1\",\"N\":\"USDT\"", "", StringComparison.Ordinal));
        trade.Trade!.Fee.ShouldBe(0);
        trade.Trade.FeeAsset.ShouldBeNull();
    }

    [Theory]
    [InlineData("autoclose-1234")]
    [InlineData("adl_autoclose")]
    [InlineData("settlement_autoclose-5")]
    [InlineData("delivery_autoclose-5")]
    public void Read_OrderMadeByTheVenue_IsKnownByItsId(string clientId)
    {
        OrderUpdate update = Linear(LinearReport(c: clientId, x: "CALCULATED"));
        update.IsVenueMade.ShouldBeTrue();
        update.Trade.ShouldNotBeNull();
    }

    [Fact]
    public void Read_TriggeredOrder_IsLinkedToItsParent()
    {
        OrderUpdate child = Linear(LinearReport().Replace("\"si\":0", "\"si\":2000000547400625,\"st\":\"ALGO_CONDITION\"", StringComparison.Ordinal));
        child.ParentId.ShouldBe(2000000547400625);
        OrderUpdate parent = Linear("""{"e":"ALGO_UPDATE","T":5,"E":5,"o":{"caid":"h1-1","aid":2000000547400625,"at":"CONDITIONAL","o":"STOP","s":"BTCUSDT","S":"BUY","ps":"BOTH","f":"GTC","q":"1","X":"TRIGGERED","ai":"4904025190","tp":"100","p":"101","R":false}}""");
        parent.Order.ChildId.ShouldBe(4904025190);
        parent.Order.IsConditional.ShouldBeTrue();
        parent.Kind.ShouldBe(OrderUpdateKind.Triggered);
        Linear("""{"e":"ALGO_UPDATE","T":5,"o":{"caid":"h1-1","aid":7,"s":"BTCUSDT","S":"BUY","X":"REJECTED","ai":"","rm":"margin not enough"}}""").Reason.ShouldBe("margin not enough");
    }

    [Fact]
    public void Read_TradeLite_IsAnExecutionWithoutFee()
    {
        OrderUpdate update = Linear("""{"e":"TRADE_LITE","E":1,"T":2,"s":"BTCUSDT","q":"0.040","p":"0","m":false,"c":"h1-1","S":"BUY","L":"64089.20","l":"0.010","t":109100866,"i":8886774}""");
        update.IsPartial.ShouldBeTrue();
        update.Trade!.Fee.ShouldBeNull();
        update.Trade.Quantity.ShouldBe(0.010m);
    }

    [Fact]
    public void Read_AccountUpdate_TellsWalletsAndPositions()
    {
        IReadOnlyList<AccountEvent> events = Reader(BinanceMarket.UsdM).Read("""
            {"e":"ACCOUNT_UPDATE","E":1,"T":2,"a":{"m":"FUNDING_FEE","S":"x","B":[{"a":"USDT","wb":"122.5","cw":"100","bc":"-0.5"}],
             "P":[{"s":"BTCUSDT","pa":"0","ep":"0","bep":"0","cr":"200","up":"0","mt":"cross","iw":"0","ps":"BOTH"},{"s":"ETHUSDT","pa":"-2","ep":"3000.1","up":"1","mt":"isolated","ps":"BOTH"}]}}
            """u8, _received);
        WalletsChanged wallets = events[0].ShouldBeOfType<WalletsChanged>();
        wallets.Cause.ShouldBe("FUNDING_FEE");
        wallets.Wallets.ShouldBe([(new Asset("USDT"), 122.5m, (decimal?)-0.5m)]);
        PositionsChanged positions = events[1].ShouldBeOfType<PositionsChanged>();
        positions.Positions[0].Quantity.ShouldBe(0);
        positions.Positions[1].Quantity.ShouldBe(-2);
        positions.Positions[1].IsIsolated.ShouldBe(true);
    }

    private static string Report(string x = "TRADE", string X = "PARTIALLY_FILLED", string c = "a-1", string C = "", string fill = "0.01|99") => $$"""
        {"e":"executionReport","E":1700000000001,"s":"BTCUSDT","c":"{{c}}","S":"BUY","o":"LIMIT","f":"GTC","q":"0.02","p":"50000.00","P":"0.00","F":"0.00","g":-1,"C":"{{C}}","x":"{{x}}","X":"{{X}}","r":"NONE","i":9007199254740993,"l":"{{fill.Split('|')[0]}}","z":"0.01","L":"50000.00","n":"0.00000750","N":"BNB","T":1700000000000,"t":{{fill.Split('|')[1]}},"I":8,"w":true,"m":false,"M":true,"O":1700000000000,"Z":"500.00","Y":"500.00","Q":"0.00","V":"NONE"}
        """;

    private static string LinearReport(string x = "TRADE", string X = "PARTIALLY_FILLED", string c = "h1-1", string l = "0.01", string t = "99") => $$"""
        {"e":"ORDER_TRADE_UPDATE","T":1700000000000,"E":1700000000001,"o":{"s":"BTCUSDT","c":"{{c}}","S":"SELL","o":"LIMIT","f":"GTC","q":"0.02","p":"50000","ap":"50000","sp":"0","x":"{{x}}","X":"{{X}}","i":77,"l":"{{l}}","z":"0.01","L":"50000","n":"0.1","N":"USDT","T":1700000000000,"t":{{t}},"b":"0","a":"0","m":true,"R":false,"wt":"CONTRACT_PRICE","ot":"LIMIT","ps":"BOTH","cp":false,"rp":"1.5","pP":false,"si":0,"ss":0,"V":"NONE","pm":"NONE","gtd":0,"er":"0"} }
        """;

    private AccountEvent Spot(string frame) => Reader(BinanceMarket.Spot).Read(Encoding.UTF8.GetBytes(frame), _received).Single();

    private OrderUpdate Order(string frame) => Spot(frame).ShouldBeOfType<OrderUpdate>();

    private OrderUpdate Linear(string frame) => Reader(BinanceMarket.UsdM).Read(Encoding.UTF8.GetBytes(frame), _received).Single().ShouldBeOfType<OrderUpdate>();

    private UserEventReader Reader(BinanceMarket market) => new(market, _census);
}
