using Harrier.Domain;
using Harrier.Features.Portfolio;
using Harrier.Hosting.Portfolio;
using Harrier.Storage.Records.Rows;

namespace Harrier.Exchanges.Tests.Portfolio;

/// <summary>The whole bot against the built-in broker: looks, decisions, gate, commit, records, and the end of its process at every step.</summary>
public sealed class PortfolioRunnerTests : IAsyncLifetime
{
    private PortfolioRig _rig = null!;

    public async ValueTask InitializeAsync() => _rig = await PortfolioRig.StartAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task Trend_IsFollowed_AndRecorded()
    {
        PortfolioDecision decision = (await UntilDecidedAsync())!;
        decision.To.Asset.ShouldBe(new Asset("BTC"));
        DecisionRow row = _rig.Decisions().ShouldHaveSingleItem();
        row.Status.ShouldBe("EXECUTED");
        row.Decision.ShouldBe("BUY");
        row.FromAsset.ShouldBe("USD");
        row.Amount.ShouldBe(decision.From.Amount);
        row.Received.ShouldNotBeNull().ShouldBeGreaterThan(0);
        row.Confidence.ShouldBeInRange(0.5, 1);
        row.ExpectedReturn.ShouldBeGreaterThan(0.001);
        row.Reason.ShouldContain("USD>BTC");
        row.ExecutedAt.ShouldNotBeNull();
        await _rig.ShouldEqualTruthAsync();
        _rig.ShouldRepeat();
    }

    [Fact]
    public async Task FirstPrices_AndSinglePrices_AreNoReasonToTrade()
    {
        _rig.Place.Price("XRP", 0.45967m);
        for (int i = 0; i < 2; i++)
        {
            (await _rig.LookAsync()).ShouldBeNull("the window is not full");
        }

        (await _rig.LookAsync()).ShouldBeNull("nothing moved");
        _rig.Posts.ShouldBeEmpty();
    }

    [Fact]
    public async Task DryRun_DecidesAndSendsNothing()
    {
        _rig.Configure(_rig.Store.Find(PortfolioRig.Bot)! with { IsDryRun = true });
        _rig.Reconfigure();
        (await UntilDecidedAsync())!.Status.ShouldBe(DecisionStatus.DryRun);
        _rig.Posts.ShouldBeEmpty("nothing that changes anything was asked of the broker");
        _rig.Decisions().ShouldHaveSingleItem().Status.ShouldBe("DRY_RUN");
        (await _rig.Place.MovedAsync(PortfolioRig.Run)).ShouldBeEmpty();
        _rig.ShouldRepeat();
    }

    [Fact]
    public async Task InactiveBot_DoesNothing_UntilItIsSwitchedOn()
    {
        _rig.Configure(_rig.Store.Find(PortfolioRig.Bot)! with { IsActive = false });
        _rig.Reconfigure();
        (await UntilDecidedAsync(most: 6)).ShouldBeNull();
        _rig.Runner.Looks.ShouldBe(0);
        _rig.Configure(_rig.Store.Find(PortfolioRig.Bot)! with { IsActive = true });
        _rig.Reconfigure();
        (await UntilDecidedAsync()).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(CrashPoint.BeforeQuote, "FAILED")]
    [InlineData(CrashPoint.AfterQuote, "FAILED")]
    [InlineData(CrashPoint.BeforeCommit, "FAILED")]
    [InlineData(CrashPoint.AfterCommit, "EXECUTED")]
    public async Task Process_ThatDies_FindsOutAtTheNextStart(CrashPoint point, string status)
    {
        _rig.Venue.At = point;
        await Should.ThrowAsync<ProcessDiedException>(async () => await UntilDecidedAsync());
        _rig.Decisions().ShouldHaveSingleItem().Status.ShouldBe("PENDING", "it was written before anything was sent");
        _rig.Die();

        await _rig.BeginAsync();

        _rig.Decisions().ShouldHaveSingleItem().Status.ShouldBe(status);
        await _rig.ShouldEqualTruthAsync();
        _rig.ShouldRepeat();
    }

    [Theory]
    [InlineData(CrashPoint.BeforeResolve)]
    [InlineData(CrashPoint.AfterResolve)]
    public async Task Process_ThatDiesWhileItFindsOut_FindsOutAtTheStartAfter(CrashPoint again)
    {
        _rig.Venue.At = CrashPoint.AfterCommit;
        await Should.ThrowAsync<ProcessDiedException>(async () => await UntilDecidedAsync());
        _rig.Die();
        _rig.Venue.At = again;
        await Should.ThrowAsync<ProcessDiedException>(_rig.BeginAsync);
        _rig.Die();

        await _rig.BeginAsync();

        _rig.Decisions().ShouldHaveSingleItem().Status.ShouldBe("EXECUTED");
        await _rig.ShouldEqualTruthAsync();
        _rig.ShouldRepeat();
    }

