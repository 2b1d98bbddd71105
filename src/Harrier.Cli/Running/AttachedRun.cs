using System.Text.Json;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;

namespace Harrier.Cli.Running;

/// <summary>Shows a run that another process carries. Ending the view ends nothing else.</summary>
/// <param name="client">The connection to it.</param>
/// <param name="view">Where it is shown.</param>
/// <param name="time">The wall clock.</param>
internal sealed class AttachedRun(ControlClient client, IRunView view, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Shows it until the other process ends, or this one is stopped.</summary>
    /// <param name="length">How long, from the first look; null until stopped.</param>
    /// <param name="stop">Stopped by the user.</param>
    public async Task<int> RunAsync(TimeSpan? length, CancellationToken stop)
    {
        using CancellationTokenSource timed = new(Timeout.InfiniteTimeSpan, time);
        using CancellationTokenSource ends = CancellationTokenSource.CreateLinkedTokenSource(stop, timed.Token);
        IReadOnlyList<AccountStatus>? accounts = null;
        long known = long.MaxValue;
        try
        {
            while (await client.AskAsync(ControlRequest.Look(known), ends.Token).ConfigureAwait(false) is { } line)
            {
                using JsonDocument answer = JsonDocument.Parse(line);
                JsonElement root = answer.RootElement;
                bool isFirst = accounts is null;
                accounts = StatusReader.Read(root);
                if (isFirst)
                {
                    timed.CancelAfter(length ?? Timeout.InfiniteTimeSpan);
                    view.Warn($"attached to process {root.GetProperty("process").GetInt32()}; ending this view ends nothing else");
                    view.Begin(accounts);
                }

                foreach (JsonElement one in root.GetProperty("events").EnumerateArray())
                {
                    view.Relay(new LoggedEvent(one.GetProperty("number").GetInt64(), one.GetProperty("text").GetString() ?? "", one.GetProperty("json").GetRawText()));
                }

                known = root.GetProperty("last").GetInt64();
                view.Show(accounts);
                await Task.Delay(LookEvery, time, ends.Token).ConfigureAwait(false);
            }

            view.Warn("the run has ended");
            view.End(accounts ?? []);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // Detached.
        }

        return 0;
    }
}
