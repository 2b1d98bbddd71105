using System.Text.Json;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using static Harrier.Exchanges.Tests.Requests.ScriptedServer;

namespace Harrier.Exchanges.Tests.Requests;

/// <summary>A secret, a key and a signature go through every failure there is; none of their text may come out.</summary>
public sealed class SecretCanaryTests
{
    private const string Hidden = "canarySecret7f3a9c";
    private const string Signature = "5ec4e7canary00112233445566778899aabbccddeeff00112233445566778899";
    private static readonly ApiCredentials Credentials = new("keyCanary1234567890", new Secret(Hidden));

    [Fact]
    public void ToString_OfAnythingThatHoldsIt_ShowsStarsAndFourCharactersOfTheKey()
    {
        Credentials.Secret.ToString().ShouldBe("***");
        Credentials.ToString().ShouldBe("ApiCredentials { Key = keyC***, Secret = *** }");
        $"{new KeyFile("v", Credentials)}".ShouldNotContain("Canary");
        JsonSerializer.Serialize(Credentials.Secret).ShouldNotContain(Hidden);
        new ApiCredentials("short", Credentials.Secret).MaskedKey.ShouldBe("***");
    }

    [Fact]
    public void ToString_OfARequest_ShowsNeitherQueryNorHeadersNorBody() =>
        Request().ToString().ShouldBe("POST /api/v3/order");

    [Theory]
    [InlineData(200, "<html>sent: /api/v3/order?signature=" + Signature + "</html>")]
    [InlineData(502, "bad gateway for " + Signature)]
    [InlineData(302, "moved")]
    [InlineData(0, "")]
    public async Task Send_VenueOrProxyEchoesTheRequest_ErrorsHoldNoneOfIt(int status, string body)
    {
        using ScriptedServer server = new(_ => status == 0 ? null : Answer(status, body));
        using HttpMessageInvoker http = RestTransport.Create();
        using BudgetScene scene = new();
        using ServerClock clock = new(TimeProvider.System);
        RestClient client = new(new RestClientOptions { BaseAddress = server.Address }, http, scene.Budget, new PlainDialect(), clock);
        RestCall call = new()
        {
            Build = _ => Request(),
            Priority = RequestPriority.Critical,
            Costs = [new RequestCost(BudgetScene.Orders, 1)],
            IsWrite = true,
        };

        VenueResult<RestAnswer> result = await client.SendAsync(call, TestContext.Current.CancellationToken);

        server.Requests.Single().ShouldContain(Signature, customMessage: "the request itself must hold it, or this shows nothing");
        foreach (string text in new[] { result.ToString(), result.Error.ToString(), call.ToString(), Should.Throw<InvalidOperationException>(() => result.Value).ToString() })
        {
            text.ShouldNotContain(Hidden);
            text.ShouldNotContain(Signature);
            text.ShouldNotContain(Credentials.Key);
        }
    }

    private static RestRequest Request() => new()
    {
        Method = "POST",
        Path = "/api/v3/order",
        Query = $"signature={Signature}",
        Body = Hidden,
        Headers = [new("X-KEY", Credentials.Key)],
    };
}
