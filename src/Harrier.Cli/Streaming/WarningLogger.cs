using Microsoft.Extensions.Logging;

namespace Harrier.Cli.Streaming;

/// <summary>Hands warnings and worse to a view, one line each.</summary>
internal sealed class WarningLogger(Action<string> show) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            show($"{logLevel.ToString().ToLowerInvariant()}: {formatter(state, exception).ReplaceLineEndings(" ")}");
        }
    }
}
