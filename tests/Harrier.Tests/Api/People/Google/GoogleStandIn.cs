using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harrier.Api.People.Google;
using Harrier.Api.Security;
using Harrier.Exchanges;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Harrier.Tests.Api.People.Google;

/// <summary>
/// Speaks what Google speaks, strictly: gives a code at its page, exchanges it once for whoever proves client, address and PKCE, and signs what the test says. Everybody who comes is who the test says.
/// </summary>
internal sealed class GoogleStandIn : IAsyncDisposable
{
    public const string Client = "harrier-tests";
    public const string ClientSecret = "canary-client-secret";
    private const string KeyName = "k1";

    // One for all tests: to make it takes longer than they do.
    private static readonly RSA Key = RSA.Create(2048);

    private readonly WebApplication _app;
    private readonly Dictionary<string, (string Nonce, string Challenge, string Redirect)> _codes = [];

    private GoogleStandIn(WebApplication app) => _app = app;

    /// <summary>Who comes; each test changes what it is about.</summary>
    public JsonObject Claims { get; } = new() { ["sub"] = "1234567890", ["email"] = "Ann@Example.org", ["email_verified"] = true, ["hd"] = "example.org" };

    /// <summary>Signs in place of the published key.</summary>
    public RSA? OtherKey { get; set; }

    /// <summary>Header of the ID token.</summary>
    public JsonObject Header { get; } = new() { ["alg"] = "RS256", ["kid"] = KeyName, ["typ"] = "JWT" };

    /// <summary>How often keys were asked for.</summary>
    public int KeysAsked { get; private set; }

    /// <summary>Addresses that browsers and the service asked for.</summary>
    public List<string> Seen { get; } = [];

    private Uri Address => new(_app.Urls.First());

    public static async Task<GoogleStandIn> StartAsync(DateTimeOffset now)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        GoogleStandIn google = new(app);
        (google.Claims["iss"], google.Claims["aud"], google.Claims["iat"], google.Claims["exp"]) = ("https://accounts.google.com", Client, now.ToUnixTimeSeconds(), now.ToUnixTimeSeconds() + 3600);
        app.Use((context, next) =>
        {
            google.Seen.Add(context.Request.Path + context.Request.QueryString);
            return next(context);
        });
        app.MapGet("/auth", google.Ask);
        app.MapPost("/token", (Delegate)google.ExchangeAsync);
        app.MapGet("/certs", google.Keys);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return google;
    }

    public GoogleSignIn SignIn(params string[] emails) => new()
    {
        ClientId = Client,
        ClientSecret = new Secret(ClientSecret),
        Emails = emails,
        Domains = emails.Length == 0 ? ["example.org"] : [],
        Role = Role.Trader,
        Endpoints = new GoogleEndpoints { Authorization = new Uri(Address, "/auth"), Token = new Uri(Address, "/token"), Keys = new Uri(Address, "/certs") },
    };

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Ask(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        bool isGood = query["response_type"] == "code" && query["client_id"] == Client && query["scope"] == "openid email" && query["code_challenge_method"] == "S256"
            && query["nonce"].ToString().Length >= 32 && query["state"].ToString().Length >= 32;
        if (!isGood)
        {
            return Results.BadRequest("no authorization request");
        }

        string code = $"code-{_codes.Count}";
        _codes[code] = (query["nonce"].ToString(), query["code_challenge"].ToString(), query["redirect_uri"].ToString());
        return Results.Redirect($"{query["redirect_uri"]}?state={Uri.EscapeDataString(query["state"].ToString())}&code={code}");
    }

    private async Task<IResult> ExchangeAsync(HttpContext context)
    {
        IFormCollection form = await context.Request.ReadFormAsync();
        string proof = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        bool isKnown = _codes.Remove(form["code"].ToString(), out (string Nonce, string Challenge, string Redirect) asked);
        bool isGood = isKnown && asked.Challenge == proof && asked.Redirect == form["redirect_uri"]
            && form["grant_type"] == "authorization_code" && form["client_id"] == Client && form["client_secret"] == ClientSecret;
        return isGood ? Results.Json(new { access_token = "canary-access-token", token_type = "Bearer", expires_in = 3600, id_token = Sign(asked.Nonce) }) : Results.BadRequest(new { error = "invalid_grant" });
    }

    private IResult Keys()
    {
        KeysAsked++;
        RSAParameters key = Key.ExportParameters(includePrivateParameters: false);
        return Results.Json(new { keys = new[] { new { kty = "RSA", alg = "RS256", use = "sig", kid = KeyName, n = Base64Url.EncodeToString(key.Modulus), e = Base64Url.EncodeToString(key.Exponent) } } });
    }

    private string Sign(string nonce)
    {
        JsonObject claims = Claims.DeepClone().AsObject();
        claims["nonce"] ??= nonce;
        string signed = $"{Part(Header)}.{Part(claims)}";
        return $"{signed}.{Base64Url.EncodeToString((OtherKey ?? Key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Part(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));
}
