using Harrier.Engine.History;

namespace Harrier.Storage.Collection;

/// <summary>Asks a venue, and asks again after a pause where that may help: no connection, limits, an answer that cannot be believed.</summary>
/// <param name="options">How patient.</param>
/// <param name="time">The clock of the pauses.</param>
internal sealed class VenueQuestions(CollectorOptions options, TimeProvider time)
{
    /// <summary>Asks until there is an answer, or no hope of one.</summary>
    /// <param name="progress">Counts the questions.</param>
    /// <param name="ask">The question.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">Given up by the caller.</exception>
    public async Task<HistoryAnswer<T>> AskAsync<T>(SymbolProgress progress, Func<Task<HistoryAnswer<T>>> ask, CancellationToken cancellation)
        where T : notnull
    {
        for (int attempt = 1; ; attempt++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Asked();
            HistoryAnswer<T> answer = await ask().ConfigureAwait(false);
            if (answer.IsOk || PauseAfter(answer.Fault, attempt) is not { } pause)
            {
                return answer;
            }

            await Task.Delay(pause, time, cancellation).ConfigureAwait(false);
        }
    }

    private TimeSpan? PauseAfter(HistoryFault fault, int attempt)
    {
        bool mayHelp = fault.Kind is HistoryFaultKind.Unreachable or HistoryFaultKind.Refused or HistoryFaultKind.Malformed;
        TimeSpan pause = options.Pause * Math.Pow(2, attempt - 1);
        TimeSpan wait = fault.RetryAfter > pause ? fault.RetryAfter.Value : pause;
        return mayHelp && attempt < options.Attempts && wait <= options.LongestWait ? wait : null;
    }
}
