using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Requests;

/// <summary>A budget with a clock that stands still, and short words for asking it.</summary>
internal sealed class BudgetScene : IDisposable
{
    public const string Orders = "orders";
    public const string Weight = "weight";

    public BudgetScene(RequestBudgetOptions? options = null, ManualTimeProvider? time = null)
    {
        Time = time ?? new ManualTimeProvider();
        Budget = new RequestBudget(options ?? new RequestBudgetOptions { Rules = Rules }, Time);
    }

    /// <summary>The systems' order window, and a weight per IP.</summary>
    public static IReadOnlyList<BudgetRule> Rules { get; } =
        [new(Orders, 100, TimeSpan.FromSeconds(5), PerAccount: true), new(Weight, 1000, TimeSpan.FromMinutes(1), PerAccount: false)];

    public ManualTimeProvider Time { get; }

    public RequestBudget Budget { get; }

    public Task<BudgetLease> Ask(RequestPriority priority, string rule, int weight = 1) =>
        Ask(new BudgetRequest(priority, new RequestCost[] { new(rule, weight) }));

    public Task<BudgetLease> Ask(BudgetRequest request) => Budget.AcquireAsync(request, TestContext.Current.CancellationToken).AsTask();

    public Task<BudgetLease> AskUntil(RequestPriority priority, int weight, CancellationToken cancellation) =>
        Budget.AcquireAsync(priority, new RequestCost[] { new(Weight, weight) }, cancellation).AsTask();

    public Task<BudgetLease> AskEntry(string rule, int weight = 1) =>
        Ask(new BudgetRequest(RequestPriority.Critical, new RequestCost[] { new(rule, weight) }) { AddsRisk = true });

    /// <summary>A request that is sent and answered at once.</summary>
    public async Task<BudgetRefusal> Call(RequestPriority priority, string rule, int weight = 1, RequestFeedback? feedback = null)
    {
        using BudgetLease lease = await Ask(priority, rule, weight);
        lease.Complete(feedback ?? Fine);
        return lease.Refusal;
    }

    public int Used(string rule) => Budget.Statistics.Windows[rule];

    public int Waiting => Budget.Statistics.QueueSize;

    public static RequestFeedback Fine { get; } = new(200, VenueErrorKind.None);

    public static RequestFeedback TooMany(TimeSpan? retryAfter = null, string? rule = null) =>
        new(429, VenueErrorKind.RateLimited) { RetryAfter = retryAfter, LimitedRule = rule };

    /// <summary>The lease of a request that was answered in the moment it was asked for or since.</summary>
    public static BudgetLease Now(Task<BudgetLease> asked) => asked.IsCompletedSuccessfully ? asked.Result : throw new InvalidOperationException("it still waits");

    public void Dispose() => Budget.Dispose();
}
