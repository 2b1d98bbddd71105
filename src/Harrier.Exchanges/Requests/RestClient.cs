using System.Globalization;
using Harrier.Domain;
using Harrier.Exchanges.Results;

namespace Harrier.Exchanges.Requests;

/// <summary>
/// Calls one venue's REST interface through its budget. No failure of venue or network is thrown: each becomes a <see cref="VenueError"/>
/// whose outcome says whether the call may have had an effect. Reads are retried a few times, each attempt through the budget; writes
/// are sent once.
/// </summary>
public sealed class RestClient
{
    private readonly RestClientOptions _options;
    private readonly RestExchange _exchange;
    private readonly RequestBudget _budget;
    private readonly IRestDialect _dialect;
    private readonly ServerClock _clock;
    private readonly TimeProvider _time;
    private readonly Lock _jitterGate = new();

    /// <summary>A client of one venue; see <see cref="RestTransport.Create"/> for the transport. Timeouts and pauses run on the clock's own time.</summary>
    /// <exception cref="ArgumentException">The base address has a path, a query or credentials.</exception>
    public RestClient(RestClientOptions options, HttpMessageInvoker http, RequestBudget budget, IRestDialect dialect, ServerClock clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(budget);
        ArgumentNullException.ThrowIfNull(dialect);
        ArgumentNullException.ThrowIfNull(clock);
        _options = options;
        _exchange = new RestExchange(options, http, dialect, clock.Time);
        _budget = budget;
        _dialect = dialect;
        _clock = clock;
        _time = clock.Time;
    }

    /// <summary>Makes the call.</summary>
    /// <exception cref="OperationCanceledException">
    /// The caller gave up while nothing of this attempt had left. A write that has left fails with outcome unknown instead.
    /// </exception>
    public async Task<VenueResult<RestAnswer>> SendAsync(RestCall call, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(call);
        for (int attempt = 1; ; attempt++)
        {
            VenueResult<RestAnswer> result = await AttemptAsync(call, cancellation).ConfigureAwait(false);
            if (result.IsOk || PauseAfter(call, attempt, result.Error) is not TimeSpan pause)
            {
                return result;
            }

            await Task.Delay(pause, _time, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<VenueResult<RestAnswer>> AttemptAsync(RestCall call, CancellationToken cancellation)
    {
        if (call.IsSigned)
        {
            await _clock.RefreshIfNeededAsync(cancellation).ConfigureAwait(false);
        }

        BudgetRequest wish = new(call.Priority, call.Costs) { AddsRisk = call.AddsRisk };
        using BudgetLease lease = await _budget.AcquireAsync(wish, cancellation).ConfigureAwait(false);
        if (!lease.IsGranted)
        {
            return Refused(lease);
        }

        RestRequest request;
        try
        {
            request = call.Build(_clock.Now());
        }
        catch
        {
            lease.Return();
            throw;
        }

        RestReply reply = await _exchange.SendAsync(request, call, cancellation).ConfigureAwait(false);
        lease.Complete(FeedbackOf(call, reply));
        if (reply.Error?.Kind == VenueErrorKind.ClockSkew)
        {
            _clock.MarkSuspect();
        }

        // A read that the caller no longer wants has no effect to tell of.
        if (!call.IsWrite && reply.Error is not null)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        return reply.Error is VenueError error
            ? VenueResult<RestAnswer>.Failed(error)
            : VenueResult<RestAnswer>.Ok(new RestAnswer(reply.Status, reply.Body, reply.Headers));
    }

    private static VenueResult<RestAnswer> Refused(BudgetLease lease)
    {
        string why = lease.Refusal switch
        {
            BudgetRefusal.QueueFull => "too many requests already wait for the venue's limits",
            BudgetRefusal.CircuitOpen => "the venue refused too often for its limits; calls rest",
            BudgetRefusal.Banned => "the venue has shut us out",
            BudgetRefusal.CannotFit => "the request weighs more than its class may spend",
            _ => "no room within the venue's limits came free in time",
        };
        string until = lease.RetryAfter is TimeSpan rest ? string.Create(CultureInfo.InvariantCulture, $" (for {rest.TotalSeconds:0.#} s)") : "";
        return VenueResult<RestAnswer>.Failed(new VenueError(VenueErrorKind.RefusedLocally, Outcome.NotDone, 0, why + until)
        {
            RetryAfter = lease.RetryAfter,
        });
    }

    private RequestFeedback FeedbackOf(RestCall call, RestReply reply)
    {
        List<(string Rule, int Used)> used = [];
        if (reply.Status != 0)
        {
            _dialect.ReadUsage(reply.Headers, used);
        }

        for (int i = 0; i < used.Count; i++)
        {
            used[i] = (NameOf(used[i].Rule, call) ?? "", used[i].Used);
        }

        return new RequestFeedback(reply.Status, reply.Error?.Kind ?? VenueErrorKind.None)
        {
            Used = used,
            RetryAfter = reply.Error?.RetryAfter,
            LimitedRule = NameOf(reply.Error?.LimitedRule, call),
            VenueTime = VenueTimeOf(reply),
        };
    }

    private static string? NameOf(string? rule, RestCall call) => rule is "" ? call.UsageRule : rule;

    // The venue's own word first; it has whole seconds, which the margins of the correction allow for.
    private Timestamp? VenueTimeOf(RestReply reply)
    {
        bool dated = reply.Headers.TryGetValue("date", out string? text);
        return dated && DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? Timestamp.From(date)
            : _clock.RoundTrip is null ? null : _clock.Now();
    }

    /// <summary>The pause before the next attempt, or null when there must be none.</summary>
    private TimeSpan? PauseAfter(RestCall call, int attempt, VenueError error)
    {
        bool again = error.Kind is VenueErrorKind.Network or VenueErrorKind.Timeout or VenueErrorKind.Overloaded or VenueErrorKind.RateLimited
            || (error.Kind == VenueErrorKind.ClockSkew && call.IsSigned && attempt == 1);
        if (call.IsWrite || !again || attempt >= _options.ReadAttempts || error.RetryAfter > _options.RetryCap)
        {
            return null;
        }

        TimeSpan pause = _options.RetryBase * Math.Pow(2, attempt - 1);
        pause = pause < _options.RetryCap ? pause : _options.RetryCap;
        lock (_jitterGate)
        {
            // Half of the pause is kept, so that a retry never follows at once.
            pause *= _options.Jitter is Func<double> jitter ? 0.5 + (0.5 * jitter()) : 1;
        }

        return error.RetryAfter > pause ? error.RetryAfter : pause;
    }
}
