namespace Harrier.Architecture.Tests.Rules;

public sealed class LockFilesTests
{
    [Theory]
    [InlineData("1.2.0", "1.2.0", true)]
    [InlineData("1.2", "1.2.0", true)]
    [InlineData("[1.2.0, )", "1.2.0", true)]
    [InlineData("1.2.0", "1.3.0", false)]
    [InlineData("1.10.0", "1.9.0", false)]
    [InlineData("1.2.0-rc.1", "1.2.0", false)]
    public void Drift_TransitivePackage_LockedVersionIsTheHighestAskedFor(string asked, string resolved, bool clean)
    {
        var text = $$"""
            { "version": 2, "dependencies": { "net10.0": {
              "A": { "type": "Direct", "requested": "[2.0.0, )", "resolved": "2.0.0", "dependencies": { "b": "{{asked}}" } },
              "B": { "type": "Transitive", "resolved": "{{resolved}}" },
              "harrier.domain": { "type": "Project", "dependencies": { "B": "0.9.0" } } } } }
            """;

        LockFiles.Drift(SourceFile.Sample("packages.lock.json", text)).Any().ShouldBe(!clean);
    }

    [Fact]
    public void Drift_DirectPackage_ComparesWithItsOwnRequest() => LockFiles.Drift(SourceFile.Sample(
            "packages.lock.json",
            """{ "dependencies": { "net10.0": { "A": { "type": "Direct", "requested": "[2.0.0, )", "resolved": "2.0.1" } } } }"""))
        .ShouldHaveSingleItem().Message.ShouldBe("A: 2.0.0 was asked for, 2.0.1 is locked");
}
