using System.Text;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Uphold;

namespace Harrier.Exchanges.Tests.Uphold;

public sealed class UpholdRestDialectTests
{
    private const string Insufficient =
        """{"code":"validation_failed","errors":{"denomination":{"code":"validation_failed","errors":{"amount":[{"code":"sufficient_funds","message":"Not enough funds"}]}}}}""";

    private static readonly Dictionary<string, string> None = [];

    [Theory]
    [InlineData(400, Insufficient, VenueErrorKind.InsufficientFunds, Outcome.NotDone)]
    [InlineData(400, """{"code":"password_reset_restriction","message":"x"}""", VenueErrorKind.Permission, Outcome.NotDone)]
    [InlineData(400, """{"code":"validation_failed","errors":{"object":[{"message":"This value is required","code":"required"}]}}""", VenueErrorKind.BadRequest, Outcome.NotDone)]
    [InlineData(401, """{"code":"unauthorized","message":"Unauthorized"}""", VenueErrorKind.Authentication, Outcome.NotDone)]
    [InlineData(401, """{"error":"invalid_client"}""", VenueErrorKind.Authentication, Outcome.NotDone)]
    [InlineData(403, """{"code":"forbidden"}""", VenueErrorKind.Permission, Outcome.NotDone)]
    [InlineData(404, """{"code":"not_found"}""", VenueErrorKind.OrderNotFound, Outcome.NotDone)]
    [InlineData(409, """{"code":"conflict"}""", VenueErrorKind.DuplicateOrder, Outcome.Unknown)]
    [InlineData(412, """{"code":"precondition_failed"}""", VenueErrorKind.BadRequest, Outcome.NotDone)]
    [InlineData(416, """{"code":"range"}""", VenueErrorKind.BadRequest, Outcome.NotDone)]
    [InlineData(429, """{"code":"too_many_requests"}""", VenueErrorKind.RateLimited, Outcome.NotDone)]
    [InlineData(500, """{"code":"internal_server_error"}""", VenueErrorKind.Overloaded, Outcome.Unknown)]
    [InlineData(503, """{"code":"service_unavailable"}""", VenueErrorKind.Overloaded, Outcome.Unknown)]
    [InlineData(504, "", VenueErrorKind.Timeout, Outcome.Unknown)]
    [InlineData(502, "<html><body>Bad Gateway</body></html>", VenueErrorKind.Overloaded, Outcome.Unknown)]
    [InlineData(403, "<html><body>Access denied</body></html>", VenueErrorKind.Banned, Outcome.NotDone)]
    [InlineData(404, "<html><body>no such page</body></html>", VenueErrorKind.OrderNotFound, Outcome.Unknown)]
    [InlineData(400, "bad request", VenueErrorKind.BadRequest, Outcome.Unknown)]
    [InlineData(200, "<html>login</html>", VenueErrorKind.Malformed, Outcome.Unknown)]
    [InlineData(200, """{"id":"cut""", VenueErrorKind.Malformed, Outcome.Unknown)]
    [InlineData(200, "", VenueErrorKind.Malformed, Outcome.Unknown)]
    public void ErrorOf_AWrite_HasItsKindAndWhatItSaysAboutTheEffect(int status, string body, VenueErrorKind kind, Outcome outcome)
    {
        VenueError error = Read(status, body, isWrite: true)!;
        error.Kind.ShouldBe(kind);
        error.Outcome.ShouldBe(outcome);
        Read(status, body, isWrite: false)!.Outcome.ShouldBe(Outcome.NotDone);
    }

    [Fact]
    public void ErrorOf_AProperAnswer_IsNone()
    {
        Read(200, "[]", isWrite: true).ShouldBeNull();
        Read(206, """[{"id":"1"}]""", isWrite: false).ShouldBeNull();
        Read(200, """ {"code":"BTC"} """, isWrite: false).ShouldBeNull();
    }

    [Fact]
    public void ErrorOf_ANestedFault_NamesItsField()
    {
        VenueError error = Read(400, Insufficient, isWrite: true)!;
        error.Filter.ShouldBe("denomination.amount");
        error.Message.ShouldBe("denomination.amount: sufficient_funds: Not enough funds");
    }

    [Fact]
    public void ErrorOf_AnExampleOfTheDocuments_NamesTheDeepestField() =>
        Read(400, UpholdDocuments.Sections["transactions/Beneficiary Requirements"][1], isWrite: true)!.Message
            .ShouldBe("beneficiary.name: invalid_beneficiary: The provided beneficiary is invalid");

    [Fact]
    public void ErrorOf_AOneTimePasswordWanted_SaysSoAndThatNothingMoved()
    {
        VenueError error = Read(401, """{"code":"unauthorized"}""", isWrite: true, ("otp-token", "Required"))!;
        error.Kind.ShouldBe(VenueErrorKind.PasswordRequired);
        error.Outcome.ShouldBe(Outcome.NotDone);
        error.Message.ShouldContain("one-time password");
    }

    [Fact]
    public void ErrorOf_ALimit_SaysHowLongToWait() =>
        Read(429, """{"code":"x"}""", isWrite: false, ("retry-after", "85"))!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(85));

    [Fact]
    public void ErrorOf_ATokenInTheAnswer_IsNotRepeated()
    {
        const string Token = "c386ae9c4557c1c661b15911071b06d9e6c3fc9a";
        foreach (string body in new[] { $$"""{"code":"x","message":"token {{Token}} is wrong"}""", $"<html>Bearer {Token}</html>", $"plain {Token}" })
        {
            Read(401, body, isWrite: true)!.ToString().ShouldNotContain(Token);
        }
    }

    [Fact]
    public void ErrorOf_AnErrorNestedWithoutEnd_IsReadWithoutHarm()
    {
        string deep = string.Concat(Enumerable.Repeat("""{"errors":{"a":""", 30)) + "1" + string.Concat(Enumerable.Repeat("}}", 30));
        Read(400, deep, isWrite: true)!.Kind.ShouldBe(VenueErrorKind.BadRequest);
    }

    private static VenueError? Read(int status, string body, bool isWrite, params (string Name, string Value)[] headers) =>
        new UpholdRestDialect().ErrorOf(status, Encoding.UTF8.GetBytes(body), headers.Length == 0 ? None : headers.ToDictionary(h => h.Name, h => h.Value), isWrite);
}
