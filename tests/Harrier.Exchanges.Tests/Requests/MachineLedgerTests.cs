using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Requests;

[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "All that is opened is disposed of at the end.")]
public sealed class MachineLedgerTests : IDisposable
{
    private const string FolderVariable = "HARRIER_TEST_LEDGER";
    private const int Limit = 60;
    private static readonly BudgetRule Rule = new("weight", Limit, TimeSpan.FromSeconds(3), PerAccount: false);
    private static readonly BudgetRule ChildRule = Rule with { Limit = 30, Window = TimeSpan.FromSeconds(1) };
    private static readonly BudgetRule AccountRule = new("orders", Limit, TimeSpan.FromSeconds(3), PerAccount: true);
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly ManualTimeProvider _time = new();
    private readonly List<IDisposable> _open = [];

    public MachineLedgerTests() => _time.Advance(TimeSpan.FromDays(1));

    public void Dispose()
    {
        _open.ForEach(o => o.Dispose());
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void Acquire_SixUsersOfOneAddressAtFullLoad_NeverExceedTheRuleAndACancelLeavesAtOnce()
    {
        RequestBudget[] users = [.. Enumerable.Range(0, 6).Select(_ => User())];
        Queue<(DateTimeOffset At, int Weight)> venue = new();
        List<Task<BudgetLease>>[] waiting = [.. users.Select(_ => new List<Task<BudgetLease>>())];
        int total = 0;
        int prompt = 0;
        for (int step = 0; step < 3000; step++)
        {
            for (int u = 0; u < users.Length; u++)
            {
                while (waiting[u].Count < 10)
                {
                    waiting[u].Add(Ask(users[u], u % 2 == 0 ? RequestPriority.Medium : RequestPriority.Low));
                }
            }

            if (step % 100 == 50)
            {
                Task<BudgetLease> cancel = Ask(users[step / 100 % 6], RequestPriority.Critical);
                prompt += cancel.IsCompleted && BudgetScene.Now(cancel).IsGranted ? 1 : 0;
                waiting[step / 100 % 6].Add(cancel);
            }

            foreach (List<Task<BudgetLease>> mine in waiting)
            {
                foreach (Task<BudgetLease> lease in mine.Where(l => l.IsCompleted && BudgetScene.Now(l).IsGranted))
                {
                    venue.Enqueue((_time.GetUtcNow(), 1));
                    total++;
                    BudgetScene.Now(lease).Complete(BudgetScene.Fine);
                }

                mine.RemoveAll(l => l.IsCompleted);
            }

            while (_time.GetUtcNow() - venue.Peek().At >= Rule.Window)
            {
                venue.Dequeue();
            }

            venue.Sum(v => v.Weight).ShouldBeLessThanOrEqualTo(Limit, $"step {step}");
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        prompt.ShouldBe(30, "each cancel left in the moment it was asked for");
        total.ShouldBeGreaterThan(Limit * 8 / 10 * 8, "ten windows passed: the six together keep the lower classes' share well used");
    }

    [Fact]
    public async Task Ban_SeenByOne_StopsAll()
    {
        RequestBudget one = User();
        RequestBudget other = User();
        using (BudgetLease lease = await Ask(one, RequestPriority.Medium))
        {
            lease.Complete(BudgetScene.TooMany(TimeSpan.FromMinutes(5)));
        }

        using BudgetLease refused = await Ask(other, RequestPriority.Critical);
        refused.Refusal.ShouldBe(BudgetRefusal.Banned);
        refused.RetryAfter.ShouldBe(TimeSpan.FromMinutes(5));
        _time.Advance(TimeSpan.FromMinutes(5));
        (await Ask(other, RequestPriority.Critical)).IsGranted.ShouldBeTrue();
    }

    [Fact]
    public async Task Complete_HeaderShowsMore_AllKnow()
    {
        RequestBudget one = User();
        MachineLedger other = Open();
        using (BudgetLease lease = await Ask(one, RequestPriority.Medium))
        {
            lease.Complete(BudgetScene.Fine with { Used = [(Rule.Name, 45)] });
        }

        other.Used(Rule).ShouldBe(45);
    }

    [Fact]
    public async Task Used_AccountsRule_IsSharedByTheAccountAlone()
    {
        RequestBudget mine = User("account-1");
        MachineLedger look = Open();
        await mine.AcquireAsync(RequestPriority.Critical, new RequestCost[] { new(AccountRule.Name, 7) }, TestContext.Current.CancellationToken);
        look.Used(AccountRule, "account-1").ShouldBe(7);
        look.Used(AccountRule, "account-2").ShouldBe(0);
    }

    [Fact]
    public async Task Acquire_UserVanishedWithRequestsUnderWay_ItsShareExpires()
    {
        // Never disposed of before the end of the test, like a process that was killed: its file mapping is simply no longer written.
        ManualTimeProvider frozen = new();
        frozen.Advance(TimeSpan.FromDays(1));
        MachineLedger gone = MachineLedger.Open(_folder, "venue", frozen);
        _open.Add(gone);
        RequestBudget vanished = new(new RequestBudgetOptions { Rules = [Rule], Ledger = gone }, frozen);
        (await Ask(vanished, RequestPriority.Critical, 50)).IsGranted.ShouldBeTrue();

        MachineLedger mine = Open();
        mine.Used(Rule).ShouldBe(50);
        _time.Advance(TimeSpan.FromMinutes(2) + Rule.Window + TimeSpan.FromSeconds(1));
        mine.Used(Rule).ShouldBe(0);
    }

    [Fact]
    public void Open_PlacesOfTheDeadAreTakenOver_WithoutForgettingWhatTheySpent()
    {
        BudgetRule daily = new("daily", 100, TimeSpan.FromDays(1), PerAccount: false);
        ManualTimeProvider frozen = new();
        frozen.Advance(TimeSpan.FromDays(1));
        for (int i = 0; i < 64; i++)
        {
            MachineLedger ledger = MachineLedger.Open(_folder, "venue", frozen);
            _open.Add(ledger);
            ledger.TryTake([LedgerClaim.Of("", daily, 1) with { Ceiling = 100 }]).ShouldNotBe(0);
        }

        Should.Throw<IOException>(Open).Message.ShouldContain("64");
        _time.Advance(TimeSpan.FromMinutes(3));
        Open().Used(daily).ShouldBe(64);
    }

    [Fact]
    public void Open_FileOfSomethingElse_IsRefused()
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, "venue.ledger"), new string('x', 100_000));
        Should.Throw<InvalidDataException>(Open);
    }

    [Fact]
    public async Task Acquire_RealProcessesOneOfThemKilled_NeverExceedTheRuleTogether()
    {
        Directory.CreateDirectory(_folder);
        Process[] children = [.. Enumerable.Range(0, 3).Select(StartChild)];
        try
        {
            await Eventually.Holds(() => children.All(c => Lines(c) > 5), "each child's first requests");
            children[0].Kill();
            await Eventually.Holds(() => Log().Count > ChildRule.Limit * 4, "requests of several windows");
        }
        finally
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "stop"), "", TestContext.Current.CancellationToken);
            foreach (Process child in children)
            {
                await child.WaitForExitAsync(TestContext.Current.CancellationToken);
                child.Dispose();
            }
        }

        List<long> log = Log();
        for (int i = ChildRule.Limit; i < log.Count; i++)
        {
            TimeProvider.System.GetElapsedTime(log[i - ChildRule.Limit], log[i]).ShouldBeGreaterThan(ChildRule.Window, $"request {i}");
        }
    }

    /// <summary>Not a test of its own: what the test above runs in each child process.</summary>
    [Fact(Explicit = true)]
    public async Task Child_SpendsUntilToldToStop()
    {
        string folder = Environment.GetEnvironmentVariable(FolderVariable) ?? throw new InvalidOperationException($"{FolderVariable} is not set");
        using MachineLedger ledger = MachineLedger.Open(folder, "venue", TimeProvider.System);
        using RequestBudget budget = new(new RequestBudgetOptions { Rules = [ChildRule], Ledger = ledger, Reserve = 0 }, TimeProvider.System);
        await using StreamWriter log = new(Path.Combine(folder, $"{Environment.ProcessId}.log")) { AutoFlush = true };
        while (!File.Exists(Path.Combine(folder, "stop")))
        {
            using BudgetLease lease = await Ask(budget, RequestPriority.Medium);
            lease.IsGranted.ShouldBeTrue();
            await log.WriteLineAsync(TimeProvider.System.GetTimestamp().ToString(CultureInfo.InvariantCulture));
            lease.Complete(BudgetScene.Fine);
        }
    }

    private static Task<BudgetLease> Ask(RequestBudget budget, RequestPriority priority, int weight = 1) =>
        budget.AcquireAsync(priority, new RequestCost[] { new(Rule.Name, weight) }, CancellationToken.None).AsTask();

    private MachineLedger Open()
    {
        MachineLedger ledger = MachineLedger.Open(_folder, "venue", _time);
        _open.Add(ledger);
        return ledger;
    }

    private RequestBudget User(string account = "")
    {
        RequestBudget budget = new(new RequestBudgetOptions { Rules = [Rule, AccountRule], Ledger = Open(), AccountScope = account }, _time);
        _open.Insert(0, budget);
        return budget;
    }

    private Process StartChild(int index)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        string assembly = typeof(MachineLedgerTests).Assembly.Location;
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(assembly);
        }

        foreach (string argument in new[] { "--explicit", "only", "--filter-method", $"*{nameof(Child_SpendsUntilToldToStop)}", "--results-directory", Path.Combine(_folder, $"results{index}") })
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[FolderVariable] = _folder;
        Process child = Process.Start(start)!;
        child.OutputDataReceived += (_, _) => { };
        child.ErrorDataReceived += (_, _) => { };
        child.BeginOutputReadLine();
        child.BeginErrorReadLine();
        return child;
    }

    private int Lines(Process child) => Read(Path.Combine(_folder, $"{child.Id}.log")).Count;

    private List<long> Log() => [.. Directory.GetFiles(_folder, "*.log").SelectMany(Read).Order()];

    // The last line of a killed child may be cut.
    private static List<long> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(stream);
        string[] lines = reader.ReadToEnd().Split('\n');
        return [.. lines[..^1].Select(l => long.Parse(l, CultureInfo.InvariantCulture))];
    }
}
