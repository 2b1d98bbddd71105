using System.Globalization;
using Harrier.Domain;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;
using Harrier.Testnet.Hosting.Faults;

namespace Harrier.Exchanges.Tests.Contract;

/// <summary>What every adapter must do with its venue, case by case, against an exchange whose truth can be read.</summary>
public abstract class VenueContractTests
{
    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private protected abstract ContractVenue Venue { get; }

    [Fact]
    public async Task Case01_Account_EqualsTheExchange()
    {
        await using ContractRig rig = await StartAsync();
        AccountSnapshot account = (await rig.Venue.Client.AccountAsync(Stop)).Value;
        foreach ((string asset, decimal free, decimal locked) in rig.TrueBalances())
        {
            AssetBalance balance = account.Balances.Single(b => b.Asset.Code == asset);
            balance.Total.ShouldBe(free + locked, asset);
        }

        KeyPermissions key = (await rig.Venue.Client.KeyPermissionsAsync(Stop)).Value;
        key.CanTrade.ShouldBeTrue();
        key.CanWithdraw.ShouldBeFalse();
        (await rig.Venue.Client.FeesAsync(ContractRig.Symbol, Stop)).Value.Taker.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Case02_LimitOrder_RestsAndIsFoundByBothIds()
    {
        await using ContractRig rig = await StartAsync();
        VenueOrder placed = (await rig.PlaceAsync(Limit("c-1", OrderSide.Buy, 64_000m, 0.01m))).Value;
        placed.Status.ShouldBe(VenueOrderStatus.Open);
        placed.ClientId.ShouldBe("c-1");
        VenueOrder byName = (await rig.Venue.Client.QueryAsync(new OrderKey(ContractRig.Symbol, "c-1"), Stop)).Value;
        VenueOrder byNumber = (await rig.Venue.Client.QueryAsync(new OrderKey(ContractRig.Symbol, "", placed.VenueId), Stop)).Value;
        byName.VenueId.ShouldBe(placed.VenueId);
        byNumber.ClientId.ShouldBe("c-1");
        byName.Price.ShouldBe(64_000m);
        byName.Quantity.ShouldBe(0.01m);
        byName.Side.ShouldBe(OrderSide.Buy);
        byName.Type.ShouldBe(OrderType.Limit);
        (await rig.Venue.Client.OpenOrdersAsync(ContractRig.Symbol, Stop)).Value.ShouldHaveSingleItem().ClientId.ShouldBe("c-1");
        (await rig.Venue.Client.OpenOrdersAsync(null, Stop)).Value.ShouldHaveSingleItem();
        rig.TrueOpenClientIds().ShouldBe(["c-1"]);
    }

    [Fact]
    public async Task Case03_MarketOrder_FillsAndItsExecutionsEqualTheExchange()
    {
        await using ContractRig rig = await StartAsync();
        VenueOrder placed = (await rig.PlaceAsync(Limit("m-1", OrderSide.Buy, 0, 0.5m) with { Type = OrderType.Market })).Value;
        placed.Status.ShouldBe(VenueOrderStatus.Filled);
        placed.Executed.ShouldBe(0.5m);

        // Some venues no longer promise the average in the answer to an order, all do when asked for the order.
        (placed.AveragePrice ?? ContractRig.Ask).ShouldBe(ContractRig.Ask);
        (await rig.Venue.Client.QueryAsync(new OrderKey(ContractRig.Symbol, "m-1"), Stop)).Value.AveragePrice.ShouldBe(ContractRig.Ask);
        IReadOnlyList<OwnTrade> trades = (await rig.Venue.Client.TradesAsync(new HistoryQuery(ContractRig.Symbol), Stop)).Value;
        trades.Select(t => (t.TradeId, t.Price, t.Quantity, t.Fee!.Value)).ShouldBe(rig.TrueFills().Select(f => (f.Trade, f.Price, f.Quantity, f.Fee)));
        trades.ShouldAllBe(t => !t.IsMaker && t.Side == OrderSide.Buy && t.OrderId == placed.VenueId);
        (await rig.Venue.Client.OrderHistoryAsync(new HistoryQuery(ContractRig.Symbol), Stop)).Value.ShouldContain(o => o.ClientId == "m-1" && o.Status == VenueOrderStatus.Filled);
    }

    [Fact]
    public async Task Case04_Cancel_EndsTheOrderAndASecondOneFindsNothing()
    {
        await using ContractRig rig = await StartAsync();
        await rig.PlaceAsync(Limit("x-1", OrderSide.Sell, 66_000m, 0.01m));
        VenueOrder canceled = (await rig.CancelAsync(new OrderKey(ContractRig.Symbol, "x-1"))).Value;
        canceled.Status.ShouldBe(VenueOrderStatus.Canceled);
        canceled.ClientId.ShouldBe("x-1");
        VenueError again = (await rig.CancelAsync(new OrderKey(ContractRig.Symbol, "x-1"))).Error;
        again.Kind.ShouldBe(VenueErrorKind.OrderNotFound);
        again.Outcome.ShouldBe(Outcome.NotDone);
        rig.TrueOpenClientIds().ShouldBeEmpty();
    }

    [Fact]
    public async Task Case05_CancelAll_TakesWaitingOrdersToo()
    {
        await using ContractRig rig = await StartAsync();
        await rig.PlaceAsync(Limit("a-1", OrderSide.Buy, 64_000m, 0.01m));
        (await rig.PlaceAsync(Waiting("a-2", OrderType.Stop, OrderSide.Sell, 60_000m))).Value.Status.ShouldBeOneOf(VenueOrderStatus.Open, VenueOrderStatus.Waiting);
        (await rig.Venue.Client.OpenOrdersAsync(ContractRig.Symbol, Stop)).Value.Select(o => o.ClientId).ShouldBe(["a-1", "a-2"], ignoreOrder: true);
        (await rig.Venue.Client.CancelAllAsync(ContractRig.Symbol, Stop)).IsOk.ShouldBeTrue();
        rig.TrueOpenClientIds().ShouldBeEmpty();
        (await rig.Venue.Client.CancelAllAsync(ContractRig.Symbol, Stop)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task Case06_PostOnlyThatWouldTake_IsRefusedByThatName()
    {
        await using ContractRig rig = await StartAsync();
        VenueResult<VenueOrder> refused = await rig.PlaceAsync(Limit("p-1", OrderSide.Buy, 65_020m, 0.01m) with { PostOnly = true });

        // Some venues take it and end it at once.
        (refused.IsOk ? (VenueErrorKind.PostOnlyWouldTake, Outcome.NotDone) : (refused.Error.Kind, refused.Error.Outcome)).ShouldBe((VenueErrorKind.PostOnlyWouldTake, Outcome.NotDone));
        (refused.IsOk ? refused.Value.Status : VenueOrderStatus.Rejected).ShouldBe(VenueOrderStatus.Rejected);
        rig.TrueFills().ShouldBeEmpty();
        (await rig.PlaceAsync(Limit("p-2", OrderSide.Buy, 64_000m, 0.01m) with { PostOnly = true })).Value.PostOnly.ShouldBe(true);
    }

    [Theory]
    [InlineData("funds", VenueErrorKind.InsufficientFunds)]
    [InlineData("tick", VenueErrorKind.InvalidOrder)]
    [InlineData("lot", VenueErrorKind.InvalidOrder)]
    [InlineData("value", VenueErrorKind.InvalidOrder)]
    [InlineData("symbol", VenueErrorKind.UnknownSymbol)]
    public async Task Case07_BadOrder_IsRefusedByItsReason(string flaw, VenueErrorKind kind)
    {
        await using ContractRig rig = await StartAsync();
        OrderRequest order = Limit("b-1", OrderSide.Buy, 64_000m, 0.01m);
        VenueResult<VenueOrder> refused = await rig.PlaceAsync(flaw switch
        {
            "funds" => order with { Quantity = 1000m, Price = 64_000m },
            "tick" => order with { Price = 64_000.05m },
            "lot" => order with { Quantity = 0.0105m },
            "value" => order with { Quantity = 0.001m, Price = 4_000m },
            _ => order with { Symbol = "NOSUCHUSDT" },
        });
        refused.Error.Kind.ShouldBe(kind, refused.Error.Message);
        refused.Error.Outcome.ShouldBe(Outcome.NotDone);
        rig.TrueOpenClientIds().ShouldBeEmpty();
    }

    [Fact]
    public async Task Case08_SameClientId_IsADuplicateWhoseEffectIsUnknown()
    {
        await using ContractRig rig = await StartAsync();
        await rig.PlaceAsync(Limit("d-1", OrderSide.Buy, 64_000m, 0.01m));
        VenueError error = (await rig.PlaceAsync(Limit("d-1", OrderSide.Buy, 64_000m, 0.01m))).Error;
        error.Kind.ShouldBe(VenueErrorKind.DuplicateOrder, error.Message);
        error.Outcome.ShouldBe(Outcome.Unknown);
        rig.TrueOpenClientIds().ShouldBe(["d-1"]);
    }

    [Fact]
    public async Task Case09_UnknownOrder_IsNotFound()
    {
        await using ContractRig rig = await StartAsync();
        (await rig.Venue.Client.QueryAsync(new OrderKey(ContractRig.Symbol, "never"), Stop)).Error.Kind.ShouldBe(VenueErrorKind.OrderNotFound);
    }

    [Fact]
    public async Task Case10_ImmediateOrders_EndWithWhatTheyGot()
    {
        await using ContractRig rig = await StartAsync();
        rig.House(isSell: true, 65_000m, 0.2m);
        VenueOrder partly = (await rig.PlaceAsync(Limit("i-1", OrderSide.Buy, 65_000m, 0.5m) with { TimeInForce = TimeInForce.ImmediateOrCancel })).Value;
        partly.Status.ShouldBe(VenueOrderStatus.Expired);
        partly.Executed.ShouldBe(0.2m);
        VenueResult<VenueOrder> none = await rig.PlaceAsync(Limit("i-2", OrderSide.Buy, 65_000m, 0.5m) with { TimeInForce = TimeInForce.FillOrKill });
        (none.IsOk ? none.Value.Status : VenueOrderStatus.Expired).ShouldBe(VenueOrderStatus.Expired);
        rig.TrueOpenClientIds().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(OrderType.Stop, OrderSide.Sell, "63000")]
    [InlineData(OrderType.StopLimit, OrderSide.Buy, "67000")]
    [InlineData(OrderType.TakeProfit, OrderSide.Sell, "67000")]
    [InlineData(OrderType.TrailingStop, OrderSide.Sell, "0")]
    public async Task Case11_WaitingOrder_IsOpenAndCanBeQueriedAndCanceled(OrderType type, OrderSide side, string trigger)
    {
        if (type == OrderType.TrailingStop && !Venue.HasTrailingOrders)
        {
            Assert.Skip("the venue's trailing stop is a setting of a position");
        }

        await using ContractRig rig = await StartAsync();
        VenueOrder placed = (await rig.PlaceAsync(Waiting("w-1", type, side, decimal.Parse(trigger, CultureInfo.InvariantCulture)))).Value;
        placed.Type.ShouldBe(type);
        OrderKey key = new(ContractRig.Symbol, "w-1", null, Venue.SeparateConditionals);
        (await rig.Venue.Client.QueryAsync(key, Stop)).Value.IsFinal.ShouldBeFalse();
        (await rig.CancelAsync(key)).Value.Status.ShouldBe(VenueOrderStatus.Canceled);
        rig.TrueOpenClientIds().ShouldBeEmpty();
    }

    [Fact]
    public async Task Case12_Amend_ChangesTheOrder()
    {
        await using ContractRig rig = await StartAsync();
        await rig.PlaceAsync(Limit("e-1", OrderSide.Buy, 64_000m, 0.02m));
        OrderKey key = new(ContractRig.Symbol, "e-1");
        OrderAmendment shrink = new(key, OrderSide.Buy, 0.01m, 64_000m) { CurrentPrice = 64_000m, CurrentQuantity = 0.02m };
        VenueOrder smaller = (await rig.AmendAsync(shrink)).Value;
        smaller.Quantity.ShouldBe(0.01m);
        smaller.ClientId.ShouldBe("e-1");
        OrderAmendment move = new(key, OrderSide.Buy, 0.01m, 63_000m) { CurrentPrice = 64_000m, CurrentQuantity = 0.01m, ReplacementClientId = "e-2" };
        (await rig.AmendAsync(move)).Value.Price.ShouldBe(63_000m);
        (await rig.Venue.Client.OpenOrdersAsync(ContractRig.Symbol, Stop)).Value.ShouldHaveSingleItem().Price.ShouldBe(63_000m);
    }

    [Fact]
    public async Task Case13_WrongSecretOrKey_IsNamedAndStartFails()
    {
        await using ContractRig rig = await StartAsync(connects: false);
        await using TradingVenue wrongSecret = rig.Connect(rig.Credentials with { Secret = new Secret("wrong") });
        (await wrongSecret.StartAsync(Stop)).Error.Kind.ShouldBe(VenueErrorKind.Authentication);
        await using TradingVenue wrongKey = rig.Connect(rig.Credentials with { Key = "nobody" });
        (await wrongKey.StartAsync(Stop)).Error.Kind.ShouldBe(VenueErrorKind.Authentication);
    }

    [Theory]
    [InlineData(-180)]
    [InlineData(180)]
    public async Task Case14_ClockMinutesOff_IsMeasuredAndApplied(int seconds)
    {
        await using ContractRig rig = await StartAsync(connects: false);
        rig.SetClockOffset(TimeSpan.FromSeconds(seconds));
        (await rig.Venue.StartAsync(Stop)).IsOk.ShouldBeTrue();
        (await rig.PlaceAsync(Limit("t-1", OrderSide.Buy, 64_000m, 0.01m))).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task Case15_ChangedTickAndHalt_AreSeenAndApplied()
    {
        await using ContractRig rig = await StartAsync();
        List<SymbolChange> changes = [];
        Venue.SymbolsOf(rig.Venue.Access).Changed += changes.Add;
        rig.SetTick(0.5m);
        (await rig.Venue.Access.RefreshSymbolsAsync(Stop)).IsOk.ShouldBeTrue();
        SymbolChange revised = changes.ShouldHaveSingleItem();
        revised.IsRevised.ShouldBeTrue();
        revised.After.Definition.TickSize.ShouldBe(0.5m);
        revised.After.Revision.ShouldBe(2);
        rig.Halt();
        (await rig.Venue.Access.RefreshSymbolsAsync(Stop)).IsOk.ShouldBeTrue();
        changes[^1].Rules.IsTrading.ShouldBeFalse();
    }

    [Theory]
    [InlineData(FaultKind.CutAfter)]
    [InlineData(FaultKind.ServerErrorAfter)]
    public async Task Case16_LostAnswerWithEffect_IsUnknown(FaultKind fault)
    {
        await using ContractRig rig = await StartAsync();
        rig.Faults.Add(new FaultPlan(fault) { Match = "rder", Count = 1 });
        VenueError error = (await rig.PlaceAsync(Limit("u-1", OrderSide.Buy, 64_000m, 0.01m))).Error;
        error.Outcome.ShouldBe(Outcome.Unknown, error.Message);
        rig.Faults.Injected.ShouldBe(1);
        rig.TrueOpenClientIds().ShouldBe(["u-1"]);
        (await rig.Venue.Client.QueryAsync(new OrderKey(ContractRig.Symbol, "u-1"), Stop)).Value.Status.ShouldBe(VenueOrderStatus.Open);
    }

    private protected Task<ContractRig> StartAsync(bool connects = true) => ContractRig.StartAsync(Venue, connects);

    private protected static OrderRequest Limit(string id, OrderSide side, decimal price, decimal quantity) =>
        new() { Symbol = ContractRig.Symbol, ClientId = id, Side = side, Type = OrderType.Limit, Quantity = quantity, Price = price };

    private protected static OrderRequest Waiting(string id, OrderType type, OrderSide side, decimal trigger) => new()
    {
        Symbol = ContractRig.Symbol,
        ClientId = id,
        Side = side,
        Type = type,
        Quantity = 0.01m,
        Price = type == OrderType.StopLimit ? trigger : 0,
        Trigger = trigger,
        TrailingFraction = type == OrderType.TrailingStop ? 0.01m : 0,
    };
}
