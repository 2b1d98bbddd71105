using System.CommandLine;
using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Exchanges.Tests.Requests;

namespace Harrier.Exchanges.Tests.Accounts;

/// <summary><c>account</c> through the real adapter, against a server that answers as the venue's documents say.</summary>
public sealed class AccountVerbTests : IDisposable
{
    private const string Key = "keyCanary0123456789abcdef";
    private const string Hidden = "secretCanary0123456789abcdef";
    private const long FiveMinutes = 300_000;
    private readonly string _keyFile = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private readonly ScriptedServer _server;
    private long _clockOffset;
    private bool _canWithdraw;
    private bool _hasWallet = true;
    private string? _refusal;

    public AccountVerbTests()
    {
        _server = new ScriptedServer((_, request) => Answer(request.Split(' ')[1].Split('?')[0]));
        WriteKey("binance", UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose()
    {
        _server.Dispose();
        _output.Dispose();
        _errors.Dispose();
        File.Delete(_keyFile);
    }

    [Fact]
    public async Task Account_Json_IsOneDocumentWithDecimalsAsText()
    {
        (await Run("--json")).ShouldBe(0);
        using JsonDocument document = JsonDocument.Parse(_output.ToString());
        JsonElement root = document.RootElement;
        root.GetProperty("balances")[0].GetProperty("asset").GetString().ShouldBe("BTC");
        root.GetProperty("balances")[0].GetProperty("total").GetString().ShouldBe("4723846.89208129");
        root.GetProperty("balances").GetArrayLength().ShouldBe(1, "empty balances are left out");
        root.GetProperty("open_orders")[0].GetProperty("price").GetString().ShouldBe("0.1");
        root.GetProperty("fees").GetProperty("taker").GetString().ShouldBe("0.001");
        root.GetProperty("permissions").GetProperty("withdraw").GetBoolean().ShouldBeFalse();
        root.GetProperty("key").GetString().ShouldBe("keyC***");
    }

    [Fact]
    public async Task Account_KeyMayWithdraw_Warns()
    {
        _canWithdraw = true;
        (await Run()).ShouldBe(0);
        _errors.ToString().ShouldContain("warning: this key may withdraw money");
        _output.ToString().ShouldContain("WITHDRAW");
    }

    [Fact]
    public async Task Account_EndpointTellsNothingOfKeys_SaysSoAndShowsTheRest()
    {
        _hasWallet = false;
        (await Run()).ShouldBe(0);
        _errors.ToString().ShouldContain("did not tell what the key may do");
        _output.ToString().ShouldContain("BTC        total 4723846.89208129, free 4723846.89208129, locked 0");
    }

    [Fact]
    public async Task Account_ClockOffByMinutes_IsStampedWithTheVenuesTimeAndToldOf()
    {
        _clockOffset = FiveMinutes;
        (await Run()).ShouldBe(0);
        _errors.ToString().ShouldContain("this machine's clock is 300 s behind the venue's");
        string signed = _server.Requests.First(r => r.StartsWith("GET /api/v3/account?", StringComparison.Ordinal));
        long stamp = long.Parse(signed.Split("timestamp=")[1].Split('&', ' ')[0]);
        (stamp - TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()).ShouldBeInRange(FiveMinutes - 60_000, FiveMinutes);
    }

    [Theory]
    [InlineData("""{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}""", "refused key or secret (-2015)")]
    [InlineData("""{"code":-1022,"msg":"Signature for this request is not valid."}""", "refused key or secret (-1022)")]
    public async Task Account_VenueRefusesKeyOrSecret_IsOneLineAndOne(string refusal, string said)
    {
        _refusal = refusal;
        (await Run()).ShouldBe(1);
        string line = _errors.ToString();
        line.ShouldStartWith("error: key-file: keyC***: ");
        line.ShouldContain(said);
        line.Trim().ShouldNotContain("\n");
        _output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task Account_NoEndpoint_IsRefusedBeforeAnythingIsSent()
    {
        (await Invoke("--venue", "binance-spot", "--key-file", _keyFile)).ShouldBe(2);
        _errors.ToString().ShouldStartWith("error: endpoint: none given: testnet, live, or the URL");
        _server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://example.org", "https, or http to this machine alone")]
    [InlineData("http://127.0.0.1:1/path", "testnet, live")]
    [InlineData("LIVE", "testnet, live")]
    public async Task Account_BadEndpoint_IsRefusedBeforeAnythingIsSent(string endpoint, string allowed)
    {
        (await Invoke("--venue", "binance-spot", "--key-file", _keyFile, "--endpoint", endpoint)).ShouldBe(2);
        _errors.ToString().ShouldContain(allowed);
    }

    [Fact]
    public async Task Account_UnknownVenueAndOpenKeyFile_TellsBothFaults()
    {
        WriteKey("binance", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        (await Invoke("--venue", "nowhere", "--key-file", _keyFile, "--endpoint", "testnet")).ShouldBe(2);
        _errors.ToString().ShouldContain("error: venue: nowhere: one of binance-spot, binance-usdm");
        if (!OperatingSystem.IsWindows())
        {
            _errors.ToString().ShouldContain("has mode 0644: must have mode 0600");
        }
    }

    [Fact]
    public async Task Account_KeyOfAnotherVenue_IsRefused()
    {
        WriteKey("bybit", UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await Run()).ShouldBe(2);
        _errors.ToString().ShouldStartWith("error: key-file: a key of venue bybit: a key of binance-spot");
        _server.Requests.ShouldBeEmpty();
    }

    private Task<int> Run(params string[] more) =>
        Invoke(["--venue", "binance-spot", "--key-file", _keyFile, "--endpoint", _server.Address.ToString(), .. more]);

    // Whatever happens, neither the secret nor more than the first characters of the key may come out.
    private async Task<int> Invoke(params string[] arguments)
    {
        RootCommand root = new("test") { AccountVerb.Create(new Option<bool>("--verbose")) };
        InvocationConfiguration streams = new() { Output = _output, Error = _errors };
        int code = await root.Parse(["account", .. arguments]).InvokeAsync(streams, TestContext.Current.CancellationToken);
        string all = _output.ToString() + _errors;
        all.ShouldNotContain(Hidden);
        all.ShouldNotContain(Key);
        return code;
    }

    private void WriteKey(string venue, UnixFileMode mode)
    {
        File.WriteAllText(_keyFile, JsonSerializer.Serialize(new { venue, key = Key, secret = Hidden }));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_keyFile, mode);
        }
    }

    private byte[] Answer(string path) => path switch
    {
        "/api/v3/time" => Json($$"""{"serverTime":{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + _clockOffset}}}"""),
        _ when _refusal is not null => ScriptedServer.Answer(400, _refusal),
        "/api/v3/account" => Json("""
            {"makerCommission":15,"takerCommission":15,"buyerCommission":0,"sellerCommission":0,
            "commissionRates":{"maker":"0.00150000","taker":"0.00150000","buyer":"0.00000000","seller":"0.00000000"},
            "canTrade":true,"canWithdraw":true,"canDeposit":true,"brokered":false,"requireSelfTradePrevention":false,"preventSor":false,
            "updateTime":123456789,"accountType":"SPOT","balances":[{"asset":"BTC","free":"4723846.89208129","locked":"0.00000000"},
            {"asset":"LTC","free":"0.00000000","locked":"0.00000000"}],"permissions":["SPOT"],"uid":354937868}
            """),
        "/api/v3/openOrders" => Json("""
            [{"symbol":"LTCBTC","orderId":1,"orderListId":-1,"clientOrderId":"myOrder1","price":"0.1","origQty":"1.0","executedQty":"0.0",
            "cummulativeQuoteQty":"0.0","status":"NEW","timeInForce":"GTC","type":"LIMIT","side":"BUY","stopPrice":"0.0","icebergQty":"0.0",
            "time":1499827319559,"updateTime":1499827319559,"isWorking":true,"workingTime":1499827319559,"origQuoteOrderQty":"0.000000",
            "selfTradePreventionMode":"NONE"}]
            """),
        "/api/v3/account/commission" => Json("""
            {"symbol":"BTCUSDT","standardCommission":{"maker":"0.00100000","taker":"0.00100000","buyer":"0.00000000","seller":"0.00000000"},
            "taxCommission":{"maker":"0.00000000","taker":"0.00000000","buyer":"0.00000000","seller":"0.00000000"},
            "discount":{"enabledForAccount":true,"enabledForSymbol":true,"discountAsset":"BNB","discount":"0.75000000"}}
            """),
        "/sapi/v1/account/apiRestrictions" when _hasWallet => Json($$"""
            {"ipRestrict":false,"createTime":1623840271000,"enableReading":true,"enableWithdrawals":{{(_canWithdraw ? "true" : "false")}},
            "enableInternalTransfer":false,"enableMargin":false,"enableFutures":false,"permitsUniversalTransfer":false,
            "enableVanillaOptions":false,"enableSpotAndMarginTrading":true}
            """),
        _ => ScriptedServer.Answer(404, ""),
    };

    private static byte[] Json(string body) => ScriptedServer.Answer(200, body, "Content-Type: application/json");
}
