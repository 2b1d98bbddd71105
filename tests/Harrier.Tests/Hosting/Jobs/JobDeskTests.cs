using Harrier.Hosting.Jobs;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Jobs;

public sealed class JobDeskTests
{
    [Fact]
    public async Task Jobs_RunOneAfterTheOther_AndLeaveTheirResults()
    {
        using JobDesk desk = new(new ImmediateTime());
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        List<string> order = [];
        Job first = desk.TryAdd("a", (progress, _) =>
        {
            go.Task.Wait(TestContext.Current.CancellationToken);
            progress.Report(0.5);
            order.Add("first");
            return new JobResult("1", null);
        }).ShouldNotBeNull();
        Job second = desk.TryAdd("a", (_, _) =>
        {
            order.Add("second");
            throw new InvalidDataException("no such bars");
        }).ShouldNotBeNull();
        second.State.ShouldBe(JobState.Queued);
        go.SetResult();
        await EndAsync(second);
        (first.State, first.Progress, first.Result!.Json).ShouldBe((JobState.Done, 1, "1"));
        (second.State, second.Error, second.Result).ShouldBe((JobState.Failed, "no such bars", null));
        order.ShouldBe(["first", "second"]);
        desk.All.ShouldBe([first, second]);
    }

    [Fact]
    public async Task Cancel_OfOneThatWaits_IsAtOnce_OfOneThatRuns_WhenItLooks()
    {
        using JobDesk desk = new(new ImmediateTime());
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Job running = desk.TryAdd("a", (_, stop) =>
        {
            begun.SetResult();
            stop.WaitHandle.WaitOne();
            stop.ThrowIfCancellationRequested();
            return new JobResult("never", null);
        }).ShouldNotBeNull();
        Job waiting = desk.TryAdd("a", (_, _) => throw new InvalidOperationException("it was canceled")).ShouldNotBeNull();
        await begun.Task;
        waiting.Cancel(default).ShouldBeTrue();
        waiting.State.ShouldBe(JobState.Canceled);
        waiting.Cancel(default).ShouldBeFalse("it has ended");
        running.Cancel(default).ShouldBeTrue();
        await EndAsync(running);
        running.State.ShouldBe(JobState.Canceled);
    }

    [Fact]
    public async Task TryAdd_BeyondWhatMayWait_TakesNothing()
    {
        using JobDesk desk = new(new ImmediateTime());
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Job running = desk.TryAdd("a", (_, stop) =>
        {
            begun.SetResult();
            stop.WaitHandle.WaitOne();
            return new JobResult("", null);
        }).ShouldNotBeNull();
        await begun.Task;
        for (int i = 0; i < JobDesk.MostWaiting; i++)
        {
            desk.TryAdd("a", static (_, _) => new JobResult("", null)).ShouldNotBeNull();
        }

        desk.TryAdd("a", static (_, _) => new JobResult("", null)).ShouldBeNull();
        desk.All.Count.ShouldBe(1 + JobDesk.MostWaiting);
        running.Cancel(default);
    }

    private static async Task EndAsync(Job job)
    {
        while (!job.HasEnded)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
