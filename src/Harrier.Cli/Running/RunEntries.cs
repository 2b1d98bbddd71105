using Microsoft.Extensions.Logging;

namespace Harrier.Cli.Running;

/// <summary>What a run logs of itself.</summary>
internal static partial class RunEntries
{
    [LoggerMessage(EventId = 300, EventName = "Started", Level = LogLevel.Information, Message = "Harrier {Version} runs as process {Process} with {Accounts} accounts and {Portfolios} portfolio accounts")]
    public static partial void Started(ILogger log, string version, int process, int accounts, int portfolios);

    [LoggerMessage(EventId = 301, EventName = "Ended", Level = LogLevel.Information, Message = "the run ended with exit code {ExitCode}")]
    public static partial void Ended(ILogger log, int exitCode);

    [LoggerMessage(EventId = 302, EventName = "Failed", Level = LogLevel.Critical, Message = "the run failed")]
    public static partial void Failed(ILogger log, Exception fault);

    [LoggerMessage(EventId = 303, EventName = "Said", Message = "{Line}")]
    public static partial void Said(ILogger log, LogLevel level, string line);
}
