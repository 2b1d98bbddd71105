using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Bybit.Mapping;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.Trading;

namespace Harrier.Exchanges.Tests.Bybit;

/// <summary>Our reading of messages against that of an independent client.</summary>
public sealed class BybitParseVectorTests
{
    [Theory]
    [InlineData("order", 5)]
    [InlineData("wsOrder", 11)]
    public void Orders_OracleVectors_SameMeaning(string kind, int count)
    {
        int compared = 0;
        foreach (JsonElement vector in BybitFixtures.OracleParses(kind))
        {
            string raw = vector.GetProperty("raw").GetString()!;
            IReadOnlyList<OrderMessage> messages = kind == "order"
                ? JsonSerializer.Deserialize(raw, BybitJson.Default.Orders)!.Result!.List
                : JsonSerializer.Deserialize(raw, BybitJson.Default.OrderFrame)!.Data;
            JsonElement[] expected = [.. vector.GetProperty("expect").EnumerateArray()];
            messages.Count.ShouldBe(expected.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                Compare(OrderMapping.Of(messages[i]), expected[i], vector.GetProperty("id").GetString()!);
            }

            compared++;
        }

        compared.ShouldBe(count);
    }

    [Theory]
    [InlineData("myTrade", 1)]
    [InlineData("wsMyTrade", 1)]
    public void Executions_OracleVectors_SameMeaning(string kind, int count)
    {
        int compared = 0;
        foreach (JsonElement vector in BybitFixtures.OracleParses(kind))
        {
            string raw = vector.GetProperty("raw").GetString()!;
            IReadOnlyList<ExecutionMessage> messages = kind == "myTrade"
                ? JsonSerializer.Deserialize(raw, BybitJson.Default.Executions)!.Result!.List
                : JsonSerializer.Deserialize(raw, BybitJson.Default.ExecutionFrame)!.Data;
            JsonElement[] expected = [.. vector.GetProperty("expect").EnumerateArray()];
            for (int i = 0; i < expected.Length; i++)
            {
                OwnTrade trade = OrderMapping.TradeOf(messages[i], null);
                JsonElement wanted = expected[i];
                (trade.Price, trade.Quantity, trade.Quote, trade.Fee).ShouldBe(
                    (Number(wanted, "price")!.Value, Number(wanted, "amount")!.Value, Number(wanted, "cost")!.Value, Number(wanted.GetProperty("fee"), "cost")));
                trade.IsMaker.ShouldBe(wanted.GetProperty("takerOrMaker").GetString() == "maker");
                trade.Side.ShouldBe(wanted.GetProperty("side").GetString() == "buy" ? OrderSide.Buy : OrderSide.Sell);
                trade.Time!.Value.UnixMilliseconds.ShouldBe(wanted.GetProperty("timestamp").GetInt64());
            }

            compared++;
        }

        compared.ShouldBe(count);
    }

    [Theory]
    [InlineData("position", 1)]
    [InlineData("wsPosition", 2)]
    public void Positions_OracleVectors_SameMeaning(string kind, int count)
    {
        int compared = 0;
        foreach (JsonElement vector in BybitFixtures.OracleParses(kind))
        {
            string raw = vector.GetProperty("raw").GetString()!;
            IReadOnlyList<PositionMessage> messages = kind == "position"
                ? JsonSerializer.Deserialize(raw, BybitJson.Default.Positions)!.Result!.List
                : JsonSerializer.Deserialize(raw, BybitJson.Default.PositionFrame)!.Data;
            foreach ((PositionMessage message, JsonElement wanted) in messages.Zip(vector.GetProperty("expect").EnumerateArray()))
            {
                VenuePosition position = AccountMapping.Of(message);
                Math.Abs(position.Quantity).ShouldBe(Number(wanted, "contracts") ?? 0);
                (position.Quantity < 0).ShouldBe(wanted.GetProperty("side").GetString() == "short");
                if (position.Quantity != 0)
                {
                    position.EntryPrice.ShouldBe(Number(wanted, "entryPrice")!.Value);
                    position.UnrealizedPnl.ShouldBe(Number(wanted, "unrealizedPnl"));
                    position.LiquidationPrice.ShouldBe(Number(wanted, "liquidationPrice"));
                }
            }

            compared++;
        }

        compared.ShouldBe(count);
    }

