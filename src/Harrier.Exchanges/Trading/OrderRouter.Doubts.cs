using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Trading;

/// <content>Orders whose answer was lost: they are asked after, never sent again.</content>
public sealed partial class OrderRouter
{
    private readonly Lock _askingGate = new();
    private readonly List<Task> _asking = [];

    /// <summary>Asks after orders of an earlier process that may exist or not; nothing is sent again.</summary>
    public void Resume(IEnumerable<TrackedOrder> doubtful)
    {
        ArgumentNullException.ThrowIfNull(doubtful);
        VenueError lost = new(VenueErrorKind.Timeout, Outcome.Unknown, 0, "the process ended before the answer");
        foreach (TrackedOrder order in doubtful)
        {
            Keep(order.Calls = ResumeAsync(order, lost));
        }
    }

    private async Task ResumeAsync(TrackedOrder order, VenueError lost)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await ResolveAsync(order, lost, order.Registered).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Told to stop; the next start asks again.
        }
    }

    private static bool IsShown(TrackedOrder order) => order.LastShown is { } seen && (seen.Status != VenueOrderStatus.Unknown || order.IsFinal);

    /// <summary>Waits for the trace of an order that the venue's gate took. Calls about the order go on meanwhile: a cancel does not wait for it.</summary>
    private async Task ConfirmAsync(TrackedOrder order, Timestamp sent)
    {
        try
        {
            await Task.Delay(_parts.ReceiptPatience, _parts.Time, _stop.Token).ConfigureAwait(false);
            if (!IsShown(order) && !order.IsFinal)
            {
                VenueError silence = new(VenueErrorKind.Timeout, Outcome.Unknown, 0, "the venue took the order and shows no trace of it");
                await ResolveAsync(order, silence, sent).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop; the next start asks again.
        }
    }

    private async Task ResolveAsync(TrackedOrder order, VenueError error, Timestamp sent)
    {
        UnknownOutcomeQueries<VenueOrder> queries = new()
        {
            ById = cancellation => LookAsync(order, cancellation),
            Fills = cancellation => UnexplainedFills.SearchAsync(_parts.Client, order.Request, sent, cancellation),
            AccountAgrees = _parts.AccountAgrees,
            StreamSoundSince = _parts.StreamSoundSince,
        };
        UnknownOutcomeResolver<VenueOrder> resolver = new(_parts.Unknown, queries, sent, _parts.Time);
        _parts.Tracker.Doubt(order, isEscalated: false);
        UnknownResolution<VenueOrder> resolution = await resolver.ResolveAsync(_stop.Token).ConfigureAwait(false);
        if (resolution.State == UnknownState.Escalated)
        {
            // It may still be there: a cancel does no harm. It is asked after until somebody knows.
            _parts.Tracker.Doubt(order, isEscalated: true);
            Trouble?.Invoke(new OrderTrouble(order.Id, error with { Message = $"{error.Message}; {resolution.Reason}" }, true));
            VenueResult<VenueOrder> canceled = await _parts.Client.CancelAsync(order.Key(_parts.SeparateConditionals), _stop.Token).ConfigureAwait(false);
            if (canceled.IsOk)
            {
                await AdoptAsync(order, canceled.Value, _stop.Token).ConfigureAwait(false);
            }

            // Calls about the order need not wait any longer.
            Keep(GoOnAsync(order, resolver));
            return;
        }

        await SettleAsync(order, resolution).ConfigureAwait(false);
    }

    private async Task GoOnAsync(TrackedOrder order, UnknownOutcomeResolver<VenueOrder> resolver)
    {
        try
        {
            await SettleAsync(order, await resolver.ResolveAsync(_stop.Token).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Told to stop; the next start asks again.
        }
    }

    private async Task SettleAsync(TrackedOrder order, UnknownResolution<VenueOrder> resolution)
    {
        if (resolution.State == UnknownState.ProvenAbsent)
        {
            _parts.Tracker.Refuse(order, RejectReason.ProvenAbsent);
        }
        else if (resolution.Order is { } shown)
        {
            await AdoptAsync(order, shown, _stop.Token).ConfigureAwait(false);
        }
    }

    private async Task<(Sighting Seen, VenueOrder? Order)> LookAsync(TrackedOrder order, CancellationToken cancellation)
    {
        if (IsShown(order))
        {
            // The stream told of it meanwhile.
            return (Sighting.Found, order.LastShown);
        }

        VenueResult<VenueOrder> answer = await _parts.Client.QueryAsync(order.Key(_parts.SeparateConditionals), cancellation).ConfigureAwait(false);
        if (answer.IsOk)
        {
            return (Sighting.Found, answer.Value);
        }

        return (answer.Error.Kind == VenueErrorKind.OrderNotFound ? Sighting.NotFound : Sighting.NoAnswer, null);
    }

    private void Keep(Task asking)
    {
        lock (_askingGate)
        {
            _asking.RemoveAll(static t => t.IsCompleted);
            _asking.Add(asking);
        }
    }

    private Task[] Asking()
    {
        lock (_askingGate)
        {
            return [.. _asking];
        }
    }
}
