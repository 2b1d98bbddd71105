namespace Harrier.Cli.Backtests;

/// <summary>Progress at which a run that the user stopped ends.</summary>
/// <param name="next">Told as well; null for nobody.</param>
/// <param name="stop">Canceled by SIGINT and SIGTERM.</param>
internal sealed class StoppableProgress(IProgress<long>? next, CancellationToken stop) : IProgress<long>
{
    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">The user stopped the run.</exception>
    public void Report(long value)
    {
        stop.ThrowIfCancellationRequested();
        next?.Report(value);
    }
}
