using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Harrier.Domain;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using static Harrier.Exchanges.Tests.Requests.ScriptedServer;

namespace Harrier.Exchanges.Tests.Requests;

public sealed class RestClientTests : IDisposable
{
    private readonly HttpMessageInvoker _http = RestTransport.Create();
    private readonly BudgetScene _scene = new();
    private readonly ServerClock _clock = new(TimeProvider.System);
    private ScriptedServer? _server;

    public void Dispose()
    {
        _server?.Dispose();
        _http.Dispose();
        _scene.Dispose();
        _clock.Dispose();
    }

    [Fact]
    public async Task Send_ProperAnswer_GivesItsBodyAndLowerCaseHeadersAndBooksTheUsage()
    {
        VenueResult<RestAnswer> result = await Send(Answer(200, "{\"a\":1}", "X-Used: 321", "X-Twice: a", "X-Twice: b"));
        result.Value.Status.ShouldBe(200);
        Encoding.UTF8.GetString(result.Value.Body.Span).ShouldBe("{\"a\":1}");
        result.Value.Headers["x-twice"].ShouldBe("a,b");
        _scene.Used(BudgetScene.Weight).ShouldBe(321);
    }

    [Fact]
    public async Task Send_EncodedQueryAndBody_LeaveByteForByte()
    {
        await Send(_ => Answer(200, "{}"), new RestRequest
        {
            Method = "POST",
            Path = "/api/v3/order",
            Query = "symbols=%5B%22BTCUSDT%22%5D&x=a%2Fb%20c&signature=00",
            Body = "{\"q\":\"ü\"}",
            ContentType = "application/json",
            Headers = [new("X-KEY", "k")],
        });
        string request = _server!.Requests.Single();
        request.ShouldStartWith("POST /api/v3/order?symbols=%5B%22BTCUSDT%22%5D&x=a%2Fb%20c&signature=00 HTTP/1.1\r\n");
        request.ShouldContain("X-KEY: k\r\n");
        request.ShouldContain("Content-Type: application/json\r\n");
        request.Split("\r\n\r\n")[1].ShouldBe("{\"q\":\"" + "Ã¼" + "\"}", "the bytes of UTF-8, shown one by one");
    }

    [Theory]
    [InlineData(true, Outcome.Unknown, 2)]
    [InlineData(false, Outcome.NotDone, null)]
    public async Task Send_ReusedConnectionIsCutBeforeTheAnswer_WriteIsUnknownAndSentOnce(bool isWrite, Outcome outcome, int? sent)
    {
        RestClient client = Client(i => i == 0 ? Answer(200, "{}") : null, attempts: 1);
        (await client.SendAsync(Call(isWrite: false), TestContext.Current.CancellationToken)).IsOk.ShouldBeTrue();
        VenueResult<RestAnswer> result = await client.SendAsync(Call(isWrite), TestContext.Current.CancellationToken);
        result.Error.Outcome.ShouldBe(outcome);
        result.Error.Kind.ShouldBe(VenueErrorKind.Network);
        if (sent is int expected)
        {
            _server!.Requests.Count.ShouldBe(expected, "the transport must not send a write again on its own");
        }
    }

    [Fact]
    public async Task Send_NobodyListens_WriteIsCertainlyNotDone()
    {
        using TcpListener closed = new(IPAddress.Loopback, 0);
        closed.Start();
        Uri address = new($"http://127.0.0.1:{((IPEndPoint)closed.LocalEndpoint).Port}");
        closed.Stop();
        VenueResult<RestAnswer> result = await Client(address, attempts: 1).SendAsync(Call(isWrite: true), TestContext.Current.CancellationToken);
        result.Error.Kind.ShouldBe(VenueErrorKind.Network);
        result.Error.Outcome.ShouldBe(Outcome.NotDone);
    }

