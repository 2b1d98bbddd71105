using System.IO.Compression;
using System.Text.Json;
using Harrier.Exchanges.Tests.Support;
using Harrier.Exchanges.Uphold.Wire;

namespace Harrier.Exchanges.Tests.Uphold;

/// <summary>Walks every property of every example of the venue's documents: each is read, or on the list of those ignored on purpose.</summary>
public sealed class UpholdWireCoverageTests
{
    // Examples of calls that are not made here, with the reason.
    private static readonly Dictionary<string, string> NotCalled = new()
    {
        ["accounts/Get Account Details"] = "bank and credit card accounts",
        ["cards/Create Card Address"] = "deposits from outside",
        ["cards/List Card Addresses"] = "deposits from outside",
    };

    public static TheoryData<string, int, string> Examples => new()
    {
        { "cards/List Cards", 0, nameof(CardMessage) },
        { "currencies/List Supported Assets", 0, nameof(AssetMessage) },
        { "tickers/Get Tickers for Currency", 0, nameof(TickerMessage) },
        { "transactions/Beneficiary Requirements", 0, nameof(ErrorMessage) },
        { "transactions/Beneficiary Requirements", 1, nameof(ErrorMessage) },
        { "transactions/Create & Commit a Transaction", 0, nameof(TransactionMessage) },
        { "transactions/Create & Commit a Transaction", 1, nameof(TransactionMessage) },
        { "transactions/Get All Transactions (Public)", 0, nameof(TransactionMessage) },
        { "transactions/List Card Transactions", 0, nameof(TransactionMessage) },
        { "transactions/Specify destination currency", 0, nameof(TransactionMessage) },
        { "users/Get User", 0, nameof(UserMessage) },
    };

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_EveryProperty_IsReadOrIgnoredOnPurpose(string section, int index, string shape)
    {
        Type type = typeof(UpholdJson).Assembly.GetType("Harrier.Exchanges.Uphold.Wire." + shape, throwOnError: true)!;
        WireCoverage.Unread(UpholdDocuments.Example(section, index), type, UpholdJson.Default).ShouldBeEmpty();
    }

    [Fact]
    public void Sections_All_AreReadOrNotCalledOnPurpose() =>
        UpholdDocuments.Sections.Keys.ShouldBe([.. Examples.Select(e => e.Data.Item1).Distinct(), .. NotCalled.Keys], ignoreOrder: true);

    [Fact]
    public void EnterpriseExamples_All_AreOfAnotherProtocolThatIsNotSpoken()
    {
        using FileStream file = File.OpenRead(SharedData.Require("data/fixtures/uphold/enterprise-openapi-examples.json.gz"));
        using GZipStream unpacked = new(file, CompressionMode.Decompress);
        JsonElement operations = JsonSerializer.Deserialize<JsonElement>(unpacked);
        operations.EnumerateObject().Select(o => o.Name.Split(' ')[1]).ShouldAllBe(path => path.StartsWith("/core/"), "what is spoken begins with /v0/");
    }

    [Fact]
    public void Unread_AFieldNobodyKnows_IsFound()
    {
        JsonElement message = JsonSerializer.Deserialize<JsonElement>("""{"ask":"1","bid":"1","currency":"USD","pair":"AUSD","depth":"2"}""");
        WireCoverage.Unread(message, typeof(TickerMessage), UpholdJson.Default).ShouldHaveSingleItem();
    }
}
