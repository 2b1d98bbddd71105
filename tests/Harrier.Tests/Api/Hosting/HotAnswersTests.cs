using System.Net;
using Harrier.Hosting.Accounts;
using Harrier.Tests.Support;

namespace Harrier.Tests.Api.Hosting;

/// <summary>Answers that are kept for a moment are those of whoever asked, and pass the rate limit each time.</summary>
public sealed class HotAnswersTests
{
    private const string Prices = "/api/v1/market/prices?symbols=BTCUSDT";

    [Fact]
    public async Task Get_TheSameQuestionWithinAMoment_GetsTheSameBytes_AndLaterNewOnes()
    {
        SteppedTime time = new();
        await using ApiScene scene = await ApiScene.StartAsync(time: time);
        string first = (await scene.GetAsync(Prices, scene.Viewer)).Body.GetRawText();
        scene.Running.Status = scene.Running.Status with { Symbols = [new SymbolView("BTCUSDT", 1.5m, "verified")] };

        (await scene.GetAsync(Prices, scene.Viewer)).Body.GetRawText().ShouldBe(first);
        scene.LastHeader("X-Content-Type-Options").ShouldBe("nosniff");
        scene.LastHeader("Cache-Control").ShouldBe("no-store");
        (await scene.GetAsync("/api/v1/market/prices", scene.Viewer)).Body.GetRawText().ShouldContain("\"1.5\"", customMessage: "another question");

        time.Step(TimeSpan.FromMilliseconds(21));
        (await scene.GetAsync(Prices, scene.Viewer)).Body.GetRawText().ShouldContain("\"1.5\"");
    }

    [Fact]
    public async Task Get_WithAnotherTokenOrNone_PassesEverythingAnew()
    {
        await using ApiScene scene = await ApiScene.StartAsync(time: new SteppedTime());
        (await scene.GetAsync(Prices, scene.Viewer)).Status.ShouldBe(HttpStatusCode.OK);

        (await scene.GetAsync(Prices)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await scene.GetAsync(Prices, "hrr_nobody")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await scene.GetAsync(Prices, scene.Viewer, static request => request.Headers.Host = "evil.tld")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await scene.GetAsync(Prices, scene.Viewer, static request => request.Headers.Add("Origin", "http://evil.tld"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await scene.GetAsync(Prices, scene.Viewer, static request => request.Headers.Add("X-Forwarded-For", "1.2.3.4"))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Get_MoreOftenThanAllowed_IsRefused_AlsoWhereTheAnswerIsKept()
    {
        await using ApiScene scene = await ApiScene.StartAsync(static options => options with { RequestsPerSecond = 3 }, new SteppedTime());
        List<HttpStatusCode> answers = [];
        for (int i = 0; i < 30; i++)
        {
            answers.Add((await scene.GetAsync(Prices, scene.Viewer)).Status);
        }

        answers.ShouldContain(HttpStatusCode.TooManyRequests);
        answers.Count(static one => one == HttpStatusCode.OK).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task Get_OfATokenThatWasTakenAway_IsRefusedAMomentLater()
    {
        SteppedTime time = new();
        await using ApiScene scene = await ApiScene.StartAsync(time: time);
        (await scene.GetAsync(Prices, scene.Viewer)).Status.ShouldBe(HttpStatusCode.OK);
        File.Delete(scene.TokenFile);
        time.Step(TimeSpan.FromMilliseconds(21));

        (await scene.GetAsync(Prices, scene.Viewer)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    /// <summary>A clock that stands until it is moved; its date is the usual one.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Step(TimeSpan length) => _ticks += length.Ticks;

        public override DateTimeOffset GetUtcNow() => new ImmediateTime().GetUtcNow();

        public override long GetTimestamp() => Volatile.Read(ref _ticks);
    }
}
