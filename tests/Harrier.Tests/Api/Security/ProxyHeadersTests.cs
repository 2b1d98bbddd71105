using System.Net;
using Harrier.Api.Hosting;

namespace Harrier.Tests.Api.Security;

/// <summary>Requests through proxies, on the real service: a known proxy is believed, and nobody else.</summary>
public sealed class ProxyHeadersTests
{
    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    public async Task Get_HeadersOfAProxyThatNobodyNamed_AreRefused(string name, string value)
    {
        await using ApiScene scene = await ApiScene.StartAsync();
        await using ApiScene other = await ApiScene.StartAsync(static options => Behind(options, "192.0.2.0/24"));

        (await scene.GetAsync("/health", also: request => request.Headers.Add(name, value))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (HttpStatusCode status, _, System.Text.Json.JsonElement body) = await other.GetAsync("/health", other.Viewer, request => request.Headers.Add(name, value));
        status.ShouldBe(HttpStatusCode.BadRequest);
        body.GetProperty("detail").GetString().ShouldBe("x-forwarded-for: 127.0.0.1: an address of a proxy that --behind-proxy names");
    }

    [Fact]
    public async Task Get_ThroughAKnownProxy_IsOfTheClientAndNotOfThisMachine()
    {
        await using ApiScene scene = await ApiScene.StartAsync(static options => Behind(options, "127.0.0.0/8"));

        (await scene.GetAsync("/metrics")).Status.ShouldBe(HttpStatusCode.OK);
        (await scene.GetAsync("/metrics", also: static request => request.Headers.Add("X-Forwarded-For", "203.0.113.7"))).Status.ShouldBe(HttpStatusCode.Unauthorized);

        // What the client wrote itself stands first, what the proxy saw last.
        (await scene.GetAsync("/metrics", also: static request => request.Headers.Add("X-Forwarded-For", "127.0.0.1, 203.0.113.7"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("https", "https://bots.example.org", 200)]
    [InlineData("https", "http://bots.example.org", 403)]
    [InlineData("https", "https://evil.example.org", 403)]
    [InlineData("http", "https://bots.example.org", 403)]
    public async Task Get_PageOfTheProxysName_IsOfTheSameOriginByTheSchemeThatTheProxySpeaks(string scheme, string origin, int status)
    {
        await using ApiScene scene = await ApiScene.StartAsync(static options => Behind(options, "127.0.0.1/32") with { AllowedHosts = ["bots.example.org"] });

        (await scene.GetAsync("/health", also: request =>
        {
            request.Headers.Host = "bots.example.org";
            request.Headers.Add("X-Forwarded-For", "203.0.113.7");
            request.Headers.Add("X-Forwarded-Proto", scheme);
            request.Headers.Add("Origin", origin);
        })).Status.ShouldBe((HttpStatusCode)status);
    }

    private static ApiOptions Behind(ApiOptions options, string network) => options with { Proxies = [System.Net.IPNetwork.Parse(network)] };
}
