using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Tests.Binance;

public sealed class BinanceSigningTests
{
    // The example of the official REST documents.
    private const string DocumentKey = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
    private const string DocumentSecret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
    private const string DocumentSignature = "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71";

    [Fact]
    public void Sign_GoldenVectors_SameBytes()
    {
        int checkedVectors = 0;
        foreach (JsonElement vector in Fixtures.Json("data/golden/signatures.json").EnumerateArray())
        {
            if (vector.GetProperty("scheme").GetString() is "binance-rest-hmac" or "binance-ws-api-hmac")
            {
                BinanceSigner signer = new(new ApiCredentials("key", new Secret(vector.GetProperty("secret").GetString()!)));
                signer.Sign(vector.GetProperty("payload").GetString()!).ShouldBe(vector.GetProperty("signature").GetString());
                checkedVectors++;
            }
        }

        checkedVectors.ShouldBe(5);
    }

    [Fact]
    public void Build_DocumentExample_SignsWhatIsSent()
    {
        RequestParameters parameters = new RequestParameters().Add("symbol", "LTCBTC").Add("side", "BUY").Add("type", "LIMIT").Add("timeInForce", "GTC")
            .Add("quantity", 1m).Add("price", 0.1m);
        RestRequest request = BinanceSigner.Build(Document(), BinanceCall.Write("POST", "/api/v3/order", parameters), Timestamp.FromUnixMilliseconds(1499827319559));
        request.Body.ShouldBe("symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559&signature=" + DocumentSignature);
        request.Query.ShouldBeEmpty();
        request.ContentType.ShouldBe("application/x-www-form-urlencoded");
        request.Headers.ShouldBe([KeyValuePair.Create("X-MBX-APIKEY", DocumentKey)]);
    }

    [Fact]
    public void Build_NonAsciiSymbol_EncodesBeforeSigning()
    {
        RequestParameters parameters = new RequestParameters().Add("symbol", "１２３４５６").Add("side", "BUY").Add("type", "LIMIT").Add("timeInForce", "GTC")
            .Add("quantity", 1m).Add("price", 0.1m);
        RestRequest request = BinanceSigner.Build(Document(), BinanceCall.Write("POST", "/api/v3/order", parameters), Timestamp.FromUnixMilliseconds(1499827319559));
        request.Body.ShouldStartWith("symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&");
        request.Body.ShouldEndWith("&signature=e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3");
    }

    [Fact]
    public void SignedForSocket_UnsortedNonAscii_SortsAndDoesNotEncode()
    {
        RequestParameters parameters = new RequestParameters().Add("symbol", "１２３４５６").Add("side", "BUY").Add("type", "LIMIT").Add("timeInForce", "GTC")
            .Add("quantity", "1.00000000").Add("price", "0.10000000").Add("recvWindow", 5000L);
        RequestParameters signed = Document().SignedForSocket(parameters, Timestamp.FromUnixMilliseconds(1645423376532));
        signed.Items[^1].ShouldBe(KeyValuePair.Create("signature", "b33892ae8e687c939f4468c6268ddd4c40ac1af18ad19a064864c47bae0752cd"));
    }

    [Fact]
    public void SignedForSocket_UserStream_IsTheDocumentedPayload()
    {
        RequestParameters signed = Document().SignedForSocket(new RequestParameters(), Timestamp.FromUnixMilliseconds(1747385641636));
        signed.Items.Select(i => i.Key).ShouldBe(["apiKey", "timestamp", "signature"]);
        signed.Items[^1].Value.ShouldBe("681110a6057ad58657af22f5640fab9dd17418834cdfccdc81be8b0f7b2cde3e");
    }

    [Theory]
    [InlineData("0.00001", "0.00001")]
    [InlineData("0.000000000000000001", "0.000000000000000001")]
    [InlineData("100000000000", "100000000000")]
    [InlineData("1.2300", "1.23")]
    [InlineData("-0.5", "-0.5")]
    public void Text_AnyDecimal_HasNoExponentAndNoTrailingZeros(string value, string expected)
    {
        RequestParameters.Text(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(expected);
    }

    [Fact]
    public void Build_WithoutKey_SaysSo() => Should.Throw<InvalidOperationException>(() =>
        BinanceSigner.Build(null, SpotRequests.Account(), default)).Message.ShouldContain("/api/v3/account");

    [Fact]
    public void Build_AnyText_NeverShowsSecret()
    {
        RestRequest request = BinanceSigner.Build(Document(), SpotRequests.Account(), default);
        string shown = request.ToString() + Document() + request.Query + request.Body;
        shown.ShouldNotContain(DocumentSecret);
        request.ToString().ShouldBe("GET /api/v3/account");
    }

    private static BinanceSigner Document() => new(new ApiCredentials(DocumentKey, new Secret(DocumentSecret)));
}
