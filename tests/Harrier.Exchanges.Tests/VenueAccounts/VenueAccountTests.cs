using System.Globalization;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Hosting.Configuration;

namespace Harrier.Exchanges.Tests.VenueAccounts;

/// <summary>An account whose orders go to a venue: what it does there, and how it comes back after an end of any kind.</summary>
public sealed class VenueAccountTests
{
    public static TheoryData<string> Venues => ["binance-spot", "binance-usdm", "bybit-spot", "bybit-linear"];

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Entry_TradesAtTheVenue_AndItsStopWorksThere(string venue)
    {
        await using AccountScene scene = await AccountScene.StartAsync(venue);
        await using AccountLife life = await scene.LiveAsync();
        await life.EnterAsync();

        scene.Difference(life).ShouldBeNull();
        scene.Exchange.TrueFills().ShouldNotBeEmpty();
        Order stop = life.Working.ShouldHaveSingleItem();
        (stop.Intent.Purpose, stop.Intent.Type, stop.State).ShouldBe((OrderPurpose.StopLoss, OrderType.Stop, OrderState.Accepted));
        life.VenueIds.Count.ShouldBe(2, "the entry's and the stop's");
        life.VenueIds[stop.Id.ToString()].ShouldNotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Killed_WithAPosition_ComesBackEqualToTheExchange_AndSendsNothingAgain(string venue)
    {
        await using AccountScene scene = await AccountScene.StartAsync(venue);
        await using (AccountLife life = await scene.LiveAsync())
        {
            await life.EnterAsync();
        }

        IReadOnlyList<string> before = scene.Exchange.TrueOrders();
        await using AccountLife second = await scene.LiveAsync();
        await second.Sound();
        scene.Difference(second).ShouldBeNull();
        second.Account.Engine.Portfolio.Position(default, second.Instrument.Id).Size.Value.ShouldBeGreaterThan(0);
        scene.Exchange.TrueOrders().ShouldBe(before);
        second.Account.Engine.Risk.State.ShouldBe(TradingState.Active);
    }

    [Fact]
    public async Task Order_DecidedAndNeverSent_IsKnownToBeAbsent_AndTheNextOneHasAnotherId()
    {
        await using AccountScene scene = await AccountScene.StartAsync("binance-usdm");
        ClientOrderId lost;
        await using (AccountLife life = await scene.LiveAsync(parts => parts with { Connects = false }))
        {
            life.Rise();
            lost = life.Working.ShouldHaveSingleItem().Id;
        }

        scene.Exchange.TrueOrders().ShouldBeEmpty();
        await using AccountLife second = await scene.LiveAsync();
        await second.Sound();
        second.Working.ShouldBeEmpty();
        second.Account.Engine.Orders.Rejections[RejectReason.ProvenAbsent].ShouldBe(1);
        second.Told.ShouldContain("1 orders that had not left");
        second.Fall();
        await second.Becomes(() => scene.Exchange.TrueFills().Count > 0 && scene.Difference(second) is null, "the next decision trades");
        scene.Exchange.TrueOrders().ShouldNotContain(lost.ToString());
        second.Account.Plan.Identity.Run.ShouldBeGreaterThan(lost.Run);
    }

    [Theory]
    [InlineData("binance-usdm")]
    [InlineData("bybit-linear")]
    public async Task Funding_ReachesTheBooksOfTheBotThatHolds_WhileItRunsAndAtTheNextStart_OnceEach(string venue)
    {
        await using AccountScene scene = await AccountScene.StartAsync(venue);
        await using (AccountLife life = await scene.LiveAsync())
        {
            await life.EnterAsync();
            decimal before = scene.Wallet;
            AccountScene.Owned(life).ShouldBe(before);
            scene.Exchange.PayFunding(0.001m);
            (before - scene.Wallet).ShouldBeGreaterThan(9m, "a tenth of a percent of 10,000");
            await life.Becomes(() => AccountScene.Owned(life) == scene.Wallet, "the payment in the bot's books");
            life.Told.ShouldContain($"funding of BTCUSDT: {(scene.Wallet - before).ToString("0.########", CultureInfo.InvariantCulture)} USDT: one");
            life.Status.Risk.State.ShouldBe(TradingState.Active);
        }

        scene.Exchange.PayFunding(-0.002m);
        await using (AccountLife second = await scene.LiveAsync())
        {
            await second.Sound();
            AccountScene.Owned(second).ShouldBe(scene.Wallet, "what was received while nobody ran");
            second.Status.Risk.State.ShouldBe(TradingState.Active, second.Told);
        }

        await using AccountLife third = await scene.LiveAsync();
        await third.Sound();
        AccountScene.Owned(third).ShouldBe(scene.Wallet, "and not a second time");
        third.Told.ShouldNotContain("funding");
        third.Fall();
        await third.Becomes(() => third.Account.Engine.Portfolio.RoundTrips.Count > 0, "the exit");
        third.Account.Engine.Portfolio.RoundTrips[0].Funding.ShouldBeInRange(9m, 11m, "paid ten, received twenty");
    }

    // Neither order is reduce-only at the venue, which knows only the sum: that the account holds what its bots hold, and nothing besides, is up to us.
    [Fact]
    public async Task BotsThatShareASymbol_TogetherHoldWhatTheAccountHolds_ThroughEntryKillAndExit()
    {
        await using AccountScene scene = await AccountScene.StartAsync("binance-usdm");
        AccountSettings settings = scene.Settings();
        BotSettings first = settings.Bots[0] with { Balance = 30_000 };
        AccountParts Two(AccountParts parts) => parts with { Settings = settings with { Bots = [first, first with { Name = "two", Balance = 20_000 }] } };
        decimal smallest = 0;
        decimal Sum(AccountLife life) => Enumerable.Range(0, 2).Sum(bot => life.Instrument.ToDecimal(life.Account.Engine.Portfolio.Position(new BotId(bot), life.Instrument.Id).Size));
        bool Agrees(AccountLife life)
        {
            decimal held = scene.Exchange.TruePosition();
            smallest = Math.Min(smallest, held);
            return held == Sum(life) && life.Working.Select(static order => order.Id.ToString()).Order(StringComparer.Ordinal).SequenceEqual(scene.Exchange.TrueOpenClientIds().Order(StringComparer.Ordinal));
        }

        await using (AccountLife life = await scene.LiveAsync(Two))
        {
            await life.Sound();
            life.Rise();
            await life.Becomes(() => Agrees(life) && Sum(life) > 0 && life.Working is [{ Intent.Purpose: OrderPurpose.StopLoss }, { Intent.Purpose: OrderPurpose.StopLoss }], "two positions with a stop each");
            life.Working.Select(static order => order.Bot.Index).Order().ShouldBe([0, 1]);
        }

        await using AccountLife second = await scene.LiveAsync(Two);
        await second.Sound();
        Agrees(second).ShouldBeTrue("a kill changes nothing of it");
        second.Fall();
        await second.Becomes(() => Agrees(second) && Sum(second) <= 0, "the exits");
        second.Status.Risk.State.ShouldBe(TradingState.Active, second.Told);
        smallest.ShouldBeGreaterThanOrEqualTo(Math.Min(0, Sum(second)), "the account was never shorter than its bots are");
    }

    [Fact]
    public async Task Cancellation_ThatNeverLeft_IsSentAtTheNextStart()
    {
        await using AccountScene scene = await AccountScene.StartAsync("binance-usdm");
        await using (AccountLife life = await scene.LiveAsync())
        {
            await life.EnterAsync();
        }

        await using (AccountLife deaf = await scene.LiveAsync(parts => parts with { Connects = false }))
        {
            // The exit is decided and lost, and with it the cancellation of the stop.
            deaf.Fall();
            deaf.Working.Count.ShouldBeGreaterThan(1);
        }

        await using AccountLife last = await scene.LiveAsync();
        await last.Sound();
        await last.Becomes(() => scene.Difference(last) is null, "orders and positions of the exchange");
        last.Account.Engine.Portfolio.Position(default, last.Instrument.Id).IsFlat.ShouldBe(scene.Exchange.TruePosition() == 0);
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public async Task Stop_CanceledWhileNobodyRan_IsThereAgainBeforeAnyEntry(string venue)
    {
        await using AccountScene scene = await AccountScene.StartAsync(venue);
        ClientOrderId stop;
        await using (AccountLife life = await scene.LiveAsync())
        {
            await life.EnterAsync();
            stop = life.Working[0].Id;
        }

        scene.Exchange.OwnerCancels(stop);
        await using AccountLife second = await scene.LiveAsync();
        await second.Sound();
        await second.Becomes(() => second.Working is [{ State: OrderState.Accepted }] && scene.Difference(second) is null, "a stop");
        second.Working[0].Id.ShouldNotBe(stop);
        second.Working[0].Intent.Purpose.ShouldBe(OrderPurpose.StopLoss);
    }

    [Fact]
    public async Task Position_SoldByHandWhileNobodyRan_IsTakenFromTheBot_AndTheFeeThatIsMissingHalts()
    {
        await using AccountScene scene = await AccountScene.StartAsync("binance-usdm");
        await using (AccountLife life = await scene.LiveAsync())
        {
            await life.EnterAsync();
        }

        scene.Exchange.OwnerSells(0.1m);
        await using AccountLife second = await scene.LiveAsync();
        await second.Becomes(() => second.Status is { AtVenue.IsSound: true, Risk.State: TradingState.Halted }, "the halt");
        second.Instrument.ToDecimal(second.Account.Engine.Portfolio.Position(default, second.Instrument.Id).Size).ShouldBe(scene.Exchange.TruePosition());

        // 0.1 BTC at 64,990 cost 0.05 %: 3.2495 USDT that the bot's books do not know of.
        second.Told.ShouldContain("halted: the books differ: USDT: the bots own");
        (AccountScene.Owned(second) - scene.Wallet).ShouldBe(3.2495m, 0.000001m);
    }

    [Fact]
    public async Task End_TakesBackEntries_AndLeavesStops()
    {
        await using AccountScene scene = await AccountScene.StartAsync("binance-usdm");
        AccountLife life = await scene.LiveAsync();
        await life.EnterAsync();
        await life.EndAsync();

        scene.Exchange.TrueOpenClientIds().ShouldHaveSingleItem();
        await using AccountLife second = await scene.LiveAsync();
        await second.Sound();
        scene.Difference(second).ShouldBeNull();
    }
}
