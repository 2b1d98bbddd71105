using System.Text.Json.Nodes;
using Harrier.Hosting.Configuration;
using Harrier.Hosting.Logging;
using Microsoft.Extensions.Logging;

namespace Harrier.Tests.Hosting.Logging;

/// <summary>What a configuration may say of the log.</summary>
public sealed class LogSettingsTests
{
    [Fact]
    public void Read_Nothing_HasTheDocumentedDefaults() =>
        Read("{}").Settings.ShouldBe(new LogSettings { Level = LogLevel.Information, MaxFileMib = 16, KeepFiles = 20, KeepDays = 30 });

    [Fact]
    public void Read_AllKeys_IsWhatTheySay() =>
        Read("""{ "level": "debug", "max_file_mib": 1, "keep_files": 2, "keep_days": 3650 }""").Settings
            .ShouldBe(new LogSettings { Level = LogLevel.Debug, MaxFileMib = 1, KeepFiles = 2, KeepDays = 3650 });

    [Theory]
    [InlineData("""{ "level": "loud" }""", "logging.level: loud: one of debug, information, warning, error, none")]
    [InlineData("""{ "max_file_mib": 0 }""", "logging.max_file_mib: 0: a whole number from 1 to 1024")]
    [InlineData("""{ "keep_files": 1 }""", "logging.keep_files: 1: a whole number from 2 to 1000")]
    [InlineData("""{ "keep_days": 1.5 }""", "logging.keep_days: 1.5: a whole number from 1 to 3650")]
    [InlineData("""{ "keep_day": 1 }""", "logging.keep_day: 1: unknown, did you mean keep_days? one of keep_days, keep_files, level, max_file_mib")]
    public void Read_AFault_SaysWhatIsAllowed(string text, string expected) => Read(text).Faults.ShouldBe([expected]);

    private static (LogSettings Settings, List<string> Faults) Read(string text)
    {
        List<string> faults = [];
        return (LogSettings.Read(new Section(JsonNode.Parse(text)!.AsObject(), "logging", faults)), faults);
    }
}
