using System.CommandLine;
using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Tests.Hosting.Changes;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Verbs;

/// <summary>A copy of a home, and a home of a copy, by the commands of the guide.</summary>
public sealed class BackupVerbTests : IDisposable
{
    private readonly ChangeRig _rig = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _rig.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_BackupThenRestore_GivesTheSameFiles()
    {
        _rig.Feed(10);
        (string copy, string home) = (Path.Combine(_folder.Path, "copy"), Path.Combine(_folder.Path, "home"));

        Run("--home", _rig.Folder, "--to", copy).ExitCode.ShouldBe(0);
        VerbRun restored = Run("--home", home, "--restore", copy, "--json");

        restored.ExitCode.ShouldBe(0);
        restored.Errors.ShouldStartWith("warning: test: cannot be continued by this program: ", Case.Sensitive, "the venue is one of tests");
        JsonElement facts = JsonElement.Parse(restored.Output);
        facts.GetProperty("home").GetString().ShouldBe(home);
        string[] files = [.. Directory.EnumerateFiles(copy, "*", SearchOption.AllDirectories)];
        facts.GetProperty("files").GetInt32().ShouldBe(files.Length);
        files.ShouldAllBe(file => File.ReadAllBytes(file).SequenceEqual(File.ReadAllBytes(Path.Combine(home, Path.GetRelativePath(copy, file)))));
    }

    [Fact]
    public void Run_NeitherOrBoth_IsNamed()
    {
        Run("--home", _rig.Folder).Errors.ShouldContain("error: to: none given: a folder for the copy, or --restore DIR in its place");
        Run("--home", _rig.Folder, "--to", "a", "--restore", "b").Errors.ShouldContain("error: to: a: a folder for the copy, or --restore DIR in its place");
    }

    [Fact]
    public void Restore_OfWhatIsNoHome_OrOntoOneThatIs_IsRefused()
    {
        Run("--home", Path.Combine(_folder.Path, "new"), "--restore", _folder.Path).Errors.ShouldContain($"error: restore: {_folder.Path}: a home of run, with accounts in it");
        VerbRun run = Run("--home", _rig.Folder, "--restore", _rig.Folder);

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain($"error: home: {_rig.Folder}: a folder that is not there yet or empty, and not within the copy; a home that is there is moved away first");
    }

    private static VerbRun Run(params string[] arguments) => VerbRun.Of(BackupVerb.Create(new Option<bool>("--verbose")), arguments);
}
