using System.Text.Json;
using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Risk;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Tests.Testnet.Uphold;
using Harrier.Testnet.Hosting.Faults;

namespace Harrier.Exchanges.Tests.Uphold;

/// <summary>What goes wrong between quote and commit, one fault at a time, against the built-in broker; each ends with our books equal to its truth.</summary>
public sealed class UpholdFaultTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private VenueRig _rig = null!;

    public async ValueTask InitializeAsync() => _rig = await VenueRig.StartAsync(await QuietBroker.StartAsync(time: _time), time: _time);

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData(FaultKind.Cut, "proven absent: it never arrived")]
    [InlineData(FaultKind.ServerError, "an error without effect")]
    [InlineData(FaultKind.Html, "a proxy's page without effect")]
    [InlineData(FaultKind.Maintenance, "closed, without effect")]
    public async Task F30_CommitLostWithoutEffect_IsProvenAbsentAfterTheQuotesLife(FaultKind kind, string why)
    {
        ConversionQuote quote = await QuotedAsync();
        Fault(kind);
        Timestamp before = _rig.Now;

        ConversionResult result = await CarryOutAsync(quote);

        result.Outcome.ShouldBe(ConversionOutcome.NotDone, why);
        result.Reason.ShouldBe(RejectReason.ProvenAbsent);
        (_rig.Now - before).ShouldBeGreaterThan(TimeSpan.FromSeconds(30), "only the end of the quote's life proves it");
        await EndsEqualAsync(commits: 0);
    }

    [Theory]
    [InlineData(FaultKind.CutAfter)]
    [InlineData(FaultKind.ServerErrorAfter)]
    public async Task F30_CommitLostAfterItsEffect_IsFoundAndBookedOnce(FaultKind kind)
    {
        ConversionQuote quote = await QuotedAsync();
        Fault(kind);

        ConversionResult result = await CarryOutAsync(quote);

        result.Outcome.ShouldBe(ConversionOutcome.Done, result.Detail);
        result.Settled!.To.ShouldBe(quote.To);
        _rig.Engine.Conversions.Booked.ShouldBe(1);
        await EndsEqualAsync(commits: 1);
    }

    [Theory]
    [InlineData(FaultKind.TooManyRequests, RejectReason.Throttled)]
    [InlineData(FaultKind.Banned, RejectReason.Throttled)]
    [InlineData(FaultKind.Password, RejectReason.PasswordRequired)]
    public async Task Commit_Refused_IsNotDoneAtOnce(FaultKind kind, RejectReason reason)
    {
        ConversionQuote quote = await QuotedAsync();
        Fault(kind);

        ConversionResult result = await CarryOutAsync(quote);

        result.Outcome.ShouldBe(ConversionOutcome.NotDone);
        result.Reason.ShouldBe(reason, result.Detail);
        await EndsEqualAsync(commits: kind == FaultKind.Password ? 1 : 0);
    }

    [Theory]
    [InlineData(5, ConversionOutcome.Done, "it comes late, and its answer with it")]
    [InlineData(28, ConversionOutcome.Done, "it takes effect long after nobody waits for its answer, when a hasty proof would have been complete")]
    [InlineData(40, ConversionOutcome.NotDone, "it arrives when the quote has lapsed")]
    public async Task Commit_ArrivesLate_IsAskedForUntilItIsKnown(int seconds, ConversionOutcome outcome, string why)
    {
        ConversionQuote quote = await QuotedAsync();
        _rig.Broker.Exchange.Faults.Add(new FaultPlan(FaultKind.Delay) { Venue = "uphold", Match = "/commit", Count = 1, Delay = TimeSpan.FromSeconds(seconds) });
        ConversionDecision decision = _rig.Request(quote);
        Task<ConversionResult> work = _rig.Venue.CommitAsync(decision.Approved!, VenueRig.Stop);

        // Counted is not yet waiting: a clock that moves in between would begin the delay too late.
        await Eventually.Holds(() => _time.Pending.Contains(TimeSpan.FromSeconds(seconds)), "the commit at the broker");

        // The client waits for 10 seconds.
        _time.Advance(TimeSpan.FromSeconds(Math.Min(seconds, 10)));
        ConversionResult result = await _rig.PassTimeAsync(work);
        _rig.Book(quote.Id, result);

        result.Outcome.ShouldBe(outcome, $"{why}: {result.Detail}");
        _time.Advance(TimeSpan.FromSeconds(60));
        await EndsEqualAsync(commits: 1);
    }

    [Fact]
    public async Task F30_QuoteLapsedOnTheWay_IsNotDoneAndSaysSo()
    {
        ConversionQuote quote = await QuotedAsync();
        ConversionDecision decision = _rig.Engine.Process(ConversionReport.Request(quote, new BotId(0), _rig.Now));
        _ = await _rig.Broker.AdminAsync(HttpMethod.Post, "/clock", new { offsetMs = 31_000 });

        ConversionResult result = await _rig.Venue.CommitAsync(decision.Approved!, VenueRig.Stop);
        _rig.Book(quote.Id, result);

        result.Outcome.ShouldBe(ConversionOutcome.NotDone);
        result.Reason.ShouldBe(RejectReason.QuoteExpired);
        await EndsEqualAsync(commits: 1);
    }

    [Fact]
    public async Task Commit_TooLittleLeftOfTheQuote_IsNotSent()
    {
        ConversionQuote quote = await QuotedAsync();
        ConversionDecision decision = _rig.Engine.Process(ConversionReport.Request(quote, new BotId(0), _rig.Now));
        _time.Advance(quote.Expires - _rig.Now - TimeSpan.FromMilliseconds(500));

        ConversionResult result = await _rig.Venue.CommitAsync(decision.Approved!, VenueRig.Stop);
        _rig.Book(quote.Id, result);

        result.Reason.ShouldBe(RejectReason.QuoteExpired);
        await EndsEqualAsync(commits: 0);
    }

    [Fact]
    public async Task Commit_Twice_IsSentOnce()
    {
        ConversionQuote quote = await QuotedAsync();
        ConversionDecision decision = _rig.Engine.Process(ConversionReport.Request(quote, new BotId(0), _rig.Now));

        ConversionResult[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _rig.Venue.CommitAsync(decision.Approved!, VenueRig.Stop), VenueRig.Stop)));

        results.Count(r => r.Outcome == ConversionOutcome.Done).ShouldBe(1);
        results.Count(r => r.Outcome == ConversionOutcome.Unknown).ShouldBe(7, "the others must not believe that nothing moved");
        _rig.Book(quote.Id, results.First(r => r.Outcome == ConversionOutcome.Done));
        await EndsEqualAsync(commits: 1);
    }

    [Fact]
    public async Task Commit_SpentMeanwhile_IsRefusedForItsFunds()
    {
        ConversionQuote quote = await QuotedAsync(60_000);
        ConversionDecision decision = _rig.Engine.Process(ConversionReport.Request(quote, new BotId(0), _rig.Now));
        _ = await _rig.Broker.AdminAsync(HttpMethod.Post, "/market", new { action = "withdraw", venue = "uphold", account = "default", asset = "USD", amount = "50000" });
        _rig.Engine.Process(new Harrier.Engine.AccountReport(new BotId(0), new Money(-50_000, VenueRig.Usd), _rig.Now));

        ConversionResult result = await _rig.Venue.CommitAsync(decision.Approved!, VenueRig.Stop);
        _rig.Book(quote.Id, result);

        result.Reason.ShouldBe(RejectReason.InsufficientBalance);
        await EndsEqualAsync(commits: 1);
    }

    [Fact]
    public async Task Quote_MoreThanThereIs_IsRefusedForItsFunds()
    {
        ConversionAnswer<ConversionQuote> answer = await _rig.QuoteAsync(VenueRig.Usd, VenueRig.Btc, 200_000);
        answer.IsOk.ShouldBeFalse();
        answer.Reason.ShouldBe(RejectReason.InsufficientBalance);
    }

    [Theory]
    [InlineData(FaultKind.CutAfter)]
    [InlineData(FaultKind.ServerErrorAfter)]
    [InlineData(FaultKind.Cut)]
    public async Task Quote_Lost_CostsNothingAndIsNotSentAgain(FaultKind kind)
    {
        _rig.Broker.Exchange.Faults.Add(new FaultPlan(kind) { Venue = "uphold", Match = "POST", Count = 1 });

        (await _rig.QuoteAsync(VenueRig.Usd, VenueRig.Btc, 100)).IsOk.ShouldBeFalse();

        JsonElement truth = await _rig.Broker.TruthAsync();
        truth.GetProperty("transactions").GetArrayLength().ShouldBe(kind == FaultKind.Cut ? 0 : 1);
        await EndsEqualAsync(commits: 0);
    }

    [Theory]
    [InlineData(FaultKind.ServerError)]
    [InlineData(FaultKind.Cut)]
    [InlineData(FaultKind.Html)]
    [InlineData(FaultKind.Maintenance)]
    [InlineData(FaultKind.TooManyRequests)]
    public async Task Read_FailsOnce_IsAskedAgain(FaultKind kind)
    {
        _rig.Broker.Exchange.Faults.Add(new FaultPlan(kind) { Venue = "uphold", Match = "GET", Count = 1 });
        ConversionAnswer<ConversionRate> rate = await _rig.PassTimeAsync(_rig.Venue.RateAsync(VenueRig.Btc, VenueRig.Usd, VenueRig.Stop));
        rate.IsOk.ShouldBeTrue(rate.Detail);
    }

    [Fact]
    public async Task Commit_SettlesLater_IsFollowedToItsEnd()
    {
        await using VenueRig rig = await VenueRig.StartAsync(
            await QuietBroker.StartAsync(new Harrier.Testnet.Uphold.UpholdRules { SettleTime = TimeSpan.FromSeconds(7) }, _time), time: _time);
        ConversionQuote quote = (await rig.QuoteAsync(VenueRig.Usd, VenueRig.Eth, 100)).Value!;

        ConversionResult result = await rig.PassTimeAsync(rig.CarryOutAsync(quote));

        result.Outcome.ShouldBe(ConversionOutcome.Done, result.Detail);
        await rig.ShouldEqualTruthAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Resolve_AfterARestart_FindsOutWithoutCommitting(bool wasCommitted)
    {
        ConversionQuote quote = await QuotedAsync();
        ConversionDecision decision = _rig.Engine.Process(ConversionReport.Request(quote, new BotId(0), _rig.Now));
        if (wasCommitted)
        {
            (await _rig.Venue.CommitAsync(decision.Approved!, VenueRig.Stop)).Outcome.ShouldBe(ConversionOutcome.Done);
        }

        // Whatever the process knew is gone but the journaled request: the engine still holds the funds back.
        OpenConversion open = _rig.Engine.Conversions.Open.Single();
        _rig.Engine.Portfolio.Ledger.Balance(new BotId(0), Harrier.Engine.Portfolio.LedgerAccount.Locked, ConversionEngine.Index(VenueRig.Usd)).ShouldBe(100);
        ConversionResult result = await _rig.PassTimeAsync(_rig.Venue.ResolveAsync(open, VenueRig.Stop));
        _rig.Book(open.Id, result);

        result.Outcome.ShouldBe(wasCommitted ? ConversionOutcome.Done : ConversionOutcome.NotDone, result.Detail);
        await EndsEqualAsync(commits: wasCommitted ? 1 : 0);
    }

    [Fact]
    public async Task Commit_TheVenueStaysSilent_IsUnknownAndTheFundsStayHeldBack()
    {
        ConversionQuote quote = await QuotedAsync();
        _rig.Broker.Exchange.Faults.Add(new FaultPlan(FaultKind.Cut) { Venue = "uphold" });

        ConversionResult result = await CarryOutAsync(quote);

        result.Outcome.ShouldBe(ConversionOutcome.Unknown, result.Detail);
        _rig.Engine.Conversions.Open.Single().Id.ShouldBe(quote.Id);
        _rig.Broker.Exchange.Faults.Clear();
        ConversionResult later = await _rig.PassTimeAsync(_rig.Venue.ResolveAsync(_rig.Engine.Conversions.Open.Single(), VenueRig.Stop));
        _rig.Book(quote.Id, later);
        later.Outcome.ShouldBe(ConversionOutcome.NotDone);
        await EndsEqualAsync(commits: 0);
    }

    private Task<ConversionResult> CarryOutAsync(ConversionQuote quote) => _rig.PassTimeAsync(_rig.CarryOutAsync(quote));

    private async Task<ConversionQuote> QuotedAsync(decimal amount = 100)
    {
        ConversionAnswer<ConversionQuote> answer = await _rig.QuoteAsync(VenueRig.Usd, VenueRig.Btc, amount);
        answer.IsOk.ShouldBeTrue(answer.Detail);
        return answer.Value;
    }

    private void Fault(FaultKind kind) => _rig.Broker.Exchange.Faults.Add(new FaultPlan(kind) { Venue = "uphold", Match = "/commit", Count = 1 });

    private async Task EndsEqualAsync(int commits)
    {
        _rig.Engine.Conversions.Open.ShouldBeEmpty();
        _rig.Broker.Exchange.Faults.Clear();
        (await _rig.CommitCallsAsync(atLeast: commits)).ShouldBe(commits);
        await _rig.ShouldEqualTruthAsync();
    }
}
