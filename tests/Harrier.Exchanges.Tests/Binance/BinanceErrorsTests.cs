using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Tests.Binance;

public sealed class BinanceErrorsTests
{
    private static readonly Dictionary<string, string> _noHeaders = [];

    // The classes of the other client are coarser or cut elsewhere; these of ours mean the same.
    private static readonly Dictionary<string, VenueErrorKind[]> _sameMeaning = new()
    {
        ["AuthenticationError"] = [VenueErrorKind.Authentication, VenueErrorKind.Permission],
        ["PermissionDenied"] = [VenueErrorKind.Permission, VenueErrorKind.Authentication],
        ["AccountSuspended"] = [VenueErrorKind.Permission],
        ["RateLimitExceeded"] = [VenueErrorKind.RateLimited],
        ["RequestTimeout"] = [VenueErrorKind.Timeout],
        ["InvalidNonce"] = [VenueErrorKind.ClockSkew],
        ["OnMaintenance"] = [VenueErrorKind.Maintenance],
        ["InsufficientFunds"] = [VenueErrorKind.InsufficientFunds],
        ["BadSymbol"] = [VenueErrorKind.UnknownSymbol, VenueErrorKind.BadRequest],
        ["OrderNotFound"] = [VenueErrorKind.OrderNotFound],
        ["MarketClosed"] = [VenueErrorKind.MarketClosed],
        ["OrderImmediatelyFillable"] = [VenueErrorKind.WouldTriggerImmediately, VenueErrorKind.PostOnlyWouldTake],
        ["OrderNotFillable"] = [VenueErrorKind.InvalidOrder, VenueErrorKind.PostOnlyWouldTake],
        ["InvalidOrder"] = [VenueErrorKind.InvalidOrder, VenueErrorKind.ReduceOnlyRejected, VenueErrorKind.DuplicateOrder, VenueErrorKind.OrderNotFound, VenueErrorKind.NotSupported],
    };

    // Looser classes: anything but a kind that would make us behave as if the order were fine or the venue unreachable.
    private static readonly string[] _looseClasses = ["BadRequest", "OperationRejected", "OperationFailed", "BadResponse", "ExchangeError", "NotSupported"];

    // Where we say more, on purpose.
    private static readonly Dictionary<(BinanceMarket Market, int Code), VenueErrorKind> _ourOwn = new()
    {
        [(BinanceMarket.Spot, -2026)] = VenueErrorKind.OrderNotFound,
    };

    [Theory]
    [InlineData(BinanceMarket.Spot, "spot")]
    [InlineData(BinanceMarket.UsdM, "linear")]
    public void KindOf_OracleTable_SameMeaning(BinanceMarket market, string section)
    {
        JsonElement table = Fixtures.Json("data/fixtures/ccxt-oracle/error-map.json").GetProperty("binance").GetProperty("exceptions");
        Dictionary<string, string> rows = Rows(table.GetProperty("exact"));
        foreach ((string code, string name) in Rows(table.GetProperty(section).GetProperty("exact")))
        {
            rows[code] = name;
        }

        List<string> wrong = [];
        int compared = 0;
        foreach ((string text, string name) in rows)
        {
            // Codes of margin, lending and the like (-3xxx, -6xxx and beyond) belong to calls that are not made here; -4xxx of spot too.
            bool isCode = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int code);
            if (isCode && (code is > -1000 or <= -5100 or (<= -3000 and > -4000) || (market == BinanceMarket.Spot && code <= -3000)))
            {
                continue;
            }

            VenueErrorKind kind = BinanceErrors.KindOf(market, isCode ? code : -2010, isCode ? "" : text);
            compared++;
            bool same = isCode && _ourOwn.TryGetValue((market, code), out VenueErrorKind own) ? kind == own
                : _sameMeaning.TryGetValue(name, out VenueErrorKind[]? kinds) ? kinds.Contains(kind)
                : _looseClasses.Contains(name);
            if (!same)
            {
                wrong.Add($"{text}: {name}, ours {kind}");
            }
        }

