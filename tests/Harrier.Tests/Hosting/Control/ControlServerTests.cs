using System.Net.Sockets;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Control;
using Harrier.Tests.Hosting.Accounts;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Control;

/// <summary>The control socket over a real socket: what is asked and ordered reaches the accounts, whatever a killed process left, and nobody else gets in.</summary>
public sealed class ControlServerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly RunDesk _desk = new(new EventLog());
    private readonly FakeAccount _first = new("first", "a", "b");
    private readonly FakeAccount _second = new("second", "b", "c");

    public ControlServerTests()
    {
        _desk.Add(_first);
        _desk.Add(_second);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Ask_Look_TellsAccountsAndWhatHappenedSince()
    {
        _desk.Events.Add(new AccountNote(AccountScenario.Begin, "first", "one"));
        _desk.Events.Add(new AccountNote(AccountScenario.Begin, "first", "two"));
        await using ControlServer server = new(_folder.Path, _desk);
        using ControlClient client = await ConnectAsync();

        JsonElement answer = await AskAsync(client, ControlRequest.Look(1));

        answer.GetProperty("process").GetInt32().ShouldBe(Environment.ProcessId);
        answer.GetProperty("last").GetInt64().ShouldBe(2);
        answer.GetProperty("events").EnumerateArray().Select(static one => one.GetProperty("json").GetProperty("text").GetString()).ShouldBe(["first: two"]);
        IReadOnlyList<AccountStatus> read = StatusReader.Read(answer);
        read.Select(static one => one.Name).ShouldBe(["first", "second"]);

        // What was read says the same when it is written again.
        ControlAnswer.Of(read, [], 0).ShouldBe(ControlAnswer.Of(_desk.Status, [], 0));
        (await AskAsync(client, ControlRequest.Look(2))).GetProperty("events").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Ask_Order_ReachesTheAccountThatHasTheBot()
    {
        await using ControlServer server = new(_folder.Path, _desk);
        using ControlClient client = await ConnectAsync();

        (await OrderAsync(client, null, AccountOrder.Pause, "a")).ShouldBe(new CommandAnswer(true, "first did Pause a"));
        (await OrderAsync(client, null, AccountOrder.Pause, "b")).ShouldBe(new CommandAnswer(false, "--account: none given: one of first, second"));
        (await OrderAsync(client, "second", AccountOrder.Pause, "b")).Text.ShouldBe("second did Pause b");
        (await OrderAsync(client, null, AccountOrder.Pause, "d")).Text.ShouldContain("one of a, b, b, c");
        (await OrderAsync(client, "secnd", AccountOrder.Halt, null)).Text.ShouldContain("did you mean second?");
        (await OrderAsync(client, null, AccountOrder.Panic, null)).Text.ShouldBe("first: first did Panic \nsecond: second did Panic ");
        (await OrderAsync(client, null, AccountOrder.ResetDrawdown, null)).IsDone.ShouldBeFalse();
        _first.Orders.ShouldAllBe(static order => order.By == "ann" && order.Reason == "why");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[1]")]
    [InlineData("{\"do\":\"dance\"}")]
    [InlineData("{\"do\":\"order\",\"order\":\"42\"}")]
    [InlineData("{\"do\":\"look\",\"after\":\"x\"}")]
    public async Task Serve_WhatIsNoRequest_IsAnsweredAndTheConnectionLives(string line)
    {
        await using ControlServer server = new(_folder.Path, _desk);
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(ControlPath.Of(_folder.Path)), Stop);
        await using NetworkStream stream = new(socket);
        using StreamReader lines = new(stream);
        await stream.WriteAsync(global::System.Text.Encoding.UTF8.GetBytes(line + "\n" + ControlRequest.Look().ToLine() + "\n"), Stop);

        JsonDocument.Parse((await lines.ReadLineAsync(Stop))!).RootElement.GetProperty("ok").GetBoolean().ShouldBeFalse();
        JsonDocument.Parse((await lines.ReadLineAsync(Stop))!).RootElement.GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Begin_OverASocketThatAKilledProcessLeft_ServesAnew()
    {
        string path = ControlPath.Of(_folder.Path);
        ControlPath.Prepare(path);
        using (Socket dead = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(path));
            File.Move(path, path + ".kept");
        }

        // Nobody listens on it any more: as after kill -9.
        File.Move(path + ".kept", path);
        File.Exists(path).ShouldBeTrue();
        (await ControlClient.ConnectAsync(_folder.Path, Stop)).ShouldBeNull();

        await using (ControlServer server = new(_folder.Path, _desk))
        {
            using ControlClient client = await ConnectAsync();
            (await AskAsync(client, ControlRequest.Look())).GetProperty("ok").GetBoolean().ShouldBeTrue();
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
                File.GetUnixFileMode(Path.GetDirectoryName(path)!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }

        File.Exists(path).ShouldBeFalse();
        (await ControlClient.ConnectAsync(_folder.Path, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task End_WhileSomebodyWaits_EndsTheConnection()
    {
        ControlServer server = new(_folder.Path, _desk);
        using ControlClient client = await ConnectAsync();
        await AskAsync(client, ControlRequest.Look());
        _first.Holds = true;
        Task<string?> asked = client.AskAsync(new ControlRequest("first", new AccountCommand(AccountOrder.Halt, null, "ann", "why"), 0), Stop);
        await _first.Asked.WaitAsync(Patience, Stop);

        await server.DisposeAsync();

        (await asked.WaitAsync(Patience, Stop)).ShouldBeNull();
    }

    [Fact]
    public async Task Path_OfAHomeThatLiesTooDeep_IsShortAndItsOwn()
    {
        string deep = Path.Combine(_folder.Path, new string('d', 100));
        ControlPath.Of(deep).Length.ShouldBeLessThan(108);
        ControlPath.Of(deep).ShouldNotBe(ControlPath.Of(deep + "e"));
        await using ControlServer server = new(deep, _desk);
        using ControlClient? client = await ControlClient.ConnectAsync(deep, Stop);
        client.ShouldNotBeNull();
    }

    [Fact]
    public void Log_KeepsTheLatestOnly()
    {
        EventLog log = new();
        for (int i = 0; i < EventLog.Length + 10; i++)
        {
            log.Add(new AccountNote(AccountScenario.Begin, "a", "x"));
        }

        log.After(0).Count.ShouldBe(EventLog.Length);
        log.After(0)[0].Number.ShouldBe(11);
    }

    private async Task<ControlClient> ConnectAsync() => (await ControlClient.ConnectAsync(_folder.Path, Stop)).ShouldNotBeNull();

    private static async Task<JsonElement> AskAsync(ControlClient client, ControlRequest request) =>
        JsonDocument.Parse((await client.AskAsync(request, Stop)).ShouldNotBeNull()).RootElement;

    private static async Task<CommandAnswer> OrderAsync(ControlClient client, string? account, AccountOrder order, string? bot) =>
        ControlAnswer.ReadOrder((await client.AskAsync(new ControlRequest(account, new AccountCommand(order, bot, "ann", "why"), 0), Stop)).ShouldNotBeNull());

    /// <summary>An account whose status is that of a real one, and which only says what it was told.</summary>
    private sealed class FakeAccount(string name, params string[] bots) : IRunningAccount
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<AccountCommand> Orders { get; } = [];

        public bool Holds { get; set; }

        public Task Asked => _asked.Task;

        public AccountStatus Status { get; } = new(name, new VenueId("sim-x-linear"), AccountScenario.Begin, 12.5m, [.. bots.Select(Bot)], [new SymbolView("AAAUSDT", 1.25m, "verified"), new SymbolView("BBBUSDT", null, null)])
        {
            Risk = new RiskStatus(
                Harrier.Engine.Risk.TradingState.Reducing,
                default,
                [new Harrier.Engine.Risk.LimitReading(Harrier.Engine.Risk.DenyRule.DailyLoss, 0.1m, 0.1m) { State = Harrier.Engine.Risk.LimitState.Reached, EndsAt = AccountScenario.Begin }],
                7,
                [KeyValuePair.Create(Harrier.Engine.Risk.DenyRule.DailyLoss, 3)]),
        };

        public Task<CommandAnswer> AskAsync(AccountCommand command)
        {
            Orders.Add(command);
            _asked.TrySetResult();
            return Holds ? new TaskCompletionSource<CommandAnswer>().Task : Task.FromResult(new CommandAnswer(true, $"{name} did {command.Order} {command.Bot}"));
        }

        private static BotStatus Bot(string bot) => new()
        {
            Name = bot,
            Strategy = "RSI_CROSS",
            Symbol = "AAAUSDT",
            Interval = new BarSpec(60 * Timestamp.NanosPerSecond, BarKind.Time, BarSource.Venue),
            State = BotState.LevelBuilding,
            Position = -0.5m,
            EntryPrice = 3,
            Equity = 4,
            Pnl = -1,
            RoundTrips = 2,
            Naked = TimeSpan.FromSeconds(1.5),
            WorkingOrders = 1,
        };
    }
}
