using System.Diagnostics.CodeAnalysis;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Results;
using Harrier.Exchanges.Tests.Support;
using Harrier.Simulation.Randomness;

namespace Harrier.Exchanges.Tests.Requests;

/// <summary>Random arrivals, weights, classes, answers and cancellations, judged by a count that shares nothing with the budget's.</summary>
[SuppressMessage("Reliability", "CA2025:Ensure tasks using 'IDisposable' instances complete before the instances are disposed", Justification = "Those that still wait at the end are refused by it.")]
public sealed class BudgetPropertyTests
{
    private const int Seeds = 60;
    private const int Limit = 50;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly BudgetRule Rule = new("r", Limit, Window, PerAccount: false);

    [Fact]
    public void Acquire_AnyArrivalsAndAnyNetworkDelay_NoWindowOfTheVenueIsEverExceeded()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            using Run run = new(seed);
            run.Play(steps: 1500);
            run.LargestWindow().ShouldBeLessThanOrEqualTo(Limit, $"seed {seed}");
            run.LargestWindow(lowerOnly: true).ShouldBeLessThanOrEqualTo(Limit * 8 / 10, $"seed {seed}: the reserve");
            run.Granted.ShouldBeGreaterThan(100, $"seed {seed}: a budget that lets nothing through would pass too");
        }
    }

    [Fact]
    public void Acquire_AllLeasesEnd_NothingRemainsUsedAndEveryRequestIsAccountedFor()
    {
        for (int seed = 0; seed < Seeds; seed++)
        {
            using Run run = new(seed);
            run.Play(steps: 400);
            RequestBudgetStatistics end = run.Drain();
            end.Windows["r"].ShouldBe(0, $"seed {seed}");
            end.QueueSize.ShouldBe(0, $"seed {seed}");
            end.TotalRequests.ShouldBe(run.Granted + end.BlockedRequests, $"seed {seed}");
        }
    }

    [Fact]
    public void Acquire_LowerClassesAtFullLoadForever_WaitingCriticalOnesAreNeverStarved()
    {
        ManualTimeProvider time = new();
        using RequestBudget budget = new(new RequestBudgetOptions { Rules = [Rule] }, time);
        List<Task<BudgetLease>> lows = [];
        for (int step = 0; step < 2000; step++)
        {
            while (budget.Statistics.QueueSize < 20)
            {
                lows.Add(Ask(budget, RequestPriority.Low, 1));
            }

            if (step % 60 == 59)
            {
                Task<BudgetLease> cancel = Ask(budget, RequestPriority.Critical, 1);
                cancel.IsCompleted.ShouldBeTrue($"step {step}: the reserve is there for this");
                BudgetScene.Now(cancel).Complete(BudgetScene.Fine);
            }

            foreach (Task<BudgetLease> low in lows.Where(l => l.IsCompleted))
            {
                BudgetScene.Now(low).Complete(BudgetScene.Fine);
            }

            lows.RemoveAll(l => l.IsCompleted);
            time.Advance(TimeSpan.FromMilliseconds(50));
        }
    }

    private static Task<BudgetLease> Ask(RequestBudget budget, RequestPriority priority, int weight) =>
        budget.AcquireAsync(priority, new RequestCost[] { new("r", weight) }, CancellationToken.None).AsTask();

    private sealed class Run : IDisposable
    {
        private readonly ManualTimeProvider _time = new();
        private readonly RequestBudget _budget;
        private readonly RandomStream _random;
        private readonly List<(Task<BudgetLease> Lease, int Weight, RequestPriority Priority)> _waiting = [];
        private readonly List<(BudgetLease Lease, DateTimeOffset Until)> _underWay = [];
        private readonly List<(DateTimeOffset At, int Weight, bool IsLower)> _venue = [];

        public Run(int seed)
        {
            _random = new RandomStream(seed);
            _budget = new RequestBudget(new RequestBudgetOptions { Rules = [Rule] }, _time);
        }

        public int Granted { get; private set; }

        public void Play(int steps)
        {
            for (int step = 0; step < steps; step++)
            {
                // Lulls and storms: a window that was full of nothing must not let a burst of two windows through.
                bool storm = step / 100 % 2 == 0;
                int arrivals = storm ? _random.NextInt32(4) : _random.NextInt32(40) == 0 ? 1 : 0;
                for (int i = 0; i < arrivals; i++)
                {
                    RequestPriority priority = (RequestPriority)(1 + _random.NextInt32(4));
                    int weight = 1 + _random.NextInt32(6);
                    _waiting.Add((Ask(_budget, priority, weight), weight, priority));
                }

                Leave();
                Return();
                _time.Advance(TimeSpan.FromMilliseconds(1 + _random.NextInt32(200)));
            }
        }

        public RequestBudgetStatistics Drain()
        {
            for (int i = 0; i < 400; i++)
            {
                Leave();
                _time.Advance(TimeSpan.FromSeconds(1));
                Return();
            }

            return _budget.Statistics;
        }

        public void Dispose() => _budget.Dispose();

        /// <summary>The most that arrived at the venue within less than a window, whatever clock the window is fixed to.</summary>
        public int LargestWindow(bool lowerOnly = false)
        {
            List<(DateTimeOffset At, int Weight, bool IsLower)> venue = [.. _venue.Where(v => v.IsLower || !lowerOnly).Order()];
            int largest = 0;
            int sum = 0;
            int first = 0;
            foreach ((DateTimeOffset at, int weight, _) in venue)
            {
                sum += weight;
                while (at - venue[first].At >= Window)
                {
                    sum -= venue[first++].Weight;
                }

                largest = Math.Max(largest, sum);
            }

            return largest;
        }

        // A request reaches the venue at some moment before its answer comes back.
        private void Leave()
        {
            foreach ((Task<BudgetLease> task, int weight, RequestPriority priority) in _waiting.Where(w => w.Lease.IsCompleted))
            {
                if (task.Result.IsGranted)
                {
                    Granted++;
                    TimeSpan trip = TimeSpan.FromMilliseconds(_random.NextInt32(3000));
                    _venue.Add((_time.GetUtcNow() + (trip * _random.NextDouble()), weight, priority != RequestPriority.Critical));
                    _underWay.Add((task.Result, _time.GetUtcNow() + trip));
                }
            }

            _waiting.RemoveAll(w => w.Lease.IsCompleted);
        }

        private void Return()
        {
            foreach ((BudgetLease lease, _) in _underWay.Where(u => u.Until <= _time.GetUtcNow()))
            {
                if (_random.NextInt32(20) == 0)
                {
                    lease.Dispose();
                }
                else
                {
                    lease.Complete(new RequestFeedback(200, VenueErrorKind.None));
                }
            }

            _underWay.RemoveAll(u => u.Until <= _time.GetUtcNow());
        }
    }
}
