using System.Diagnostics;
using Harrier.Hosting.Telemetry;

namespace Harrier.Hosting.Jobs;

/// <summary>A job at the moment. Safe to look at from any thread.</summary>
public sealed class Job : IProgress<double>, IDisposable
{
    private readonly JobWork _work;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private double _progress;
    private volatile bool _isStopping;

    internal Job(string id, long number, string kind, JobWork work, DateTimeOffset created)
    {
        (Id, Number, Kind, Created) = (id, number, kind, created);
        _work = work;
    }

    /// <summary>What it is known by.</summary>
    public string Id { get; }

    /// <summary>Its place in the order of arrival.</summary>
    public long Number { get; }

    /// <summary>What it does, such as <c>backtest</c>.</summary>
    public string Kind { get; }

    /// <summary>When it was taken in.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>Where it is in its life.</summary>
    public JobState State { get; private set; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? Ended { get; private set; }

    /// <summary>Why it failed; null when it has not.</summary>
    public string? Error { get; private set; }

    /// <summary>What it left; null before it is done.</summary>
    public JobResult? Result { get; private set; }

    /// <summary>The part that is done, 0 to 1.</summary>
    public double Progress => Volatile.Read(ref _progress);

    /// <summary>True once somebody has stopped it, whether it has ended or not.</summary>
    public bool IsStopping => _isStopping;

    /// <summary>True once it is done, failed or canceled.</summary>
    public bool HasEnded => State is JobState.Done or JobState.Failed or JobState.Canceled;

    /// <summary>Stops it: at once while it waits, at the next chance while it runs.</summary>
    /// <returns>False when it had ended.</returns>
    public bool Cancel(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (HasEnded)
            {
                return false;
            }

            if (State == JobState.Queued)
            {
                (State, Ended) = (JobState.Canceled, now);
            }

            _isStopping = true;
            _stop.Cancel();
            return true;
        }
    }

    /// <inheritdoc/>
    public void Report(double value) => Volatile.Write(ref _progress, Math.Clamp(value, 0, 1));

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    internal void Run(TimeProvider time)
    {
        lock (_gate)
        {
            if (State != JobState.Queued)
            {
                return;
            }

            State = JobState.Running;
        }

        using Activity? span = Tracing.Source.StartActivity("job " + Kind);
        span?.SetTag("harrier.job.kind", Kind);
        span?.SetTag("harrier.job.id", Id);
        JobResult? result = null;
        string? error = null;
        JobState state = JobState.Done;
        try
        {
            result = _work(this, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            state = JobState.Canceled;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            (state, error) = (JobState.Failed, fault.Message);
        }

        span?.SetTag("harrier.job.state", state.ToString().ToLowerInvariant());
        if (error is not null)
        {
            span.Fail(error);
        }

        lock (_gate)
        {
            (Result, Error, Ended) = (result, error, time.GetUtcNow());
            Report(state == JobState.Done ? 1 : Progress);
            State = state;
        }
    }
}