    [Theory]
    [InlineData(500, true, Outcome.Unknown)]
    [InlineData(500, false, Outcome.NotDone)]
    [InlineData(302, true, Outcome.Unknown)]
    [InlineData(400, true, Outcome.NotDone)]
    public async Task Send_StatusWithoutWordsOfTheVenue_TellsTheOutcome(int status, bool isWrite, Outcome outcome)
    {
        VenueResult<RestAnswer> result = await Send(_ => Answer(status, "", "Location: http://127.0.0.1:1/"), isWrite: isWrite);
        result.Error.Outcome.ShouldBe(outcome);
        result.Error.NativeCode.ShouldBe(status);
        _server!.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Send_PageOfAProxyInsteadOfData_IsMalformedWithASafeExcerpt()
    {
        string secret = new('s', 64);
        VenueResult<RestAnswer> result = await Send(_ => Answer(200, $"<html>\r\n<b>Proxy</b> says {secret}\tno</html>"), isWrite: true);
        result.Error.Kind.ShouldBe(VenueErrorKind.Malformed);
        result.Error.Outcome.ShouldBe(Outcome.Unknown);
        result.Error.Message.ShouldBe("a page instead of data: Proxy says *** no");
    }

    [Fact]
    public async Task Send_FirewallPage_IsABan()
    {
        VenueResult<RestAnswer> result = await Send(_ => Answer(403, "<html>denied</html>", "Retry-After: 600"));
        result.Error.Kind.ShouldBe(VenueErrorKind.Banned);
        result.Error.RetryAfter.ShouldBe(TimeSpan.FromMinutes(10));
        _scene.Budget.Statistics.BannedFor.ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Send_GzippedBody_IsUnpacked()
    {
        using MemoryStream packed = new();
        await using (GZipStream gzip = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync("{\"big\":true}"u8.ToArray(), TestContext.Current.CancellationToken);
        }

        VenueResult<RestAnswer> result = await Send(Answer(200, packed.ToArray(), "Content-Encoding: gzip"));
        Encoding.UTF8.GetString(result.Value.Body.Span).ShouldBe("{\"big\":true}");
    }

    [Fact]
    public async Task Send_BodyLargerThanTheLimit_IsMalformedNotAnOutOfMemory()
    {
        VenueResult<RestAnswer> result = await Send(_ => Answer(200, new string(' ', 200_000)), isWrite: true);
        result.Error.Kind.ShouldBe(VenueErrorKind.Malformed);
        result.Error.Outcome.ShouldBe(Outcome.Unknown);
    }

    [Fact]
    public async Task Send_BodyEndsTooEarly_WriteIsUnknown()
    {
        VenueResult<RestAnswer> result = await Send(_ => [.. "HTTP/1.1 200 X\r\nContent-Length: 50\r\nConnection: close\r\n\r\n{"u8], isWrite: true, closes: true);
        result.Error.Outcome.ShouldBe(Outcome.Unknown);
    }

    [Fact]
    public async Task Send_ReadFailsOnce_IsRetriedThroughTheBudget()
    {
        RestClient client = Client(i => i == 0 ? Answer(503, "no: Overloaded") : Answer(200, "{}"), attempts: 3);
        (await client.SendAsync(Call(isWrite: false), TestContext.Current.CancellationToken)).IsOk.ShouldBeTrue();
        _server!.Requests.Count.ShouldBe(2);
        _scene.Budget.Statistics.TotalRequests.ShouldBe(2);
    }

    [Theory]
    [InlineData(true, "no: Overloaded", 1)]
    [InlineData(true, "no: RateLimited", 1)]
    [InlineData(false, "no: BadRequest", 1)]
    [InlineData(false, "no: Overloaded", 3)]
    public async Task Send_KeepsFailing_SendsWritesOnceAndReadsAFewTimes(bool isWrite, string body, int sent)
    {
        RestClient client = Client(_ => Answer(503, body), attempts: 3);
        (await client.SendAsync(Call(isWrite), TestContext.Current.CancellationToken)).IsOk.ShouldBeFalse();
        _server!.Requests.Count.ShouldBe(sent);
    }

    [Fact]
    public async Task Send_ClockSkew_MeasuresAgainAndSignsAnew()
    {
        int probes = 0;
        _clock.UseProbe(_ =>
        {
            probes++;
            return ValueTask.FromResult<Timestamp?>(Timestamp.From(TimeProvider.System.GetUtcNow()) + TimeSpan.FromHours(1));
        });
        List<Timestamp> stamps = [];
        RestClient client = Client(i => i == 0 ? Answer(400, "no: ClockSkew") : Answer(200, "{}"), attempts: 2);
        RestCall call = Call(isWrite: false) with
        {
            IsSigned = true,
            Build = now =>
            {
                stamps.Add(now);
                return new RestRequest { Method = "GET", Path = "/" };
            },
        };
        (await client.SendAsync(call, TestContext.Current.CancellationToken)).IsOk.ShouldBeTrue();
        probes.ShouldBe(6, "three before the first signed call, three after the venue called the time wrong");
        (stamps[0] - Timestamp.From(TimeProvider.System.GetUtcNow())).TotalMinutes.ShouldBe(60, 1);
    }

    [Fact]
    public async Task Send_NoAnswerInTime_WriteIsUnknown()
    {
        VenueResult<RestAnswer> result = await Send(_ => [], isWrite: true, timeout: TimeSpan.FromMilliseconds(50));
        result.Error.Kind.ShouldBe(VenueErrorKind.Timeout);
        result.Error.Outcome.ShouldBe(Outcome.Unknown);
    }

    [Fact]
    public async Task Send_CallerGivesUpAWriteUnderWay_IsUnknownNotAnException()
    {
        using CancellationTokenSource source = new();
        RestClient client = Client(_ => [], attempts: 1);
        Task<VenueResult<RestAnswer>> sending = client.SendAsync(Call(isWrite: true), source.Token);
        await Support.Eventually.Holds(() => !_server!.Requests.IsEmpty);
        await source.CancelAsync();
        (await sending).Error.Outcome.ShouldBe(Outcome.Unknown);
    }

    [Fact]
    public async Task Send_BudgetRefuses_NothingLeavesAndTheErrorSaysWhy()
    {
        await _scene.Call(RequestPriority.Medium, BudgetScene.Weight, 1, new RequestFeedback(418, VenueErrorKind.Banned) { RetryAfter = TimeSpan.FromHours(1) });
        VenueResult<RestAnswer> result = await Send(_ => Answer(200, "{}"), isWrite: true);
        result.Error.ShouldBe(new VenueError(VenueErrorKind.RefusedLocally, Outcome.NotDone, 0, "the venue has shut us out (for 3600 s)") { RetryAfter = TimeSpan.FromHours(1) });
        _server!.Requests.ShouldBeEmpty();
    }

    private Task<VenueResult<RestAnswer>> Send(byte[] answer) => Send(_ => answer);

    private Task<VenueResult<RestAnswer>> Send(Func<int, byte[]?> script, bool isWrite = false, bool closes = false, TimeSpan? timeout = null) =>
        Client(script, attempts: 1, closes).SendAsync(Call(isWrite) with { Timeout = timeout }, TestContext.Current.CancellationToken);

    private Task<VenueResult<RestAnswer>> Send(Func<int, byte[]?> script, RestRequest request) =>
        Client(script, attempts: 1).SendAsync(Call(isWrite: true) with { Build = _ => request }, TestContext.Current.CancellationToken);

    private RestClient Client(Func<int, byte[]?> script, int attempts, bool closes = false)
    {
        _server = new ScriptedServer(script, closes);
        return Client(_server.Address, attempts);
    }

    private RestClient Client(Uri address, int attempts)
    {
        RestClientOptions options = new()
        {
            BaseAddress = address,
            MaxBodyBytes = 100_000,
            ReadAttempts = attempts,
            RetryBase = TimeSpan.FromMilliseconds(1),
            Jitter = () => 0.5,
        };
        return new RestClient(options, _http, _scene.Budget, new PlainDialect(), _clock);
    }

    private static RestCall Call(bool isWrite) => new()
    {
        Build = _ => new RestRequest { Method = isWrite ? "POST" : "GET", Path = "/call" },
        Priority = isWrite ? RequestPriority.Critical : RequestPriority.Medium,
        Costs = [new RequestCost(BudgetScene.Weight, 1)],
        IsWrite = isWrite,
    };
}
