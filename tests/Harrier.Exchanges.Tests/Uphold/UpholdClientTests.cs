using System.Text;
using Harrier.Domain;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Tests.Requests;
using Harrier.Exchanges.Uphold;
using static Harrier.Exchanges.Tests.Requests.ScriptedServer;

namespace Harrier.Exchanges.Tests.Uphold;

/// <summary>What leaves, byte by byte, and what odd answers become.</summary>
public sealed class UpholdClientTests : IDisposable
{
    private const string Token = "canaryTokencanaryTokencanaryTokencanary0";
    private const string Card = "48ce2ac5-c038-4426-b2f8-a2bdbcc93053";
    private const string Other = "bc9b3911-4bc1-4c6d-ac05-0ae87dcfc9b3";
    private const string Id = "2c326b15-7106-48be-a326-06f19e69746b";

    private readonly Queue<byte[]?> _answers = new();
    private readonly ScriptedServer _server;
    private readonly HttpMessageInvoker _http = RestTransport.Create();
    private readonly RequestBudget _budget = new(new RequestBudgetOptions { Rules = UpholdLimits.Defaults }, TimeProvider.System);
    private readonly ServerClock _clock = new(TimeProvider.System);

    public UpholdClientTests() => _server = new ScriptedServer(_ => _answers.Dequeue());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static VenueTradeId Transaction => VenueTradeId.TryParse(Id, out VenueTradeId id) ? id : throw new InvalidOperationException(Id);

    public void Dispose()
    {
        _server.Dispose();
        _http.Dispose();
        _budget.Dispose();
        _clock.Dispose();
    }

    [Fact]
    public async Task QuoteAsync_ARequest_HasTheDocumentedFormAndExactText()
    {
        using UpholdClient client = Client();
        _answers.Enqueue(Answer(200, UpholdDocuments.Sections["transactions/Create & Commit a Transaction"][0]));

        await client.QuoteAsync(new QuoteTerms(Card, Other, new Money(0.000000000000000001m, new Asset("ETH")), "h00c0ffee-1"), Stop);

        string request = _server.Requests.Single();
        request.ShouldStartWith($"POST /v0/me/cards/{Card}/transactions HTTP/1.1\r\n");
        request.ShouldContain($"Authorization: Bearer {Token}\r\n");
        request.ShouldContain("Content-Type: application/json\r\n");
        request.ShouldEndWith($$"""{"denomination":{"amount":"0.000000000000000001","currency":"ETH"},"destination":"{{Other}}","reference":"h00c0ffee-1"}""");
    }

