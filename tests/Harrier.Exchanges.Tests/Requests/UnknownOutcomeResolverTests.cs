using Harrier.Domain;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Requests;

/// <summary>The protocol for unknown outcomes, against the faults F01 to F11 of the catalogue as far as they meet it.</summary>
public sealed class UnknownOutcomeResolverTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<double> _askedAt = [];
    private readonly Timestamp _sent;
    private Func<double, (Sighting, string?)> _byId = _ => (Sighting.NotFound, null);
    private Sighting _fills = Sighting.NotFound;
    private bool? _agrees = true;
    private Timestamp? _soundSince;
    private TimeSpan _quiet = TimeSpan.FromSeconds(6);

    public UnknownOutcomeResolverTests()
    {
        _sent = Timestamp.From(_time.GetUtcNow());
        _soundSince = _sent;
    }

    [Fact]
    public async Task Resolve_CutBeforeItLeft_IsProvenAbsentOnlyAfterQuietTimeAndSpan() // F01, F04
    {
        UnknownResolution<string> result = await Run(Resolver());
        result.State.ShouldBe(UnknownState.ProvenAbsent);
        _askedAt.ShouldBe([0.25, 0.5, 1, 2, 4, 8, 16], "8 s is after the quiet time, but the answers must span 10 s");
    }

    [Fact]
    public async Task F09_ReplyLostAndReplicaLags_IsAdoptedOnceTheVenueShowsIt()
    {
        _byId = at => at < 1.5 ? (Sighting.NotFound, null) : (Sighting.Found, "order");
        UnknownResolution<string> result = await Run(Resolver());
        result.ShouldBe(new UnknownResolution<string>(UnknownState.Adopted, "order", 4, "found by its id"));
    }

    [Fact]
    public async Task Resolve_StreamShowsTheOrder_AdoptsItAtOnce()
    {
        UnknownOutcomeResolver<string> resolver = Resolver();
        Task<UnknownResolution<string>> running = resolver.ResolveAsync(TestContext.Current.CancellationToken);
        resolver.Show("order");
        (await running).State.ShouldBe(UnknownState.Adopted);
        _askedAt.ShouldBeEmpty();
    }

    [Fact]
    public async Task Resolve_ConnectionComesBack_AsksAtOnce()
    {
        _byId = _ => (Sighting.Found, "order");
        UnknownOutcomeResolver<string> resolver = Resolver();
        Task<UnknownResolution<string>> running = resolver.ResolveAsync(TestContext.Current.CancellationToken);
        resolver.Nudge();
        (await running).State.ShouldBe(UnknownState.Adopted);
        _askedAt.ShouldBe([0]);
    }

    [Fact]
    public async Task Resolve_NoAnswers_ProveNothingAndEscalateAfterAMinute()
    {
        _byId = _ => (Sighting.NoAnswer, null);
        UnknownResolution<string> result = await Run(Resolver());
        result.State.ShouldBe(UnknownState.Escalated);
        _askedAt.ShouldBe([0.25, 0.5, 1, 2, 4, 8, 16, 32, 48]);
    }

    [Fact]
    public async Task Resolve_QueryHangs_EscalatesAllTheSame()
    {
        TaskCompletionSource<(Sighting, string?)> never = new();
        UnknownOutcomeResolver<string> resolver = Resolver(_ => never.Task);
        Task<UnknownResolution<string>> running = resolver.ResolveAsync(TestContext.Current.CancellationToken);
        await Eventually.Holds(() => _time.Pending.Count == 2);
        _time.Advance(TimeSpan.FromSeconds(60));
        (await running).State.ShouldBe(UnknownState.Escalated);
    }

    [Fact]
    public async Task Resolve_FillsOfAnOrderThatIsNotFound_IsNeverAbsent()
    {
        _fills = Sighting.Found;
        UnknownResolution<string> result = await Run(Resolver());
        result.State.ShouldBe(UnknownState.Escalated);
        result.Reason.ShouldBe("there are fills of an order that is not found");
    }

    [Theory]
    [InlineData(false, "position or balance differ from the books")]
    [InlineData(null, "position and balance could not be read")]
    public async Task Resolve_AccountDiffersOrIsSilent_IsNeverAbsent(bool? agrees, string reason)
    {
        _agrees = agrees;
        UnknownResolution<string> result = await Run(Resolver());
        result.State.ShouldBe(UnknownState.Escalated);
        result.Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task Resolve_StreamStaysBroken_IsNeverAbsent()
    {
        _soundSince = null;
        (await Run(Resolver())).Reason.ShouldBe("no answer of not found while the account's stream was sound");
    }

    [Fact]
    public async Task Resolve_StreamComesBackLate_IsAbsentAtTheNextAnswer()
    {
        _soundSince = _sent + TimeSpan.FromSeconds(20);
        (await Run(Resolver())).State.ShouldBe(UnknownState.ProvenAbsent);
        _askedAt[^1].ShouldBe(32);
    }

    [Fact]
    public async Task Resolve_VenueWithoutABoundOnItsOwnDelay_WaitsForItsLongQuietTime()
    {
        _quiet = TimeSpan.FromSeconds(60);
        (await Run(Resolver())).State.ShouldBe(UnknownState.Escalated);
        _askedAt.Clear();
        (await Run(Resolver(escalateAfter: TimeSpan.FromMinutes(3)))).State.ShouldBe(UnknownState.ProvenAbsent);
    }

    private UnknownOutcomeResolver<string> Resolver(
        Func<CancellationToken, Task<(Sighting, string?)>>? byId = null, TimeSpan? escalateAfter = null) =>
        new(
            new UnknownOutcomeOptions { QuietTime = _quiet, EscalateAfter = escalateAfter ?? TimeSpan.FromSeconds(60) },
            new UnknownOutcomeQueries<string>
            {
                ById = byId ?? (_ => Task.FromResult(Ask())),
                Fills = _ => Task.FromResult(_fills),
                AccountAgrees = _ => Task.FromResult(_agrees),
                StreamSoundSince = () => _soundSince <= Timestamp.From(_time.GetUtcNow()) ? _soundSince : null,
            },
            Timestamp.From(_time.GetUtcNow()),
            _time);

    private (Sighting, string?) Ask()
    {
        double at = (Timestamp.From(_time.GetUtcNow()) - _sent).TotalSeconds;
        _askedAt.Add(at);
        return _byId(at);
    }

    // The clock moves to the next timer only once the resolver waits for both that timer and its deadline.
    private async Task<UnknownResolution<string>> Run(UnknownOutcomeResolver<string> resolver)
    {
        Task<UnknownResolution<string>> running = resolver.ResolveAsync(TestContext.Current.CancellationToken);
        while (true)
        {
            await Eventually.Holds(() => running.IsCompleted || _time.Pending.Count == 2);
            if (running.IsCompleted)
            {
                return await running;
            }

            _time.Advance(_time.Pending[0]);
        }
    }
}
