using System.Globalization;
using System.Text;
using System.Text.Json;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Tests.Bybit;

public sealed class BybitErrorsTests
{
    private static readonly Dictionary<string, string> _noHeaders = [];

    // The classes of the other client are coarser or cut elsewhere; these of ours mean the same.
    private static readonly Dictionary<string, VenueErrorKind[]> _sameMeaning = new()
    {
        ["AuthenticationError"] = [VenueErrorKind.Authentication, VenueErrorKind.Permission, VenueErrorKind.Banned],
        ["PermissionDenied"] = [VenueErrorKind.Permission, VenueErrorKind.NotSupported],
        ["AccountSuspended"] = [VenueErrorKind.Permission],
        ["RestrictedLocation"] = [VenueErrorKind.Permission],
        ["ManualInteractionNeeded"] = [VenueErrorKind.Permission],
        ["RateLimitExceeded"] = [VenueErrorKind.RateLimited],
        ["RequestTimeout"] = [VenueErrorKind.Timeout],
        ["InvalidNonce"] = [VenueErrorKind.ClockSkew],
        ["InsufficientFunds"] = [VenueErrorKind.InsufficientFunds],
        ["BadSymbol"] = [VenueErrorKind.UnknownSymbol],
        ["OrderNotFound"] = [VenueErrorKind.OrderNotFound],
        ["NoChange"] = [VenueErrorKind.AlreadySo],
        ["MarginModeAlreadySet"] = [VenueErrorKind.AlreadySo],
        ["NotSupported"] = [VenueErrorKind.NotSupported],
        ["InvalidOrder"] =
        [
            VenueErrorKind.InvalidOrder, VenueErrorKind.ReduceOnlyRejected, VenueErrorKind.DuplicateOrder, VenueErrorKind.OrderNotFound, VenueErrorKind.PostOnlyWouldTake,
            VenueErrorKind.WouldTriggerImmediately, VenueErrorKind.UnknownSymbol, VenueErrorKind.BadRequest,
        ],
        ["BadRequest"] =
        [
            VenueErrorKind.BadRequest, VenueErrorKind.InvalidOrder, VenueErrorKind.AlreadySo, VenueErrorKind.NotSupported, VenueErrorKind.DuplicateOrder, VenueErrorKind.ClockSkew,
        ],
        ["ExchangeError"] =
        [
            VenueErrorKind.InvalidOrder, VenueErrorKind.BadRequest, VenueErrorKind.Overloaded, VenueErrorKind.Network, VenueErrorKind.Maintenance, VenueErrorKind.MarketClosed,
            VenueErrorKind.Unknown,
        ],
    };

    // Where we read a code as the documents of today have it and the other client as something older.
    private static readonly Dictionary<int, VenueErrorKind> _ourOwn = new()
    {
        [20001] = VenueErrorKind.BadRequest,
        [20003] = VenueErrorKind.RateLimited,
        [20006] = VenueErrorKind.DuplicateOrder,
        [170005] = VenueErrorKind.RateLimited,
        [170146] = VenueErrorKind.Timeout,
        [170147] = VenueErrorKind.Timeout,
        [-2015] = VenueErrorKind.Authentication,
    };