    [Fact]
    public void Balances_OracleVectors_SameTotals()
    {
        int compared = 0;
        foreach (JsonElement vector in BybitFixtures.OracleParses("balance"))
        {
            IReadOnlyList<AssetBalance> balances = AccountMapping.Of(JsonSerializer.Deserialize(vector.GetProperty("raw").GetString()!, BybitJson.Default.Wallets)!.Result!.List[0]);
            foreach (JsonProperty wanted in vector.GetProperty("expect").GetProperty("balances").EnumerateObject())
            {
                balances.Single(b => b.Asset.Code == wanted.Name).Total.ShouldBe(Number(wanted.Value, "total")!.Value, wanted.Name);
            }

            compared++;
        }

        compared.ShouldBe(2);
    }

    [Theory]
    [InlineData("http_post_user_update_master_api.json", BybitMarket.Linear, true, true)]
    [InlineData("http_post_user_update_sub_api.json", BybitMarket.Spot, true, true)]
    [InlineData("http_post_user_update_sub_api.json", BybitMarket.Linear, false, true)]
    public void Key_Documented_SaysWhatItMayDo(string name, BybitMarket market, bool mayTrade, bool mayTransfer)
    {
        KeyPermissions key = AccountMapping.Of(market, JsonSerializer.Deserialize(BybitFixtures.Named(name), BybitJson.Default.Key)!.Result!);
        (key.CanTrade, key.CanTransfer, key.CanWithdraw, key.IsIpRestricted).ShouldBe((mayTrade, mayTransfer, false, false));
    }

    [Fact]
    public void Key_ThatMayWithdrawAndEnds_IsWarnedOf()
    {
        byte[] body = Encoding.UTF8.GetBytes("""{"retCode":0,"result":{"readOnly":1,"permissions":{"Spot":["SpotTrade"],"Wallet":["Withdraw"]},"ips":["1.2.3.4"],"deadlineDay":7}}""");
        KeyPermissions key = AccountMapping.Of(BybitMarket.Spot, JsonSerializer.Deserialize(body, BybitJson.Default.Key)!.Result!);
        (key.CanTrade, key.CanWithdraw, key.IsIpRestricted).ShouldBe((false, true, true));
        key.Warnings.ShouldContain(w => w.Contains("ends in 7 days", StringComparison.Ordinal));
    }

    // The other client has no filled average of an order that did not trade, and no client id where it is empty.
    private static void Compare(VenueOrder order, JsonElement wanted, string id)
    {
        order.ClientId.ShouldBe(wanted.GetProperty("clientOrderId").GetString() ?? "", id);
        order.Quantity.ShouldBe(Number(wanted, "amount")!.Value, id);
        order.Executed.ShouldBe(Number(wanted, "filled")!.Value, id);
        order.ExecutedQuote.ShouldBe(Number(wanted, "cost"), id);
        order.Price.ShouldBe(Number(wanted, "price"), id);
        order.AveragePrice.ShouldBe(Number(wanted, "average"), id);
        order.Trigger.ShouldBe(Number(wanted, "triggerPrice"), id);
        order.ReduceOnly.ShouldBe(wanted.GetProperty("reduceOnly").GetBoolean(), id);
        order.Side.ShouldBe(wanted.GetProperty("side").GetString() == "buy" ? OrderSide.Buy : OrderSide.Sell, id);
        order.Created!.Value.UnixMilliseconds.ShouldBe(wanted.GetProperty("timestamp").GetInt64(), id);
        (order.Status switch
        {
            VenueOrderStatus.Filled => "closed",
            VenueOrderStatus.Canceled => "canceled",
            VenueOrderStatus.Rejected => "rejected",
            _ => "open",
        }).ShouldBe(wanted.GetProperty("status").GetString(), id);
    }

    private static decimal? Number(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
        ? decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture)
        : null;
}
