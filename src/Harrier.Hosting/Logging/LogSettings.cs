using Harrier.Hosting.Configuration;
using Microsoft.Extensions.Logging;

namespace Harrier.Hosting.Logging;

/// <summary>What a run writes to its log, and how much of it is kept.</summary>
public sealed record LogSettings
{
    private static readonly string[] Words = ["debug", "information", "warning", "error", "none"];
    private static readonly LogLevel[] Levels = [LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error, LogLevel.None];

    /// <summary>What is written: this and worse.</summary>
    /// <value>Information.</value>
    public LogLevel Level { get; init; } = LogLevel.Information;

    /// <summary>Largest size of a file, in mebibytes; the next entry begins another, as does each day.</summary>
    /// <value>16 MiB.</value>
    public int MaxFileMib { get; init; } = 16;

    /// <summary>Files that are kept; the oldest go first.</summary>
    /// <value>20.</value>
    public int KeepFiles { get; init; } = 20;

    /// <summary>Days that a file is kept.</summary>
    /// <value>30.</value>
    public int KeepDays { get; init; } = 30;

    /// <summary>Name of the level, as a configuration says it.</summary>
    public string LevelName => Words[Array.IndexOf(Levels, Level)];

    internal static LogSettings Read(Section section)
    {
        LogSettings usual = new();
        LogSettings read = new()
        {
            Level = Levels[section.Choice("level", Array.IndexOf(Levels, usual.Level), Words)],
            MaxFileMib = section.Count("max_file_mib", usual.MaxFileMib, 1, 1024),
            KeepFiles = section.Count("keep_files", usual.KeepFiles, 2, 1000),
            KeepDays = section.Count("keep_days", usual.KeepDays, 1, 3650),
        };
        section.RefuseOthers();
        return read;
    }
}
