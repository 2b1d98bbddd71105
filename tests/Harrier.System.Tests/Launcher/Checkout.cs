namespace Harrier.System.Tests.Launcher;

/// <summary>
/// A small tree with the real scripts and a stand-in for dotnet that notes each call, so that a build costs nothing.
/// </summary>
internal sealed class Checkout : IDisposable
{
    private static readonly string[] _tools =
        ["bash", "env", "find", "readlink", "dirname", "sed", "awk", "paste", "mkdir", "touch", "mv", "rm", "flock", "grep", "sort", "cat", "tee", "tail", "git", "cmp", "cp", "node", "npm"];

    // What each call prints and returns is set by files beside it: build.code, test-A.out, and so on.
    private const string FakeDotnet = """
        #!/usr/bin/env bash
        here=$(dirname -- "${BASH_SOURCE[0]}")
        echo "$*" >>"$here/calls"
        answer() { if [[ -f $here/$1.out ]]; then cat "$here/$1.out"; fi; if [[ -f $here/$1.code ]]; then exit "$(cat "$here/$1.code")"; fi; exit 0; }
        case $1 in
          --version) answer version ;;
          --list-sdks) answer sdks ;;
          restore | format) answer "$1" ;;
          build)
            for dll in Harrier.Cli/release/harrier A.Tests/release/A.Tests B.Tests/release/B.Tests; do
              mkdir -p "artifacts/bin/${dll%/*}"
              touch "artifacts/bin/$dll.dll"
            done
            answer build ;;
          */harrier.dll) echo "folder=$PWD"; printf 'argument=%s\n' "${@:2}"; answer run ;;
          */A.Tests.dll) answer test-A ;;
          */B.Tests.dll) answer test-B ;;
        esac
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("harrier-launcher-");

    public Checkout()
    {
        var origin = RepositoryRoot();
        foreach (var file in new[] { "harrier", "eng/launcher.sh", ".ci/run", "global.json" })
        {
            Write(file, File.ReadAllText(Path.Combine(origin, file)));
        }

        Write("Directory.Build.props", "<Project />");
        Write("Harrier.slnx", "<Solution />");
        Write("src/Harrier.Cli/Program.cs", "return 0;");
        Write("tests/A.Tests/A.Tests.csproj", "<Project />");
        Write("tests/B.Tests/B.Tests.csproj", "<Project />");
        Write("fake/dotnet", FakeDotnet);

        // The check only asks whether it is there.
        Write("fake/prometheus", "#!/usr/bin/env bash\n");
        foreach (var script in new[] { "fake/dotnet", "fake/prometheus", "harrier", ".ci/run" })
        {
            MakeExecutable(script);
        }

        Directory.CreateDirectory(PathOf("tools"));
        foreach (var tool in _tools)
        {
            if (Shell.Find(tool) is { } path)
            {
                File.CreateSymbolicLink(PathOf($"tools/{tool}"), path);
            }
        }
    }

    public string Root => _folder.FullName;

    /// <summary>The calls of dotnet so far, oldest first.</summary>
    public IReadOnlyList<string> Calls => File.Exists(PathOf("fake/calls")) ? File.ReadAllLines(PathOf("fake/calls")) : [];

    public int Builds => Calls.Count(c => c.StartsWith("build ", StringComparison.Ordinal));

    public string PathOf(string file) => Path.Combine(Root, file);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    public void WriteScript(string file, string text)
    {
        Write(file, text);
        MakeExecutable(file);
    }

    /// <summary>What the stand-in prints and returns for a kind of call.</summary>
    public void Answer(string call, string output, int code = 0)
    {
        Write($"fake/{call}.out", output);
        Write($"fake/{call}.code", $"{code}\n");
    }

    /// <summary>Moves the last change of a file or folder behind the last build, without waiting for a clock.</summary>
    public void Touch(string path)
    {
        var later = File.GetLastWriteTimeUtc(PathOf("artifacts/.built")).AddSeconds(1);
        if (Directory.Exists(PathOf(path)))
        {
            Directory.SetLastWriteTimeUtc(PathOf(path), later);
        }
        else
        {
            File.SetLastWriteTimeUtc(PathOf(path), later);
        }
    }

    public Task<Outcome> StartAsync(params string[] arguments) => Shell.RunAsync(PathOf("harrier"), Root, Variables(), arguments);

    public Task<Outcome> StartFromAsync(string script, string folder, params string[] arguments) => Shell.RunAsync(script, folder, Variables(), arguments);

    public Task<Outcome> StartWithoutDotnetAsync(params string[] arguments) =>
        Shell.RunAsync(PathOf("harrier"), Root, new Dictionary<string, string> { ["PATH"] = PathOf("tools") }, arguments);

    public void Dispose() => _folder.Delete(recursive: true);

    private Dictionary<string, string> Variables() => new() { ["PATH"] = $"{PathOf("fake")}:{PathOf("tools")}" };

    private void MakeExecutable(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PathOf(file), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Harrier.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Harrier.slnx");
    }
}
