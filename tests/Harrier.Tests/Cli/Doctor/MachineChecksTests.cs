using Harrier.Cli.Doctor;
using Harrier.Hosting.Configuration;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Doctor;

/// <summary>What is enough of a machine, and that this one can be measured.</summary>
public sealed class MachineChecksTests
{
    [Theory]
    [InlineData(0.05, Health.Ok)]
    [InlineData(20, Health.Ok)]
    [InlineData(20.01, Health.Warning)]
    internal void Speed_OfAWrite_IsJudged(double milliseconds, Health expected) => MachineChecks.Speed("/h", TimeSpan.FromMilliseconds(milliseconds)).Health.ShouldBe(expected);

    [Theory]
    [InlineData(511, null, Health.Warning, "511 MiB for the process")]
    [InlineData(512, null, Health.Ok, "512 MiB for the process")]
    [InlineData(1024, 1024, Health.Ok, "1024 MiB for the process, max_memory_mib 1024")]
    [InlineData(1024, 1025, Health.Warning, "1024 MiB for the process, max_memory_mib 1025")]
    internal void Memory_AndItsBound_AreJudged(long mebibytes, int? bound, Health expected, string text)
    {
        Finding found = MachineChecks.Memory(mebibytes << 20, bound);

        (found.Health, found.Text, found.Advice.Length > 0).ShouldBe((expected, text, expected != Health.Ok));
    }

    [Theory]
    [InlineData(1023, Health.Fault)]
    [InlineData(1024, Health.Warning)]
    [InlineData(4095, Health.Warning)]
    [InlineData(4096, Health.Ok)]
    internal void Files_AtATime_AreJudged(long limit, Health expected) => MachineChecks.Files(limit).Health.ShouldBe(expected);

    [Theory]
    [InlineData("Max open files            1024                 524288               files     ", 1024L)]
    [InlineData("Max open files            unlimited            unlimited            files     ", null)]
    [InlineData("Max processes             95230                95230                processes ", null)]
    public void FilesAtATime_InTheSystemsTable_IsTheFirstNumber(string line, long? expected) => MachineChecks.FilesAtATime(["Limit  Soft Limit  Hard Limit  Units", line]).ShouldBe(expected);

    [Fact]
    public void Of_ThisMachine_MeasuresAndLeavesNothing()
    {
        using TemporaryFolder folder = new();

        string[] subjects = [.. new MachineChecks(TimeProvider.System).Of(folder.Path, new RunSettings([])).Select(static one => one.Subject)];

        subjects.ShouldBe(OperatingSystem.IsLinux() ? ["disk speed", "memory", "open files"] : ["disk speed", "memory"]);
        Directory.EnumerateFileSystemEntries(folder.Path).ShouldBeEmpty();
    }
}
