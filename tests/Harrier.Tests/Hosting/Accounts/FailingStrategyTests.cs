using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Configuration;
using Harrier.Storage.Sessions;
using Harrier.Strategies;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Accounts;

/// <summary>
/// An account with a strategy that throws, or hangs, beside one that is well: the account goes on, and comes back from a crash without failing at each start.
/// </summary>
public sealed class FailingStrategyTests : IDisposable
{
    private const string Settings = """
        {
          "name": "test", "venue": "sim-x-linear", "slippage_bps": 0,
          "bots": [
            { "name": "bad", "strategy": "FAILS_AT", "parameters": { "bar": 20 }, "symbol": "AAAUSDT" },
            { "name": "two", "strategy": "EMA_CROSS", "parameters": { "fast": 2, "slow": 4 }, "symbol": "BBBUSDT" }
          ]
        }
        """;

    private static readonly SettingsReader Reader = new(new StrategyCatalog(typeof(MeanReversion).Assembly, typeof(FailingStrategyTests).Assembly), ["sim-x-linear"]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        FailsAt.Hangs.Set();
        _folder.Dispose();
    }

    [Fact]
    public void Throw_FailsItsBotOnly_AlsoAfterACrash()
    {
        List<AccountEvent> events = [];
        AccountHome home = new(_folder.Path, Plan());
        TradingAccount account = home.Open(AccountScenario.Begin).Account;
        home.BeginSession(account);
        BotBoard board = new(account, events.Add);
        board.Start(AccountScenario.Begin);
        foreach (Action<TradingAccount> input in AccountScenario.Inputs(200).Take(30 * 3))
        {
            input(account);
            board.Watch(account.Engine.Time.Now);
        }

        events.OfType<AccountAlerted>().Select(static alert => (alert.Bot, alert.Text)).ShouldBe(
            [("bad", "strategy failed: InvalidOperationException: bar 20"), ("bad", "strategy restarted")]);
        events.OfType<BotMoved>().Where(static moved => moved.Bot == "bad").Select(static moved => moved.Step.To).ShouldBe(
            [BotState.Initializing, BotState.Scanning, BotState.Error, BotState.Scanning]);
        account.Engine.Portfolio.RoundTrips.ShouldContain(static trip => trip.Bot.Index == 1);
        byte[] state = account.Save();
        account.Dispose();

        using TradingAccount again = new AccountHome(_folder.Path, Plan()).Open(AccountScenario.Begin).Account;
        again.Save().ShouldBe(state);
    }

    [Fact]
    public async Task Hang_FencedAndKilled_ComesBackWithoutTheCall()
    {
        FailsAt.Hangs.Reset();
        AccountHome home = new(_folder.Path, Plan(hangs: true));
        TradingAccount account = home.Open(AccountScenario.Begin).Account;
        home.BeginSession(account);
        IReadOnlyList<Action<TradingAccount>> inputs = AccountScenario.Inputs(200);
        Task carrying = Task.Run(
            () =>
            {
                foreach (Action<TradingAccount> input in inputs.Take(30 * 3))
                {
                    input(account);
                }
            },
            TestContext.Current.CancellationToken);
        await FailsAt.IsHanging.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        // What a watch sees from outside; then the process is killed.
        StrategyCall call = account.Engine.CurrentCall.ShouldNotBeNull();
        call.Bot.ShouldBe(new BotId(0));
        home.Fence(call.Number);
        using TemporaryFolder crashed = new();
        Copy(_folder.Path, crashed.Path);
        FailsAt.Hangs.Set();
        await carrying;
        account.Dispose();

        AccountHome next = new(crashed.Path, Plan(hangs: true));
        TradingAccount again = next.Open(AccountScenario.Begin).Account;
        again.Engine.ConditionOf(new BotId(0)).ShouldBe(BotCondition.Failed);
        next.BeginSession(again);
        again.Dispose();
        string session = new SessionFolder(Path.Combine(crashed.Path, "accounts", "test")).All()[0];
        ProvenSession proven = new SessionProof(Reader).Run(session, Path.Combine(crashed.Path, "scratch"));
        proven.Outcome.Divergence.ShouldBeNull();
        proven.Outcome.Inputs.ShouldBeGreaterThan(19 * 3);
    }

    private static AccountPlan Plan(bool hangs = false)
    {
        string settings = hangs ? Settings.Replace("\"bar\": 20", "\"bar\": 20, \"hangs\": true", StringComparison.Ordinal) : Settings;
        AccountSettings account = Reader.ReadAccount(ConfigurationTree.Parse("test", settings));
        return new AccountPlan(account, AccountScenario.Plan().Instruments, "test");
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = file.Replace(from, to, StringComparison.Ordinal);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}

/// <summary>Settings of <see cref="FailsAt"/>.</summary>
public sealed record FailsAtSettings
{
    [StrategyParameter("the bar, counted from 1, at which it fails", Min = 1, Max = 1000)]
    public int Bar { get; init; } = 1;

    [StrategyParameter("true to hang, false to throw")]
    public bool Hangs { get; init; }
}

/// <summary>Throws or hangs at one bar, and does nothing else.</summary>
[StrategyKey("FAILS_AT", "fails at one bar")]
public sealed class FailsAt(FailsAtSettings settings) : Strategy
{
    private static readonly SemaphoreSlim Hanging = new(0);
    private int _heard;

    public static ManualResetEventSlim Hangs { get; } = new(initialState: true);

    public static SemaphoreSlim IsHanging => Hanging;

    protected override void OnBar(in Bar bar, in Ohlcv values)
    {
        if (++_heard != settings.Bar)
        {
            return;
        }

        if (!settings.Hangs)
        {
            throw new InvalidOperationException($"bar {_heard}");
        }

        Hanging.Release();
        Hangs.Wait();
    }

    protected override void SaveState(ref StateWriter writer) => writer.Write(_heard);

    protected override void RestoreState(ref StateReader reader) => _heard = reader.ReadInt32();
}
