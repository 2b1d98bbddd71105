using Harrier.Exchanges.Requests;

namespace Harrier.Exchanges.Tests.Requests;

public sealed class KeyFileTests : IDisposable
{
    private const string Canary = "canary-c4f1-do-not-show";
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void TryRead_PrivateFile_GivesVenueAndCredentials()
    {
        Write($$"""{"venue":"somewhere","key":"abcd1234efgh5678","secret":"{{Canary}}"}""");
        KeyFile.TryRead(_path, out KeyFile? file, out KeyFileFault? fault).ShouldBeTrue();
        fault.ShouldBeNull();
        file!.Venue.ShouldBe("somewhere");
        file.Credentials.Key.ShouldBe("abcd1234efgh5678");
        file.Credentials.Secret.Reveal().ShouldBe(Canary);
        file.ToString().ShouldNotContain(Canary);
        file.ToString().ShouldNotContain("1234");
    }

    [Theory]
    [InlineData("""{"venue":"v","key":"k"}""", "secret: missing")]
    [InlineData("""{"venue":"v","secret":"canary-c4f1-do-not-show"}""", "key: missing")]
    [InlineData("""{"key":"k","secret":"canary-c4f1-do-not-show"}""", "venue: missing")]
    [InlineData("""{"venue":"v","key":"","secret":"canary-c4f1-do-not-show"}""", "key: empty")]
    [InlineData("""{"venue":"v","key":"k","secret":17}""", "secret: a JSON number")]
    [InlineData("""{"venue":"v","key":"a\r\nb: c","secret":"canary-c4f1-do-not-show"}""", "key: holds blanks")]
    [InlineData("""{"venue":"v","key":"k","secret":"canary-c4f1-do-not-show","pass":"x"}""", "file: unknown field 'pass'")]
    [InlineData("""{"venue":"v","key":"k","key":"l","secret":"canary-c4f1-do-not-show"}""", "file: line 1 is not valid JSON")]
    [InlineData("""{"venue":"v","canary-c4f1-do-not-show":"k","secret":""}""", "file: an unknown field")]
    [InlineData("canary-c4f1-do-not-show", "file: line 1 is not valid JSON")]
    [InlineData("""["canary-c4f1-do-not-show"]""", "file: a JSON array")]
    [InlineData("", "file: line 1 is not valid JSON")]
    public void TryRead_BadFile_NamesTheFieldInOneLineWithoutTheSecret(string content, string begins)
    {
        Write(content);
        KeyFile.TryRead(_path, out _, out KeyFileFault? fault).ShouldBeFalse();
        string line = fault!.ToString();
        line.ShouldStartWith(begins);
        line.ShouldNotContain("\n");
        line.ShouldNotContain("canary");
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, "0644")]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite, "0602")]
    public void TryRead_OthersMayReadOrWriteIt_IsRefusedWithItsMode(UnixFileMode mode, string shown)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "file modes are Unix's");
        Write("""{"venue":"v","key":"k","secret":"s"}""", mode);
        KeyFile.TryRead(_path, out _, out KeyFileFault? fault).ShouldBeFalse();
        fault!.ToString().ShouldBe($"file: {_path} has mode {shown}: must have mode 0600, readable by its owner alone (chmod 600)");
    }

    [Fact]
    public void TryRead_NoSuchFile_SaysSo()
    {
        KeyFile.TryRead(_path, out _, out KeyFileFault? fault).ShouldBeFalse();
        fault!.ToString().ShouldBe($"file: {_path}: must exist");
    }

    private void Write(string content, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        File.WriteAllText(_path, content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_path, mode);
        }
    }
}
