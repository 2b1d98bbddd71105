using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Harrier.Hosting.Jobs;

/// <summary>Where a job is in its life.</summary>
public enum JobState
{
    /// <summary>It waits for those before it.</summary>
    Queued = 0,

    /// <summary>It runs.</summary>
    Running = 1,

    /// <summary>It has a result.</summary>
    Done = 2,

    /// <summary>It failed.</summary>
    Failed = 3,

    /// <summary>Somebody stopped it.</summary>
    Canceled = 4,
}

/// <summary>What a job leaves.</summary>
/// <param name="Json">Its result.</param>
/// <param name="Report">A page about it; null for none.</param>
public sealed record JobResult(string Json, string? Report);

/// <summary>Work that takes long.</summary>
/// <param name="Progress">Told the part that is done, 0 to 1.</param>
/// <param name="Stop">Somebody does not want it any more.</param>
public delegate JobResult JobWork(IProgress<double> Progress, CancellationToken Stop);

/// <summary>Jobs of a run: of each kind one at a time, on a thread of its own that yields to trading; a bounded number of each waits. What is done is kept while the process lives, the newest of it.</summary>
public sealed class JobDesk : IDisposable
{
    /// <summary>Jobs that may wait.</summary>
    public const int MostWaiting = 16;

    private const int MostKept = 100;

    private readonly TimeProvider _time;
    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Job> _jobs = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ends = new();
    private readonly string _prefix;
    private long _last;

    /// <summary>Waits for work.</summary>
    public JobDesk(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _prefix = time.GetUtcNow().ToUnixTimeSeconds().ToString("x", CultureInfo.InvariantCulture);
    }

    /// <summary>All jobs, oldest first.</summary>
    public IReadOnlyList<Job> All => [.. _jobs.Values.OrderBy(static job => job.Number)];

    /// <summary>A job by its id; null when there is none.</summary>
    public Job? Find(string id) => _jobs.GetValueOrDefault(id);

    /// <summary>Takes work in.</summary>
    /// <returns>The job; null when too many wait.</returns>
    public Job? TryAdd(string kind, JobWork work)
    {
        long number = Interlocked.Increment(ref _last);
        Job job = new(string.Create(CultureInfo.InvariantCulture, $"{_prefix}-{number}"), number, kind, work, _time.GetUtcNow());
        if (!LaneOf(kind).Waiting.TryAdd(job))
        {
            job.Dispose();
            return null;
        }

        _jobs[job.Id] = job;
        foreach (Job old in _jobs.Values.Where(static one => one.HasEnded).OrderByDescending(static one => one.Number).Skip(MostKept))
        {
            _jobs.TryRemove(old.Id, out _);
            old.Dispose();
        }

        return job;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Lane[] lanes;
        lock (_gate)
        {
            lanes = [.. _lanes.Values];
        }

        _ends.Cancel();
        foreach (Lane lane in lanes)
        {
            lane.Waiting.CompleteAdding();
        }

        foreach (Job job in _jobs.Values)
        {
            job.Cancel(_time.GetUtcNow());
        }

        foreach (Lane lane in lanes)
        {
            lane.Worker.Join();
            lane.Waiting.Dispose();
        }

        _ends.Dispose();
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The lane owns its queue, and the desk its lanes.")]
    private Lane LaneOf(string kind)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ends.IsCancellationRequested, this);
            if (!_lanes.TryGetValue(kind, out Lane? lane))
            {
                BlockingCollection<Job> waiting = new(MostWaiting);
                lane = _lanes[kind] = new Lane(waiting, new Thread(() => Work(waiting)) { IsBackground = true, Name = "jobs " + kind, Priority = ThreadPriority.BelowNormal });
                lane.Worker.Start();
            }

            return lane;
        }
    }

    private void Work(BlockingCollection<Job> waiting)
    {
        foreach (Job job in waiting.GetConsumingEnumerable())
        {
            if (!_ends.IsCancellationRequested)
            {
                job.Run(_time);
            }
        }
    }

    private sealed record Lane(BlockingCollection<Job> Waiting, Thread Worker);
}