    [Fact]
    public async Task CommitAsync_ARequest_IsAPostWithoutABodyOrQuery()
    {
        using UpholdClient client = Client();
        _answers.Enqueue(Answer(200, UpholdDocuments.Sections["transactions/Create & Commit a Transaction"][0]));

        (await client.CommitAsync(Card, Transaction, Stop)).Value.Status.ShouldBe(UpholdStatus.Completed);

        string request = _server.Requests.Single();
        request.ShouldStartWith($"POST /v0/me/cards/{Card}/transactions/{Id}/commit HTTP/1.1\r\n");
        request.ShouldContain("Content-Length: 0\r\n");
        request.ShouldNotContain("commit=true");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(502)]
    [InlineData(429)]
    [InlineData(0)]
    public async Task Writes_ThatFail_AreSentOnce(int status)
    {
        using UpholdClient client = Client();
        for (int i = 0; i < 4; i++)
        {
            _answers.Enqueue(status == 0 ? null : Answer(status, "{}"));
        }

        (await client.CommitAsync(Card, Transaction, Stop)).IsOk.ShouldBeFalse();

        _server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reads_ThatFail_AreAskedAgainAndGetTheAnswer()
    {
        using UpholdClient client = Client();
        _answers.Enqueue(Answer(503, """{"code":"service_unavailable"}"""));
        _answers.Enqueue(null);
        _answers.Enqueue(Answer(200, """{"ask":"1.13985","bid":"1.13985","currency":"USD"}"""));

        VenueResult<UpholdTicker> ticker = await client.TickerAsync(new Asset("EUR"), new Asset("USD"), Stop);

        ticker.Value.ShouldBe(new UpholdTicker("EURUSD", new Asset("USD"), 1.13985m, 1.13985m));
        _server.Requests.Count.ShouldBe(3);
        _server.Requests.ShouldAllBe(r => r.StartsWith("GET /v0/ticker/EUR-USD HTTP/1.1\r\n") && !r.Contains("Authorization"), "prices need no token");
    }

    [Fact]
    public async Task TransactionsAsync_SeveralPages_AreJoinedAndTheSeamIsCountedOnce()
    {
        using UpholdClient client = Client();

        // While the first page was read a new transaction came, and the last of it moved to the second.
        _answers.Enqueue(Answer(206, Page(0, 50), "Content-Range: items 0-49/52"));
        _answers.Enqueue(Answer(206, Page(49, 4), "Content-Range: items 50-53/54"));

        IReadOnlyList<UpholdTransaction> all = (await client.TransactionsAsync(null, null, Stop)).Value;

        all.Count.ShouldBe(53);
        _server.Requests.First().ShouldContain("Range: items=0-49\r\n");
        _server.Requests.Last().ShouldContain("Range: items=50-99\r\n");
    }

    [Fact]
    public async Task TransactionsAsync_WhatWasLookedForIsFound_ReadsNoFurther()
    {
        using UpholdClient client = Client();
        _answers.Enqueue(Answer(206, Page(0, 50), "Content-Range: items 0-49/500"));
        (await client.TransactionsAsync(Card, t => t.Id == IdOf(7), Stop)).Value.Count.ShouldBe(50);
        _server.Requests.Single().ShouldStartWith($"GET /v0/me/cards/{Card}/transactions HTTP/1.1");
    }

    [Theory]
    [InlineData(416, """{"code":"range_not_satisfiable"}""")]
    [InlineData(206, "[]")]
    public async Task CardsAsync_NoneAtAll_IsAnEmptyList(int status, string body)
    {
        using UpholdClient client = Client();
        _answers.Enqueue(Answer(status, body));
        (await client.CardsAsync(Stop)).Value.ShouldBeEmpty();
    }

    [Fact]
    public async Task CardsAsync_ABalanceThatDoesNotFit_IsRefusedInsteadOfRounded()
    {
        using UpholdClient client = Client();
        _answers.Enqueue(Answer(200, """[{"id":"a","currency":"PEPE","balance":"792281625142643.375935439503350001","available":"1"}]"""));

        VenueResult<IReadOnlyList<UpholdCard>> cards = await client.CardsAsync(Stop);

        cards.Error.Kind.ShouldBe(VenueErrorKind.Malformed);
        cards.Error.Message.ShouldContain("too long to be kept exactly");
    }

    [Fact]
    public async Task TickersAsync_OneThatCannotBeRead_IsLeftOutAndCounted()
    {
        using UpholdClient client = Client();
        _answers.Enqueue(Answer(200, """[{"ask":"0","bid":"0","currency":"USD","pair":"DEADUSD"},{"ask":"2","bid":"1","currency":"USD","pair":"AUSD"},{"ask":"x","bid":"1","currency":"USD","pair":"XUSD"}]"""));

        (await client.TickersAsync(new Asset("USD"), Stop)).Value.Select(t => t.Pair).ShouldBe(["AUSD"]);

        client.Census.Counts["ticker=unreadable"].ShouldBe(2);
    }

    [Fact]
    public async Task AnyMessage_WithNewFieldsAndWords_IsSurvivedAndCounted()
    {
        using UpholdClient client = Client();
        string text = UpholdDocuments.Sections["transactions/Create & Commit a Transaction"][0]
            .Replace("\"completed\"", "\"on-hold\"", StringComparison.Ordinal)
            .Replace("\"margin\"", "\"novelty\": 1, \"margin\"", StringComparison.Ordinal);
        _answers.Enqueue(Answer(200, text));

        (await client.TransactionAsync(Transaction, Stop)).Value.Status.ShouldBe(UpholdStatus.Unknown);

        client.Census.Counts.Keys.ShouldBe(["ParamsMessage.novelty", "status=on-hold"], ignoreOrder: true);
    }

    [Fact]
    public async Task AnyAnswer_TooLarge_IsRefused()
    {
        using UpholdClient client = Client(maxBodyBytes: 10_000);
        _answers.Enqueue(Answer(200, new string(' ', 20_000) + "[]"));
        (await client.CardsAsync(Stop)).Error.Kind.ShouldBe(VenueErrorKind.Malformed);
    }

    [Fact]
    public async Task AnyAnswer_APageInsteadOfJson_IsRefusedAndACommitStaysUnknown()
    {
        using UpholdClient client = Client();
        _answers.Enqueue(Answer(200, "<html><body>please log in</body></html>"));
        VenueResult<UpholdTransaction> commit = await client.CommitAsync(Card, Transaction, Stop);
        commit.Error.Outcome.ShouldBe(Outcome.Unknown);
        commit.Error.Kind.ShouldBe(VenueErrorKind.Malformed);
    }

    [Fact]
    public async Task AnyFailure_TheTokenIsRepeatedByTheServer_NothingShowsIt()
    {
        using UpholdClient client = Client();
        foreach (string body in new[] { $"<html>{Token}</html>", $$"""{"code":"{{Token}}","message":"{{Token}}"}""", $"Bearer {Token}" })
        {
            _answers.Enqueue(Answer(400, body));
            VenueResult<UpholdTransaction> result = await client.CommitAsync(Card, Transaction, Stop);
            result.ToString().ShouldNotContain(Token);
            result.Error.ToString().ShouldNotContain(Token);
        }

        _server.Requests.ShouldAllBe(r => r.Contains(Token), "it must have been sent, or this shows nothing");
    }

    [Fact]
    public async Task ClientCredentials_TheFirstCall_AsksForATokenOnceAndUsesIt()
    {
        using UpholdClient client = Client(UpholdAuthorization.ClientCredentials(new ApiCredentials("my-app", new Secret("hush"))));
        _answers.Enqueue(Answer(200, """{"access_token":"41ee8b1f","expires_in":null}"""));
        _answers.Enqueue(Answer(200, "[]"));
        _answers.Enqueue(Answer(200, "[]"));

        await client.CardsAsync(Stop);
        await client.CardsAsync(Stop);

        string[] requests = [.. _server.Requests];
        requests.Length.ShouldBe(3);
        requests[0].ShouldStartWith("POST /oauth2/token HTTP/1.1\r\n");
        requests[0].ShouldContain("Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("my-app:hush")));
        requests[0].ShouldEndWith("grant_type=client_credentials");
        requests[1].ShouldContain("Authorization: Bearer 41ee8b1f\r\n");
        requests[2].ShouldContain("Authorization: Bearer 41ee8b1f\r\n");
    }

    [Fact]
    public async Task ClientCredentials_TheTokenEnded_AnotherIsAskedForAndTheReadMadeAgain()
    {
        using UpholdClient client = Client(UpholdAuthorization.ClientCredentials(new ApiCredentials("my-app", new Secret("hush"))));
        _answers.Enqueue(Answer(200, """{"access_token":"first"}"""));
        _answers.Enqueue(Answer(401, """{"code":"unauthorized"}"""));
        _answers.Enqueue(Answer(200, """{"access_token":"second"}"""));
        _answers.Enqueue(Answer(200, "[]"));

        (await client.CardsAsync(Stop)).IsOk.ShouldBeTrue();

        _server.Requests.Last().ShouldContain("Authorization: Bearer second\r\n");
    }

    [Fact]
    public async Task ClientCredentials_ACommitRefusedForItsToken_IsNotSentAgain()
    {
        using UpholdClient client = Client(UpholdAuthorization.ClientCredentials(new ApiCredentials("my-app", new Secret("hush"))));
        _answers.Enqueue(Answer(200, """{"access_token":"first"}"""));
        _answers.Enqueue(Answer(401, """{"code":"unauthorized"}"""));

        (await client.CommitAsync(Card, Transaction, Stop)).Error.Outcome.ShouldBe(Outcome.NotDone);

        _server.Requests.Count(r => r.Contains("/commit")).ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"error":"invalid_client"}""", 401, VenueErrorKind.Authentication)]
    [InlineData("""{"access_token":""}""", 200, VenueErrorKind.Malformed)]
    [InlineData("""{"access_token":"a b"}""", 200, VenueErrorKind.Malformed)]
    public async Task ClientCredentials_NoTokenIsGiven_FailsWithoutMakingTheCall(string body, int status, VenueErrorKind kind)
    {
        using UpholdClient client = Client(UpholdAuthorization.ClientCredentials(new ApiCredentials("my-app", new Secret("hush"))));
        _answers.Enqueue(Answer(status, body));

        VenueResult<UpholdTransaction> result = await client.CommitAsync(Card, Transaction, Stop);

        result.Error.Kind.ShouldBe(kind);
        result.Error.Outcome.ShouldBe(Outcome.NotDone);
        _server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("")]
    public async Task CardAsync_AnIdThatLeadsElsewhere_IsNotSent(string id)
    {
        using UpholdClient client = Client();
        await Should.ThrowAsync<ArgumentException>(() => client.CardAsync(id, Stop));
        _server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task CardAsync_AnIdWithASlash_StaysOnePartOfThePath()
    {
        using UpholdClient client = Client();
        _answers.Enqueue(Answer(404, """{"code":"not_found"}"""));
        await client.CardAsync("a/../../me/tokens?x=1", Stop);
        _server.Requests.Single().ShouldStartWith("GET /v0/me/cards/a%2F..%2F..%2Fme%2Ftokens%3Fx%3D1 HTTP/1.1");
    }

    [Fact]
    public void QuoteAsync_AReferenceOfMoreThan100Characters_IsRefused()
    {
        using UpholdClient client = Client();
        QuoteTerms terms = new(Card, Other, new Money(1, new Asset("USD")), new string('x', 101));
        Should.Throw<ArgumentException>(() => client.QuoteAsync(terms, Stop)).Message.ShouldContain("100 characters");
    }

    private static VenueTradeId IdOf(int number) => VenueTradeId.TryParse(TextOf(number), out VenueTradeId id) ? id : throw new InvalidOperationException();

    private static string TextOf(int number) => $"2c326b15-7106-48be-a326-{number:d12}";

    private static string Page(int first, int count)
    {
        string example = UpholdDocuments.Sections["transactions/Create & Commit a Transaction"][0];
        return "[" + string.Join(',', Enumerable.Range(first, count).Select(i => example.Replace(Id, TextOf(i), StringComparison.Ordinal))) + "]";
    }

    private UpholdClient Client(UpholdAuthorization? authorization = null, int maxBodyBytes = 1024 * 1024)
    {
        RestClientOptions options = new() { BaseAddress = _server.Address, RetryBase = TimeSpan.FromMilliseconds(1), MaxBodyBytes = maxBodyBytes };
        return new UpholdClient(
            new RestClient(options, _http, _budget, new UpholdRestDialect(), _clock), authorization ?? UpholdAuthorization.Bearer(new ApiCredentials("pat", new Secret(Token))));
    }
}