    [Fact]
    public async Task PriceThatMoves_BetweenDecisionAndQuote_IsNotTaken()
    {
        _rig.Venue.BeforeQuote = () => _rig.Place.Price("BTC", _rig.Place.PriceOf("BTC") * 1.01m);
        _ = (await UntilDecidedAsync()).ShouldNotBeNull();
        DecisionRow row = _rig.Decisions().ShouldHaveSingleItem();
        row.Status.ShouldBe("FAILED");
        row.Result!.ShouldStartWith("the price moved: the quote brings ");
        _rig.Posts.ShouldAllBe(static post => !post.EndsWith("/commit", StringComparison.Ordinal));
        await _rig.ShouldEqualTruthAsync();
    }

    [Fact]
    public async Task QuoteThatLapses_BeforeItsCommit_IsRefusedByTheGate()
    {
        _rig.Venue.AfterQuote = () => _rig.Wait(TimeSpan.FromSeconds(31));
        _ = (await UntilDecidedAsync()).ShouldNotBeNull();
        _rig.Decisions().ShouldHaveSingleItem().Result!.ShouldStartWith("refused by the risk gate: quote_expired");
        _rig.Posts.ShouldAllBe(static post => !post.EndsWith("/commit", StringComparison.Ordinal));
        await _rig.ShouldEqualTruthAsync();
    }

    [Fact]
    public async Task TwoBots_ShareWhatTheAccountHolds_EachWithItsSettings()
    {
        _rig.Store.Change("timid", [KeyValuePair.Create("is_active", "true"), KeyValuePair.Create("volatility_window", "3"), KeyValuePair.Create("risk_tolerance", "0")], _rig.Now).Faults.ShouldBeEmpty();
        _rig.Runner.Configure([PortfolioRig.Bot, "timid"]);
        for (int i = 0; i < 8; i++)
        {
            _rig.Place.Price("BTC", _rig.Place.PriceOf("BTC") * 1.01m);
            _ = await _rig.LookAsync();
            (await _rig.LookAsync(afterSeconds: 1, "timid")).ShouldBeNull("it takes no risk at all");
        }

        _rig.Decisions("EXECUTED").ShouldNotBeEmpty();
        _rig.Decisions().ShouldAllBe(static row => row.Bot == PortfolioRig.Bot);
        await _rig.ShouldEqualTruthAsync();
        _rig.ShouldRepeat();
    }

    [Fact]
    public async Task PairThatIsAdded_IsLookedAt_AndItsCoinGetsBooks()
    {
        _ = await _rig.LookAsync();
        _rig.Books.Assets.ShouldBe([new Asset("USD"), new Asset("BTC"), new Asset("ETH"), new Asset("XRP")]);
        _rig.Store.Add([TradingPair.Parse("USDT-USD")]);
        _rig.Reconfigure();
        _ = await _rig.LookAsync();
        _rig.Books.Assets[^1].ShouldBe(new Asset("USDT"));
        await _rig.ShouldEqualTruthAsync();
        _rig.Die();
        await _rig.BeginAsync();
        _rig.ShouldRepeat();
    }

    [Fact]
    public async Task HaltedAccount_DecidesNothing_AndSaysSoAfterARestart()
    {
        _rig.Runner.Order(isHalt: true, "me", "a look first");
        (await UntilDecidedAsync(most: 6)).ShouldBeNull();
        _rig.Die();
        await _rig.BeginAsync();
        _rig.Books.IsHalted.ShouldBeTrue();
        _rig.Runner.Order(isHalt: false, "me", "");
        (await UntilDecidedAsync()).ShouldNotBeNull();
        _rig.ShouldRepeat();
    }

    // A coin that rises by a percent at each look.
    private async Task<PortfolioDecision?> UntilDecidedAsync(int most = 20)
    {
        decimal price = _rig.Place.PriceOf("BTC");
        for (int i = 0; i < most; i++)
        {
            _rig.Place.Price("BTC", price *= 1.01m);
            if (await _rig.LookAsync() is { } decision)
            {
                return decision;
            }
        }

        return null;
    }
}
