using System.CommandLine;
using Harrier.Api.People;
using Harrier.Api.Security;
using Harrier.Cli.Verbs;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Verbs;

/// <summary>The verb that administers users of a home.</summary>
public sealed class UsersVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private UserStore Users => new(Path.Combine(_folder.Path, UserStore.FileName));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Invite_PrintsALinkThatWorksOnce_AndNothingElse()
    {
        VerbRun run = Run("invite", "--role", "trader", "--service", "https://bots.example.org");
        run.ExitCode.ShouldBe(0);
        string line = run.Lines.ShouldHaveSingleItem();
        line.ShouldStartWith("https://bots.example.org/invite?key=");
        UserAdministration people = UserAdministration.Of(_folder.Path, TimeProvider.System);
        string key = line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..];
        people.Use(key, "bob", "correct horse battery", "").ShouldBe((true, null));
        people.Use(key, "eve", "correct horse battery", "").ShouldBe((false, null));
        Users.All().Select(static user => (user.Name, user.Role)).ShouldBe([("bob", Role.Trader)]);
    }

    [Fact]
    public void Changes_AreShownByList_AndTheLastAdministratorStays()
    {
        Users.Add("ann", "correct horse battery", Role.Admin, default).ShouldBeNull();
        Users.Add("bob", "correct horse battery", Role.Viewer, default).ShouldBeNull();
        Run("role", "bob", "trader").Output.ShouldBe("bob: trader, enabled\n");
        Run("disable", "bob").Output.ShouldBe("bob: trader, disabled\n");
        Run("list", "--json").Output.ShouldContain("\"name\":\"bob\",\"role\":\"trader\"");
        Run("enable", "bob").Output.ShouldBe("bob: trader, enabled\n");
        Run("remove", "bob").Output.ShouldBe("bob: removed\n");
        VerbRun refused = Run("remove", "ann");
        (refused.ExitCode, refused.Errors).ShouldBe((2, "error: user: ann: not the last administrator: make another one first\n"));
        Users.All().Single().Name.ShouldBe("ann");
    }

    [Theory]
    [InlineData("error: user: eve: somebody who may sign in: there is nobody yet", "disable", "eve")]
    [InlineData("error: role: root: one of viewer, trader, admin", "invite", "--role", "root")]
    [InlineData("error: expires: 31d: 1m to 30d", "invite", "--role", "admin", "--expires", "31d")]
    [InlineData("error: service: ftp://x: an address such as https://harrier.example.org", "invite", "--role", "admin", "--service", "ftp://x")]
    public void BadInput_IsOneLine_AndNothingIsMade(string expected, params string[] arguments)
    {
        VerbRun run = Run(arguments);
        (run.ExitCode, run.Errors).ShouldBe((2, expected + "\n"));
        UserAdministration.Of(_folder.Path, TimeProvider.System).Links.ShouldBeEmpty();
    }

    private VerbRun Run(params string[] arguments) => VerbRun.Of(UsersVerb.Create(new Option<bool>("--verbose")), [.. arguments, "--home", _folder.Path]);
}
