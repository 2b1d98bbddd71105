using Harrier.Domain;
using Harrier.Exchanges.Binance;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records.Rows;

namespace Harrier.Exchanges.Tests.Portfolio;

/// <summary>Ways over two conversions, end to end: each step is a decision of its own, and what a way that breaks off has brought stays to be used.</summary>
public sealed class PortfolioRouteTests
{
    [Fact]
    public async Task WayOverAnotherCoin_ThatIsCheaper_IsTakenStepByStep()
    {
        await using PortfolioRig rig = await StartAsync();
        PortfolioDecision first = (await UntilDecidedAsync(rig)).ShouldNotBeNull();
        first.Reason.ShouldStartWith("USDT>BTC>ETH: ");
        IReadOnlyList<DecisionRow> rows = [.. rig.Decisions().OrderBy(static row => row.Number)];
        rows.Select(static row => (row.FromAsset, row.ToAsset, row.Status)).ShouldBe([("USDT", "BTC", "EXECUTED"), ("BTC", "ETH", "EXECUTED")]);
        rows[1].Reason.ShouldStartWith("the next step after decision 1: USDT>BTC>ETH: ");
        rows[1].Amount.ShouldBeInRange(rows[0].Received!.Value - 0.001m, rows[0].Received!.Value, "what the first step brought, less than a lot of it left");
        await rig.ShouldEqualTruthAsync();
        rig.ShouldRepeat();
    }

    [Fact]
    public async Task WayThatBreaksOff_LeavesWhatItHas_ForTheNextLooks()
    {
        await using PortfolioRig rig = await StartAsync();
        decimal before = rig.Place.Balances()["BTC"];
        int quotes = 0;
        rig.Venue.BeforeQuote = () =>
        {
            if (++quotes == 2)
            {
                SpotOf(rig).Quote("ETHBTC", SpotOf(rig).MiddleOf("ETHBTC") * 1.05m);
            }
        };
        (await UntilDecidedAsync(rig)).ShouldNotBeNull();
        rig.Venue.BeforeQuote = null;
        DecisionRow second = rig.Decisions().Single(static row => row.Number == 2);
        second.Status.ShouldBe("FAILED");
        second.Result!.ShouldStartWith("the price moved: ");
        second.Result!.ShouldEndWith("BTC stay where the step before has brought them, for the next looks to use");
        rig.Books.OwnedOf(new Asset("BTC")).ShouldBeGreaterThan(before);
        await rig.ShouldEqualTruthAsync();

        // A fall of bitcoin: what stayed is given for dollars by a later look.
        for (int i = 0; i < 10 && rig.Decisions("EXECUTED").All(static row => row.FromAsset != "BTC"); i++)
        {
            rig.Place.Price("BTC", rig.Place.PriceOf("BTC") * 0.98m);
            _ = await rig.LookAsync();
        }

        rig.Decisions("EXECUTED").ShouldContain(static row => row.FromAsset == "BTC", string.Join('\n', rig.Decisions().Select(static row => $"{row.Number} {row.Status} {row.Reason} {row.Result}")));
        await rig.ShouldEqualTruthAsync();
        rig.ShouldRepeat();
    }

    [Fact]
    public async Task ProcessThatDies_BetweenTheSteps_LeavesWhatItHas()
    {
        await using PortfolioRig rig = await StartAsync();
        int quotes = 0;
        rig.Venue.BeforeQuote = () =>
        {
            if (++quotes == 2)
            {
                throw new ProcessDiedException();
            }
        };
        await Should.ThrowAsync<ProcessDiedException>(async () => await UntilDecidedAsync(rig));
        rig.Decisions("PENDING").ShouldHaveSingleItem().Number.ShouldBe(2, "the second step was written before anything of it was sent");
        rig.Die();

        await rig.BeginAsync();

        DecisionRow second = rig.Decisions().Single(static row => row.Number == 2);
        (second.Status, second.Result!.StartsWith("the program ended before anything was committed; ", StringComparison.Ordinal)).ShouldBe(("FAILED", true), second.Result);
        second.Result!.ShouldContain(" BTC stay ");
        await rig.ShouldEqualTruthAsync();
        rig.ShouldRepeat();
    }

    [Fact]
    public async Task HaltBetweenTheSteps_IsSaidInTheDecision()
    {
        await using PortfolioRig rig = await StartAsync();
        rig.Venue.AfterQuote = () => rig.Runner.Order(isHalt: true, "me", "a look first");
        (await UntilDecidedAsync(rig)).ShouldNotBeNull();
        DecisionRow only = rig.Decisions().ShouldHaveSingleItem();
        only.Status.ShouldBe("FAILED", "nothing grows while the account is halted, not even by what was decided before");
        await rig.ShouldEqualTruthAsync();
        rig.ShouldRepeat();
    }

    private static SpotPlace SpotOf(PortfolioRig rig) => rig.Place.ShouldBeOfType<SpotPlace>();

    // Ether is dear in dollars on this market: the way over bitcoin brings more.
    private static async Task<PortfolioRig> StartAsync()
    {
        PortfolioRig rig = await PortfolioRig.StartAsync(static async time => await SpotPlace.StartAsync(new BinanceExchange(), time));
        rig.Store.Put([TradingPair.Parse("XRP-USDT", 0, isEnabled: false), TradingPair.Parse("ETH-BTC", 20), TradingPair.Parse("ETH-USDT", 20)]);
        rig.Reconfigure();
        return rig;
    }

    private static async Task<PortfolioDecision?> UntilDecidedAsync(PortfolioRig rig)
    {
        SpotPlace spot = SpotOf(rig);
        for (int i = 0; i < 12; i++)
        {
            decimal ether = spot.MiddleOf("ETHUSDT") * 1.01m;
            spot.Quote("ETHUSDT", ether);
            spot.Quote("ETHBTC", ether / 1.01m / spot.MiddleOf("BTCUSDT"));
            if (await rig.LookAsync() is { } decision)
            {
                return decision;
            }
        }

        return null;
    }
}