        compared.ShouldBeGreaterThan(70);
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-2010, "Account has insufficient balance for requested action.", VenueErrorKind.InsufficientFunds, Outcome.NotDone)]
    [InlineData(-2010, "Duplicate order sent.", VenueErrorKind.DuplicateOrder, Outcome.Unknown)]
    [InlineData(-2010, "Order would immediately match and take.", VenueErrorKind.PostOnlyWouldTake, Outcome.NotDone)]
    [InlineData(-2010, "Order would trigger immediately.", VenueErrorKind.WouldTriggerImmediately, Outcome.NotDone)]
    [InlineData(-2010, "Market is closed.", VenueErrorKind.MarketClosed, Outcome.NotDone)]
    [InlineData(-2010, "This symbol is not permitted for this account.", VenueErrorKind.Permission, Outcome.NotDone)]
    [InlineData(-2010, "The requested action would change no state; rejecting", VenueErrorKind.AlreadySo, Outcome.NotDone)]
    [InlineData(-2011, "Unknown order sent.", VenueErrorKind.OrderNotFound, Outcome.NotDone)]
    [InlineData(-2011, "Order was not canceled due to cancel restrictions.", VenueErrorKind.InvalidOrder, Outcome.NotDone)]
    [InlineData(-2013, "Order does not exist.", VenueErrorKind.OrderNotFound, Outcome.NotDone)]
    [InlineData(-1013, "Filter failure: LOT_SIZE", VenueErrorKind.InvalidOrder, Outcome.NotDone)]
    [InlineData(-1021, "Timestamp for this request is outside of the recvWindow.", VenueErrorKind.ClockSkew, Outcome.NotDone)]
    [InlineData(-1006, "An unexpected response was received from the message bus. Execution status unknown.", VenueErrorKind.Network, Outcome.Unknown)]
    [InlineData(-1007, "Timeout waiting for response from backend server.", VenueErrorKind.Timeout, Outcome.Unknown)]
    [InlineData(-1008, "Server is currently overloaded with other requests.", VenueErrorKind.Overloaded, Outcome.NotDone)]
    [InlineData(-2021, "Order cancel-replace partially failed.", VenueErrorKind.InvalidOrder, Outcome.Unknown)]
    [InlineData(-2022, "Order cancel-replace failed.", VenueErrorKind.InvalidOrder, Outcome.NotDone)]
    [InlineData(-777, "something new", VenueErrorKind.Unknown, Outcome.NotDone)]
    public void ErrorOf_SpotWrite_TellsKindAndEffect(int code, string message, VenueErrorKind kind, Outcome outcome)
    {
        VenueError error = Of(BinanceMarket.Spot, 400, code, message)!;
        error.Kind.ShouldBe(kind);
        error.Outcome.ShouldBe(outcome);
        error.NativeCode.ShouldBe(code);
        error.Filter.ShouldBe(code == -1013 ? "LOT_SIZE" : null);
    }

    [Theory]
    [InlineData(-4046, VenueErrorKind.AlreadySo)]
    [InlineData(-4059, VenueErrorKind.AlreadySo)]
    [InlineData(-4116, VenueErrorKind.DuplicateOrder)]
    [InlineData(-4120, VenueErrorKind.NotSupported)]
    [InlineData(-5022, VenueErrorKind.PostOnlyWouldTake)]
    [InlineData(-2022, VenueErrorKind.ReduceOnlyRejected)]
    [InlineData(-2021, VenueErrorKind.WouldTriggerImmediately)]
    [InlineData(-2019, VenueErrorKind.InsufficientFunds)]
    [InlineData(-1125, VenueErrorKind.Authentication)]
    public void ErrorOf_UsdMWrite_TellsKind(int code, VenueErrorKind kind) => Of(BinanceMarket.UsdM, 400, code, "text")!.Kind.ShouldBe(kind);

    [Theory]
    [InlineData(503, """{"code":-1000,"msg":"Unknown error, please check your request or try again later."}""", true, Outcome.Unknown)]
    [InlineData(503, """{"code":-1000,"msg":"Service Unavailable."}""", true, Outcome.NotDone)]
    [InlineData(503, "Service Unavailable.", true, Outcome.NotDone)]
    [InlineData(503, """{"code":-1008,"msg":"Server is currently overloaded"}""", true, Outcome.NotDone)]
    [InlineData(503, "<html><body>503</body></html>", true, Outcome.Unknown)]
    [InlineData(502, "", true, Outcome.Unknown)]
    [InlineData(502, "", false, Outcome.NotDone)]
    [InlineData(504, "<html>", true, Outcome.Unknown)]
    [InlineData(403, "<html>blocked</html>", true, Outcome.NotDone)]
    [InlineData(200, "", true, Outcome.Unknown)]
    [InlineData(200, "<html>login</html>", true, Outcome.Unknown)]
    [InlineData(200, """{"orderId":1""", true, Outcome.Unknown)]
    [InlineData(200, """{"orderId":1""", false, Outcome.NotDone)]
    [InlineData(409, """{"code":-2021,"msg":"Order cancel-replace partially failed.","data":{"cancelResult":"SUCCESS"}}""", true, Outcome.Unknown)]
    public void ErrorOf_UnclearAnswers_TellsEffect(int status, string body, bool isWrite, Outcome outcome)
    {
        VenueError error = Of(BinanceMarket.Spot, status, body, isWrite)!;
        error.Outcome.ShouldBe(outcome);
        error.Kind.ShouldNotBe(VenueErrorKind.None);
        error.Message.ShouldNotContain("<");
    }

    [Theory]
    [InlineData("""{"orderId":1}""")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"code":200,"msg":"success"}""")]
    public void ErrorOf_ProperAnswer_IsNone(string body) => Of(BinanceMarket.UsdM, 200, body, true).ShouldBeNull();

    [Fact]
    public void ErrorOf_NegativeCodeWithStatus200_IsAnError() => Of(BinanceMarket.UsdM, 200, """{"code":-2013,"msg":"Order does not exist."}""", false)!.Kind.ShouldBe(VenueErrorKind.OrderNotFound);

    [Fact]
    public void ErrorOf_Ban_ObeysHeaderOrMessage()
    {
        BinanceRestDialect dialect = new(BinanceMarket.Spot);
        byte[] body = """{"code":-1003,"msg":"Way too much request weight used; IP banned until 1767225660000. Please use WebSocket Streams."}"""u8.ToArray();
        VenueError byHeader = dialect.ErrorOf(418, body, new Dictionary<string, string> { ["retry-after"] = "120" }, false)!;
        byHeader.Kind.ShouldBe(VenueErrorKind.Banned);
        byHeader.RetryAfter.ShouldBe(TimeSpan.FromSeconds(120));
        VenueError byMessage = dialect.ErrorOf(418, body, new Dictionary<string, string> { ["date"] = "Thu, 01 Jan 2026 00:00:00 GMT" }, false)!;
        byMessage.RetryAfter.ShouldBe(TimeSpan.FromSeconds(60));
        dialect.ErrorOf(429, body, _noHeaders, false)!.Kind.ShouldBe(VenueErrorKind.RateLimited);
    }

    [Fact]
    public void ReadUsage_Headers_NamesRules()
    {
        List<(string Rule, int Used)> used = [];
        new BinanceRestDialect(BinanceMarket.Spot).ReadUsage(new Dictionary<string, string>
        {
            ["x-mbx-used-weight"] = "9",
            ["x-mbx-used-weight-1m"] = "42",
            ["x-mbx-order-count-10s"] = "3",
            ["x-mbx-order-count-1d"] = "77",
            ["x-mbx-used-weight-1h"] = "many",
        }, used);
        used.ShouldBe([("weight-1m", 42), ("orders-10s", 3), ("orders-1d", 77)], ignoreOrder: true);
        BinanceLimits.Defaults(BinanceMarket.Spot).Select(r => r.Name).ShouldBe(["weight-1m", "orders-10s", "orders-1d", "raw-5m"]);
    }

    private static Dictionary<string, string> Rows(JsonElement table) => table.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);

    private static VenueError? Of(BinanceMarket market, int status, int code, string message) =>
        Of(market, status, $$"""{"code":{{code}},"msg":"{{message}}"}""", true);

    private static VenueError? Of(BinanceMarket market, int status, string body, bool isWrite) =>
        new BinanceRestDialect(market).ErrorOf(status, Encoding.UTF8.GetBytes(body), _noHeaders, isWrite);
}
