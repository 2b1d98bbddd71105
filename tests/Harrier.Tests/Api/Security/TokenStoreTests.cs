using Harrier.Api.Security;
using Harrier.Tests.Support;

namespace Harrier.Tests.Api.Security;

/// <summary>Tokens are found by themselves alone, and never kept.</summary>
public sealed class TokenStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly TokenStore _tokens;

    public TokenStoreTests() => _tokens = new TokenStore(FilePath);

    private string FilePath => Path.Combine(_folder.Path, "home", "tokens.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_MakesATokenThatIsFound_AndKeepsOnlyItsHash()
    {
        string token = _tokens.Create(Role.Trader, Noon, expires: null);

        token.Length.ShouldBe(4 + 43, "256 bits in base64");
        _tokens.Find(token, Noon)!.Role.ShouldBe(Role.Trader);
        File.ReadAllText(FilePath).ShouldNotContain(token[4..]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(FilePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Find_AnyOtherText_IsNobody()
    {
        string token = _tokens.Create(Role.Admin, Noon, expires: null);
        foreach (string other in (string[])["", "hrr_", token[..^1], token + "A", token.ToUpperInvariant(), new string('a', 100_000)])
        {
            _tokens.Find(other, Noon).ShouldBeNull();
        }
    }

    [Fact]
    public void Find_Expired_IsNobody_FromTheInstantOn()
    {
        string token = _tokens.Create(Role.Viewer, Noon, Noon + TimeSpan.FromDays(30));
        _tokens.Find(token, Noon + TimeSpan.FromDays(30) - TimeSpan.FromTicks(1)).ShouldNotBeNull();
        _tokens.Find(token, Noon + TimeSpan.FromDays(30)).ShouldBeNull();
    }

    [Fact]
    public void Create_InAnotherProcess_IsSeen()
    {
        _tokens.All().ShouldBeEmpty();
        string first = new TokenStore(FilePath).Create(Role.Viewer, Noon, expires: null);
        string second = _tokens.Create(Role.Viewer, Noon, expires: null);
        _tokens.Find(first, Noon).ShouldNotBeNull("the second token did not replace the first");
        _tokens.Find(second, Noon).ShouldNotBeNull();
    }

    [Fact]
    public void All_DamagedFile_IsSaid_AndNobodyIsLetIn()
    {
        string token = _tokens.Create(Role.Viewer, Noon, expires: null);
        File.WriteAllText(FilePath, "[ { \"id\": ");
        File.SetLastWriteTimeUtc(FilePath, Noon.UtcDateTime);
        Should.Throw<InvalidDataException>(() => _tokens.Find(token, Noon)).Message.ShouldContain("tokens.json: a list of tokens");
    }
}