    [Fact]
    public void KindOf_OracleTable_SameMeaning()
    {
        JsonElement table = BybitFixtures.Json("data/fixtures/ccxt-oracle/error-map.json").GetProperty("bybit").GetProperty("exceptions");
        List<string> wrong = [];
        int compared = 0;
        foreach (JsonProperty row in table.GetProperty("exact").EnumerateObject().Concat(table.GetProperty("broad").EnumerateObject()))
        {
            bool isCode = int.TryParse(row.Name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int code);

            // Codes below zero were those of the venue's first version, which nothing here calls.
            if (isCode && code < 0)
            {
                continue;
            }

            VenueErrorKind kind = BybitErrors.KindOf(isCode ? code : 10001, isCode ? "" : row.Name);
            compared++;
            bool same = isCode && _ourOwn.TryGetValue(code, out VenueErrorKind own) ? kind == own
                : _sameMeaning.TryGetValue(row.Value.GetString()!, out VenueErrorKind[]? kinds) && kinds.Contains(kind);
            if (!same)
            {
                wrong.Add($"{row.Name}: {row.Value.GetString()}, ours {kind}");
            }
        }

        compared.ShouldBeGreaterThan(400);
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(10000, "Server Timeout", VenueErrorKind.Timeout, Outcome.Unknown)]
    [InlineData(10016, "Internal server error.", VenueErrorKind.Overloaded, Outcome.Unknown)]
    [InlineData(170007, "Timeout waiting for response from backend server.", VenueErrorKind.Timeout, Outcome.Unknown)]
    [InlineData(170146, "Order creation timeout.", VenueErrorKind.Timeout, Outcome.Unknown)]
    [InlineData(170147, "Order cancellation timeout.", VenueErrorKind.Timeout, Outcome.Unknown)]
    [InlineData(110072, "OrderLinkedID is duplicate", VenueErrorKind.DuplicateOrder, Outcome.Unknown)]
    [InlineData(170141, "Duplicate clientOrderId", VenueErrorKind.DuplicateOrder, Outcome.Unknown)]
    [InlineData(10001, "params error: symbol invalid", VenueErrorKind.UnknownSymbol, Outcome.NotDone)]
    [InlineData(10001, "The order remains unchanged as the parameters entered match the existing ones.", VenueErrorKind.AlreadySo, Outcome.NotDone)]
    [InlineData(10002, "invalid request, please check your server timestamp or recv_window param.", VenueErrorKind.ClockSkew, Outcome.NotDone)]
    [InlineData(10006, "Too many visits. Exceeded the API Rate Limit.", VenueErrorKind.RateLimited, Outcome.NotDone)]
    [InlineData(110001, "order not exists or too late to cancel", VenueErrorKind.OrderNotFound, Outcome.NotDone)]
    [InlineData(110007, "ab not enough for new order", VenueErrorKind.InsufficientFunds, Outcome.NotDone)]
    [InlineData(110017, "current position is zero, cannot fix reduce-only order qty", VenueErrorKind.ReduceOnlyRejected, Outcome.NotDone)]
    [InlineData(110043, "Set leverage has not been modified.", VenueErrorKind.AlreadySo, Outcome.NotDone)]
    [InlineData(110093, "expect Falling, but trigger_price >= current", VenueErrorKind.WouldTriggerImmediately, Outcome.NotDone)]
    [InlineData(170131, "Insufficient balance.", VenueErrorKind.InsufficientFunds, Outcome.NotDone)]
    [InlineData(170213, "Order does not exist.", VenueErrorKind.OrderNotFound, Outcome.NotDone)]
    [InlineData(170218, "The LIMIT-MAKER order is rejected due to invalid price.", VenueErrorKind.PostOnlyWouldTake, Outcome.NotDone)]
    [InlineData(30228, "No new positions during delisting.", VenueErrorKind.MarketClosed, Outcome.NotDone)]
    [InlineData(999999, "never seen", VenueErrorKind.Unknown, Outcome.NotDone)]
    public void ErrorOf_Code_KindAndOutcome(int code, string message, VenueErrorKind kind, Outcome outcome)
    {
        VenueError error = Error(200, $$"""{"retCode":{{code}},"retMsg":"{{message}}","result":{},"retExtInfo":{},"time":1700000000000}""").ShouldNotBeNull();
        error.Kind.ShouldBe(kind);
        error.Outcome.ShouldBe(outcome);
        error.NativeCode.ShouldBe(code);
        error.Message.ShouldBe(message);
    }

