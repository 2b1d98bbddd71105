using Harrier.Testnet.Core;
using static Harrier.Exchanges.Tests.Testnet.Core.CoreScene;

namespace Harrier.Exchanges.Tests.Testnet.Core;

public sealed class ListingTests
{
    private readonly CoreScene _scene = new();

    [Theory]
    [InlineData(ListingStatus.Halted)]
    [InlineData(ListingStatus.CancelOnly)]
    public void NotTrading_RefusesOrdersAndTakesCancels(ListingStatus status)
    {
        ExchangeOrder order = _scene.Buy(_scene.Ann, 1m, 90m);

        _scene.Core.SetStatus(Symbol, status);

        _scene.Refused(_scene.Ann, Limit(false, 1m, 90m)).ShouldBe(RefusalReason.MarketClosed);
        _scene.Refused(_scene.House, Limit(false, 1m, 90m)).ShouldBe(RefusalReason.MarketClosed);
        _scene.Core.Amend(_scene.Ann, Key(order), 0.5m, null, keepPriority: true).Refusal!.Value.Reason.ShouldBe(RefusalReason.MarketClosed);
        _scene.Core.Cancel(_scene.Ann, Key(order)).Refusal.ShouldBeNull();
        _scene.Core.SetStatus(Symbol, ListingStatus.Trading);
        _scene.Buy(_scene.Ann, 1m, 90m);
    }

    [Fact]
    public void Delisted_ExpiresOrdersAndFreesBalances()
    {
        ExchangeOrder order = _scene.Buy(_scene.Ann, 1m, 90m);
        ExchangeOrder stop = _scene.Taken(_scene.Ann, Limit(true, 1m, 80m) with { Type = ExchangeOrderType.StopLossLimit, StopPrice = 85m });

        _scene.Core.SetStatus(Symbol, ListingStatus.Delisted);

        (order.Status, stop.Status).ShouldBe((ExchangeOrderStatus.Expired, ExchangeOrderStatus.Expired));
        (_scene.Ann.Locked("USDT"), _scene.Ann.Locked("BTC")).ShouldBe((0m, 0m));
        _scene.Instrument.Book.BidLevels.ShouldBe(0);
    }

    [Fact]
    public void TickSize_Coarser_OpenOrdersKeepTheirPrice()
    {
        ExchangeOrder order = _scene.Sell(_scene.Ann, 1m, 100.03m);

        _scene.Core.SetTickSize(Symbol, 0.1m);

        _scene.Refused(_scene.Bob, Limit(false, 1m, 100.03m)).ShouldBe(RefusalReason.PriceTick);
        _scene.Buy(_scene.Bob, 1m, 100.1m).AveragePrice.ShouldBe(100.03m);
        order.Status.ShouldBe(ExchangeOrderStatus.Filled);
    }

    [Fact]
    public void TickSize_Finer_OrdersKeepPriceAndPlace()
    {
        ExchangeOrder first = _scene.Sell(_scene.Ann, 1m, 100.03m);
        ExchangeOrder second = _scene.Sell(_scene.Bob, 1m, 100.03m);

        _scene.Core.SetTickSize(Symbol, 0.003m);
        _scene.Core.Place(_scene.House, Limit(true, 1m, 100.029m));
        _scene.Core.Place(_scene.House, Market(false, 1.5m));

        (first.Executed, second.Executed).ShouldBe((0.5m, 0m));
        _scene.Core.Depth(Symbol, 5).Asks.ShouldBe([new DepthLevel(100.03m, 1.5m)]);
    }

    [Fact]
    public void Clock_Offset_IsTheVenuesTime()
    {
        Domain.Timestamp before = _scene.Core.Now;

        _scene.Core.SetClockOffset(TimeSpan.FromMinutes(3));

        (_scene.Core.Now - before).ShouldBe(TimeSpan.FromMinutes(3));
        _scene.Buy(_scene.Ann, 1m, 90m).Created.ShouldBe(before + TimeSpan.FromMinutes(3));
    }

    [Fact]
    public void Accounts_AreFoundByKeyAndName_AndUnique()
    {
        _scene.Core.ByKey("key-ann").ShouldBe(_scene.Ann);
        _scene.Core.ByName("bob").ShouldBe(_scene.Bob);
        _scene.Core.ByKey("nobody").ShouldBeNull();
        Should.Throw<ArgumentException>(() => _scene.Core.OpenAccount(new AccountTerms { Name = "ann" }));
        Should.Throw<ArgumentException>(() => _scene.Core.OpenAccount(new AccountTerms { Name = "eve", ApiKey = "key-ann" }));
        _scene.Core.Transfer(_scene.Ann, "USDT", -10_000.01m).ShouldBeFalse();
        _scene.Ann.Free("USDT").ShouldBe(10_000m);
    }

    [Fact]
    public void House_TradesWithoutMoneyFeesOrEvents()
    {
        _scene.Core.Place(_scene.House, Limit(true, 50_000m, 100m)).Refusal.ShouldBeNull();
        _scene.Taken(_scene.Ann, Market(false, 1m));

        (_scene.House.Free("BTC"), _scene.House.Free("USDT")).ShouldBe((-1m, 100m));
        _scene.Log.Events.ShouldAllBe(e => e.StartsWith("ann", StringComparison.Ordinal));
        _scene.Log.Balances.ShouldAllBe(b => b.Account == "ann");
        _scene.Core.OrderHistory(_scene.House, Symbol, default).ShouldHaveSingleItem().Remaining.ShouldBe(49_999m);
    }

    [Fact]
    public void Trades_OfOneSweep_AreGroupedByPrice()
    {
        _scene.Sell(_scene.Ann, 1m, 100m);
        _scene.Sell(_scene.Bob, 1m, 100m);
        _scene.Sell(_scene.Bob, 1m, 101m);

        _scene.Core.Place(_scene.House, Market(false, 3m));

        _scene.Log.Trades.Select(t => (t.Id, t.FirstId, t.LastId, t.AggregateId)).ShouldBe([(1L, 1L, 2L, 1L), (2L, 1L, 2L, 1L), (3L, 3L, 3L, 2L)]);
    }

    [Fact]
    public void Top_IsToldOncePerCommand_WithTheIdOfTheBook()
    {
        _scene.Log.Tops.Clear();
        _scene.Sell(_scene.Ann, 1m, 100m);
        _scene.Sell(_scene.Ann, 1m, 101m);
        _scene.Sell(_scene.Bob, 2m, 100m);

        _scene.Log.Tops.ShouldBe([(1L, new TopOfBook(0m, 0m, 100m, 1m)), (3L, new TopOfBook(0m, 0m, 100m, 3m))]);
        _scene.Core.Depth(Symbol, 1).LastUpdateId.ShouldBe(3);
    }
}
