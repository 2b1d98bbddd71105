using Harrier.Storage.Collection;

namespace Harrier.Cli.Collecting;

/// <summary>How fast symbols come in, for the display.</summary>
/// <param name="time">The clock.</param>
internal sealed class CollectPace(TimeProvider time)
{
    private const double LeastShare = 0.01;

    private readonly Dictionary<string, long> _started = new(StringComparer.Ordinal);

    /// <summary>Rows per second since the symbol began; 0 before.</summary>
    public double RowsPerSecond(SymbolProgress symbol) => Elapsed(symbol) is { TotalSeconds: > 0 } elapsed ? symbol.Rows / elapsed.TotalSeconds : 0;

    /// <summary>The time left at this pace; null while it cannot be told.</summary>
    public TimeSpan? Left(SymbolProgress symbol) =>
        symbol.State == SymbolState.Running && symbol.Share is >= LeastShare and var share && Elapsed(symbol) is { } elapsed ? elapsed * ((1 - share) / share) : null;

    private TimeSpan? Elapsed(SymbolProgress symbol)
    {
        if (symbol.State != SymbolState.Waiting && !_started.ContainsKey(symbol.Symbol))
        {
            _started[symbol.Symbol] = time.GetTimestamp();
        }

        return _started.TryGetValue(symbol.Symbol, out long started) ? time.GetElapsedTime(started) : null;
    }
}