    [Theory]
    [InlineData(200, "", VenueErrorKind.Malformed, Outcome.Unknown)]
    [InlineData(200, "{\"retCode\":0,\"result\":{", VenueErrorKind.Malformed, Outcome.Unknown)]
    [InlineData(200, "<html>busy</html>", VenueErrorKind.Malformed, Outcome.Unknown)]
    [InlineData(200, "[1]", VenueErrorKind.Malformed, Outcome.Unknown)]
    [InlineData(200, "{\"a\":1}", VenueErrorKind.Malformed, Outcome.Unknown)]
    [InlineData(200, "{\"retCode\":\"0\"}", VenueErrorKind.Malformed, Outcome.Unknown)]
    [InlineData(403, "access too frequent", VenueErrorKind.Banned, Outcome.NotDone)]
    [InlineData(403, "<html>forbidden</html>", VenueErrorKind.Banned, Outcome.NotDone)]
    [InlineData(429, "", VenueErrorKind.Overloaded, Outcome.NotDone)]
    [InlineData(500, "", VenueErrorKind.Overloaded, Outcome.Unknown)]
    [InlineData(502, "<html>bad gateway</html>", VenueErrorKind.Overloaded, Outcome.Unknown)]
    [InlineData(503, "{\"retCode\":10001,\"retMsg\":\"x\"}", VenueErrorKind.BadRequest, Outcome.Unknown)]
    [InlineData(504, "", VenueErrorKind.Timeout, Outcome.Unknown)]
    [InlineData(404, "", VenueErrorKind.NotSupported, Outcome.NotDone)]
    public void ErrorOf_NoProperAnswer_KindAndOutcome(int status, string body, VenueErrorKind kind, Outcome outcome)
    {
        VenueError error = Error(status, body).ShouldNotBeNull();
        (error.Kind, error.Outcome).ShouldBe((kind, outcome));
        new BybitRestDialect().ErrorOf(status, Encoding.UTF8.GetBytes(body), _noHeaders, isWrite: false)!.Outcome.ShouldBe(Outcome.NotDone);
    }

    [Theory]
    [InlineData("{\"retCode\":0,\"retMsg\":\"OK\",\"result\":{}}")]
    [InlineData("{ \"retCode\" : 0, \"retMsg\" : \"\" }")]
    [InlineData("{\"result\":{\"retCode\":7},\"retCode\":0}")]
    public void ErrorOf_CodeZero_IsNoError(string body) => Error(200, body).ShouldBeNull();

    [Fact]
    public void ErrorOf_AddressShutOut_RestsTenMinutes() => Error(403, "access too frequent")!.RetryAfter.ShouldBe(TimeSpan.FromMinutes(10));

    [Fact]
    public void ErrorOf_AccountLimit_RestsUntilTheReset()
    {
        Dictionary<string, string> headers = new() { ["x-bapi-limit"] = "10", ["x-bapi-limit-status"] = "0", ["x-bapi-limit-reset-timestamp"] = "1700000000400" };
        byte[] body = """{"retCode":10006,"retMsg":"Too many visits","result":{},"time":1700000000000}"""u8.ToArray();
        VenueError error = new BybitRestDialect().ErrorOf(200, body, headers, isWrite: true).ShouldNotBeNull();
        error.RetryAfter.ShouldBe(TimeSpan.FromMilliseconds(400));
        error.LimitedRule.ShouldBe("");
        List<(string Rule, int Used)> used = [];
        new BybitRestDialect().ReadUsage(headers, used);
        used.ShouldBe([("", 10)]);
    }

    [Fact]
    public void ErrorOf_RefusedSignature_LeavesOutWhatWasSigned()
    {
        VenueError error = Error(200, """{"retCode":10004,"retMsg":"error sign! origin_string[1700000000000keyCanary01234567895000category=linear]","result":{}}""").ShouldNotBeNull();
        error.Kind.ShouldBe(VenueErrorKind.Authentication);
        error.Message.ShouldBe("error sign!");
    }

    private static VenueError? Error(int status, string body) => new BybitRestDialect().ErrorOf(status, Encoding.UTF8.GetBytes(body), _noHeaders, isWrite: true);
}
