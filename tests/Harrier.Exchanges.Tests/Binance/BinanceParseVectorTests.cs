using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Wire;

namespace Harrier.Exchanges.Tests.Binance;

/// <summary>Our reading of recorded messages against that of an independent client, except for the habits listed with the data.</summary>
public sealed class BinanceParseVectorTests
{
    // Where the other client's habits are not ours.
    [Flags]
    private enum Habit
    {
        None = 0,
        ClientId = 1,
        Price = 2,
        Status = 4,
    }

    private static readonly JsonDocumentOptions _loose = new() { AllowTrailingCommas = true };

    [Fact]
    public void RestOrders_OracleVectors_SameValues()
    {
        int orders = 0;
        foreach (JsonElement vector in Fixtures.OracleParses("order"))
        {
            string id = vector.GetProperty("id").GetString()!;
            bool isSpot = vector.GetProperty("market").GetString() == "spot";
            List<VenueOrder> ours = [.. Items(vector).Select(i => isSpot
                ? OrderMapping.Of(JsonSerializer.Deserialize(i, BinanceJson.Default.SpotOrderMessage)!)
                : OrderMapping.Of(JsonSerializer.Deserialize(i, BinanceJson.Default.LinearOrderMessage)!))];
            JsonElement expected = vector.GetProperty("expect");
            ours.Count.ShouldBe(expected.GetArrayLength(), id);
            for (int i = 0; i < ours.Count; i++)
            {
                bool isCancel = vector.GetProperty("source").GetString()!.EndsWith("Trading/CancelOrder.txt", StringComparison.Ordinal) && isSpot;
                Compare(ours[i], expected[i], id, isCancel ? Habit.ClientId : Habit.None);
                CompareFills(ours[i], expected[i], id);
                orders++;
            }
        }

        orders.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void ConditionalOrders_OracleVectors_SameValues()
    {
        int orders = 0;
        foreach (JsonElement vector in Fixtures.OracleParses("algoOrder"))
        {
            VenueOrder ours = OrderMapping.Of(JsonSerializer.Deserialize(Items(vector).First(), BinanceJson.Default.AlgoOrderMessage)!);
            ours.IsConditional.ShouldBeTrue();

            // Finished says nothing about being filled: the order it made does.
            Compare(ours, vector.GetProperty("expect")[0], vector.GetProperty("id").GetString()!, ours.RawStatus == "FINISHED" ? Habit.Status : Habit.None);
            orders++;
        }

        orders.ShouldBe(3);
    }

    [Fact]
    public void StreamOrders_OracleVectors_SameValues()
    {
        int orders = 0;
        foreach (JsonElement vector in Fixtures.OracleParses("wsOrder"))
        {
            string id = vector.GetProperty("id").GetString()!;
            OrderUpdate update = Read(vector);
            JsonElement expected = vector.GetProperty("expect");

            // The other client calls the client id of an update its id; a market order's price is a habit, an unknown status passes through.
            bool knowsStatus = Text(expected, "status") is "open" or "closed" or "canceled" or "expired" or "rejected";
            Compare(update.Order, expected, id, (update.Order.Type == OrderType.Market ? Habit.Price : Habit.None) | (knowsStatus ? Habit.None : Habit.Status));
            orders++;
        }

        orders.ShouldBeGreaterThan(10);
    }

    [Fact]
    public void StreamExecutions_OracleVectors_SameValues()
    {
        int trades = 0;
        foreach (JsonElement vector in Fixtures.OracleParses("wsMyTrade"))
        {
            CompareTrade(Read(vector).Trade.ShouldNotBeNull(), vector.GetProperty("expect"), vector.GetProperty("id").GetString()!);
            trades++;
        }

        trades.ShouldBe(5);
    }

    [Fact]
    public void RestExecutions_OracleVectors_SameValues()
    {
        int trades = 0;
        foreach (JsonElement vector in Fixtures.OracleParses("myTrade"))
        {
            string item = Items(vector).First();
            OwnTrade ours = vector.GetProperty("market").GetString() == "spot"
                ? OrderMapping.Of(JsonSerializer.Deserialize($"[{item}]", BinanceJson.Default.ListSpotOwnTradeMessage)![0])
                : OrderMapping.Of(JsonSerializer.Deserialize($"[{item}]", BinanceJson.Default.ListLinearOwnTradeMessage)![0]);
            CompareTrade(ours, vector.GetProperty("expect")[0], vector.GetProperty("id").GetString()!);
            trades++;
        }

        trades.ShouldBe(2);
    }

    [Fact]
    public void Balances_OracleVector_SameValues()
    {
        JsonElement vector = Fixtures.OracleParses("balance").Single();
        AccountSnapshot ours = AccountMapping.Of(JsonSerializer.Deserialize(vector.GetProperty("raw").GetString()!, BinanceJson.Default.SpotAccountMessage)!);
        foreach (JsonProperty asset in vector.GetProperty("expect").GetProperty("balances").EnumerateObject())
        {
            AssetBalance balance = ours.Balances.Single(b => b.Asset.Code == asset.Name);
            balance.Free.ShouldBe(Number(asset.Value, "free")!.Value);
            balance.Locked.ShouldBe(Number(asset.Value, "used")!.Value);
            balance.Total.ShouldBe(Number(asset.Value, "total")!.Value);
        }
    }

    [Fact]
    public void Positions_OracleVector_SameValues()
    {
        JsonElement vector = Fixtures.OracleParses("position").Single();
        List<PositionMessage> messages = JsonSerializer.Deserialize(vector.GetProperty("raw").GetString()!, BinanceJson.Default.ListPositionMessage)!;
        for (int i = 0; i < messages.Count; i++)
        {
            VenuePosition ours = AccountMapping.Of(messages[i], null);
            JsonElement expected = vector.GetProperty("expect")[i];
            Math.Abs(ours.Quantity).ShouldBe(Number(expected, "contracts")!.Value);
            ours.EntryPrice.ShouldBe(Number(expected, "entryPrice")!.Value);
            ours.MarkPrice.ShouldBe(Number(expected, "markPrice"));
            ours.Notional.ShouldBe(Number(expected, "notional"));
            ours.UnrealizedPnl.ShouldBe(Number(expected, "unrealizedPnl"));
            ours.LiquidationPrice.ShouldBe(Number(expected, "liquidationPrice"));
            ours.Leverage.ShouldBe((int)Number(expected, "leverage")!.Value);
            ours.IsIsolated.ShouldBe(Text(expected, "marginMode") == "isolated");
        }

        AccountMapping.Of(messages, []).Count.ShouldBe(1);
    }

    [Fact]
    public void Funding_OracleVector_SameValues()
    {
        JsonElement vector = Fixtures.OracleParses("fundingRate").Single();
        FundingTerms ours = AccountMapping.Of(JsonSerializer.Deserialize(Items(vector)[0], BinanceJson.Default.PremiumIndexMessage)!);
        JsonElement expected = vector.GetProperty("expect") is { ValueKind: JsonValueKind.Array } list ? list[0] : vector.GetProperty("expect");
        ours.MarkPrice.ShouldBe(Number(expected, "markPrice")!.Value);
        ours.IndexPrice.ShouldBe(Number(expected, "indexPrice"));
        ours.Rate.ShouldBe(Number(expected, "fundingRate"));
        ours.NextTime.UnixMilliseconds.ShouldBe(expected.GetProperty("fundingTimestamp").GetInt64());
        ours.Time!.Value.UnixMilliseconds.ShouldBe(expected.GetProperty("timestamp").GetInt64());
    }

    private static OrderUpdate Read(JsonElement vector)
    {
        BinanceMarket market = vector.GetProperty("market").GetString() == "spot" ? BinanceMarket.Spot : BinanceMarket.UsdM;
        return new UserEventReader(market, new WireCensus()).Read(Encoding.UTF8.GetBytes(vector.GetProperty("raw").GetString()!), default)
            .Single().ShouldBeOfType<OrderUpdate>(vector.GetProperty("id").GetString());
    }

    private static List<string> Items(JsonElement vector)
    {
        JsonElement raw = JsonDocument.Parse(vector.GetProperty("raw").GetString()!, _loose).RootElement;
        return raw.ValueKind == JsonValueKind.Array ? [.. raw.EnumerateArray().Select(e => e.GetRawText())] : [raw.GetRawText()];
    }

    private static void Compare(VenueOrder ours, JsonElement expected, string id, Habit without = Habit.None)
    {
        ours.VenueId.ToString().ShouldBe(Text(expected, "id"), id);
        if (!without.HasFlag(Habit.ClientId))
        {
            ours.ClientId.ShouldBe(Text(expected, "clientOrderId"), id);
        }

        ours.Side.ShouldBe(Text(expected, "side") == "buy" ? OrderSide.Buy : OrderSide.Sell, id);
        ours.Quantity.ShouldBe(Number(expected, "amount")!.Value, id);
        ours.Executed.ShouldBe(Number(expected, "filled")!.Value, id);
        ours.Remaining.ShouldBe(Number(expected, "remaining")!.Value, id);
        (ours.ExecutedQuote ?? Number(expected, "cost")).ShouldBe(Number(expected, "cost"), id);
        (ours.Trigger ?? 0).ShouldBe(Number(expected, "triggerPrice") ?? 0, id);
        if (!without.HasFlag(Habit.Price))
        {
            ours.Price.ShouldBe(Number(expected, "price"), id);
        }

        if (Number(expected, "average") is decimal average)
        {
            ours.AveragePrice.ShouldBe(average, id);
        }

        if (!without.HasFlag(Habit.Status))
        {
            Word(ours.Status).ShouldBe(Text(expected, "status"), id);
        }
    }

    private static void CompareFills(VenueOrder ours, JsonElement expected, string id)
    {
        JsonElement trades = expected.GetProperty("trades");
        ours.Fills.Count.ShouldBe(trades.GetArrayLength(), id);
        for (int i = 0; i < ours.Fills.Count; i++)
        {
            ours.Fills[i].TradeId.ToString().ShouldBe(Text(trades[i], "id"), id);
            ours.Fills[i].Price.ShouldBe(Number(trades[i], "price")!.Value, id);
            ours.Fills[i].Quantity.ShouldBe(Number(trades[i], "amount")!.Value, id);
            ours.Fills[i].Fee.ShouldBe(Number(trades[i].GetProperty("fee"), "cost"), id);
            ours.Fills[i].FeeAsset!.Value.Code.ShouldBe(Text(trades[i].GetProperty("fee"), "currency"), id);
        }
    }

    private static void CompareTrade(OwnTrade ours, JsonElement expected, string id)
    {
        ours.TradeId.ToString().ShouldBe(Text(expected, "id"), id);
        ours.OrderId.ToString().ShouldBe(Text(expected, "order"), id);
        ours.Side.ShouldBe(Text(expected, "side") == "buy" ? OrderSide.Buy : OrderSide.Sell, id);
        ours.IsMaker.ShouldBe(Text(expected, "takerOrMaker") == "maker", id);
        ours.Price.ShouldBe(Number(expected, "price")!.Value, id);
        ours.Quantity.ShouldBe(Number(expected, "amount")!.Value, id);
        ours.Quote.ShouldBe(Number(expected, "cost")!.Value, id);
        ours.Fee.ShouldBe(Number(expected.GetProperty("fee"), "cost"), id);
        ours.FeeAsset!.Value.Code.ShouldBe(Text(expected.GetProperty("fee"), "currency"), id);
        ours.Time!.Value.UnixMilliseconds.ShouldBe(expected.GetProperty("timestamp").GetInt64(), id);
    }

    private static string Word(VenueOrderStatus status) => status switch
    {
        VenueOrderStatus.Waiting or VenueOrderStatus.Open or VenueOrderStatus.PartiallyFilled or VenueOrderStatus.Triggered => "open",
        VenueOrderStatus.Filled => "closed",
        VenueOrderStatus.Canceled => "canceled",
        VenueOrderStatus.Expired => "expired",
        VenueOrderStatus.Rejected => "rejected",
        _ => "unknown",
    };

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static decimal? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture) : null;
}
