using System.Collections.Concurrent;
using System.Text.Json;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Bots;
using Harrier.Hosting.Control;
using Harrier.Hosting.Notifications;
using Harrier.Hosting.Notifications.Telegram;
using Harrier.Tests.Api;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Notifications.Telegram;

/// <summary>Orders that operators write, over a real connection: who is heard, what is done, and as whose order.</summary>
public sealed class TelegramListenerTests : IAsyncDisposable
{
    private const long Operator = 42;
    private const long Group = -100;

    private readonly FakeAccount _account = new(ApiScene.Account(BotState.Managing));
    private readonly RunDesk _desk = new(new EventLog());
    private readonly ConcurrentQueue<string> _told = new();
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly List<TelegramChannel> _channels = [];
    private TelegramStand _stand = null!;
    private Task _listening = Task.CompletedTask;

    public TelegramListenerTests() => _desk.Add(_account);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        _channels.ForEach(static channel => channel.Dispose());
        await _stand.DisposeAsync();
        _stop.Dispose();
    }

    [Theory]
    [InlineData("/status", "alpha: ACTIVE, worth 10000.10\n  trend EMA_CROSS BTCUSDT: managing")]
    [InlineData("/positions", "alpha/trend: 0.5 BTCUSDT at 50000.1")]
    [InlineData("/pnl@my_bot", "alpha/trend: +0.10\nTotal: +0.10")]
    public async Task RunAsync_Question_IsAnswered(string asked, string answer)
    {
        await ListenAsync();

        _stand.Write(Operator, Operator, asked, Now);

        await AnsweredAsync((Operator, answer));
        _account.Ordered.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/pause", AccountOrder.Halt, null, "chat -100, message 7")]
    [InlineData("/pause trend too wild today", AccountOrder.Pause, "trend", "too wild today")]
    [InlineData("/resume all", AccountOrder.Unhalt, null, "chat -100, message 7")]
    [InlineData("/resume alpha/trend", AccountOrder.Resume, "trend", "chat -100, message 7")]
    [InlineData("/panic", AccountOrder.Panic, null, "chat -100, message 7")]
    [InlineData("/PANIC alpha fire", AccountOrder.Panic, null, "fire")]
    [InlineData("/panic trend", AccountOrder.Panic, "trend", "chat -100, message 7")]
    public async Task RunAsync_Order_IsGivenWithWhoAndWhy(string text, AccountOrder order, string? bot, string why)
    {
        await ListenAsync();

        _stand.Write(Operator, Group, text, Now);

        await AnsweredAsync((Group, "Done: done"));
        AccountCommand given = _account.Ordered.ShouldHaveSingleItem();
        (given.Order, given.Bot, given.By, given.Reason).ShouldBe((order, bot, "telegram user 42", why));
        _told.ShouldHaveSingleItem().ShouldStartWith("telegram user 42: " + text.Split(' ')[0].ToLowerInvariant());
    }

    [Fact]
    public async Task RunAsync_NameOfNothing_OrdersNothing()
    {
        await ListenAsync();

        _stand.Write(Operator, Group, "/panic trand", Now);

        await AnsweredAsync((Group, "Refused: bot: trand: did you mean trend? one of trend"));
        _account.Ordered.ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_Stranger_IsNeitherHeardNorAnsweredAndToldOnce()
    {
        await ListenAsync();

        _stand.Write(666, Operator, "/panic", Now);
        _stand.Write(666, Group, "/panic", Now);
        _stand.Write(Operator, -200, "/panic", Now);
        _stand.Write(Operator, Operator, "/pnl", Now);

        await AnsweredAsync((Operator, "alpha/trend: +0.10\nTotal: +0.10"));
        _account.Ordered.ShouldBeEmpty();
        _told.ShouldBe(["channel ops: user 666 in chat 42 is not on the list; what they write is ignored", "channel ops: user 42 in chat -200 is not on the list; what they write is ignored"]);
    }

    [Fact]
    public async Task RunAsync_OrderFromBeforeTheRun_IsNotCarriedOut()
    {
        await ListenAsync();

        _stand.Write(Operator, Group, "/panic", Now - TimeSpan.FromHours(2));

        await AnsweredAsync();
        _stand.Sent.ShouldHaveSingleItem().Text.ShouldMatch("^That order is 7[0-9]{3} s old and was not carried out");
        _account.Ordered.ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_SameUpdateAgain_IsCarriedOutOnce()
    {
        await ListenAsync(stand => stand.First.Enqueue(new HttpReply(200, $$"""{"ok":true,"result":[{{Update(9)}},{{Update(9)}},{{Update(8)}}]}""")));

        await AnsweredAsync();
        _stand.Write(Operator, Operator, "/pnl", Now);
        await AnsweredAsync(count: 2);
        _account.Ordered.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"text":"/panic"}""")]
    [InlineData("""{"message_id":1,"date":"x","from":{"id":42},"chat":{"id":42},"text":"/panic"}""")]
    [InlineData("""{"message_id":1,"date":99999999999999,"from":{"id":42},"chat":{"id":42},"text":"/panic"}""")]
    [InlineData("""{"message_id":1,"date":1,"from":{"id":1e400},"chat":{"id":42},"text":"/panic"}""")]
    [InlineData("""{"message_id":1,"date":1,"from":[],"chat":null,"text":{}}""")]
    [InlineData("7")]
    public async Task RunAsync_UpdateOfAnotherShape_IsPassedOver(string message)
    {
        await ListenAsync();

        _stand.Add(message);
        _stand.Write(Operator, Operator, "hello", Now);
        _stand.Write(Operator, Operator, "/help", Now);

        await AnsweredAsync();
        _stand.Sent.ShouldHaveSingleItem().Text.ShouldStartWith("/status");
        _account.Ordered.ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_WrongToken_IsToldOnceAndEnds()
    {
        await ListenAsync(also: null, token: "999:abcdefghij_KLMNOPQRST-canary");

        await _listening;

        _told.ShouldBe(["orders by ops are not heard: status 401: Unauthorized: the token is not one of a bot"]);
    }

    [Fact]
    public async Task RunAsync_ServerFailsForAWhile_ListensAgain()
    {
        await ListenAsync(stand =>
        {
            for (int i = 0; i < 4; i++)
            {
                stand.First.Enqueue(new HttpReply(i == 0 ? 429 : 502, """{"ok":false,"parameters":{"retry_after":0}}"""));
            }
        });

        _stand.Write(Operator, Operator, "/pnl", Now);

        await AnsweredAsync();
        _told.ShouldBe(["orders by ops are not heard: status 502", "orders by ops are heard again"]);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static string Update(long number) => JsonSerializer.Serialize(new
    {
        update_id = number,
        message = new { message_id = 1, date = Now.ToUnixTimeSeconds() + 1, from = new { id = Operator }, chat = new { id = Operator }, text = "/panic" },
    });

    // Waits of the listener take no time; those of its connection are real.
    private async Task ListenAsync(Action<TelegramStand>? also = null, string token = TelegramStand.Token)
    {
        _stand = await TelegramStand.StartAsync();
        also?.Invoke(_stand);
        TelegramChannel channel = new(_stand.Settings(token, Operator), TimeProvider.System);
        _channels.Add(channel);
        QuickTime time = new();
        OperatorDesk desk = new(_desk, Language.English, TimeProvider.System, _told.Enqueue);

        // It hears no order of before it was made: that must have happened when the test writes one.
        TelegramListener listener = new(channel, _stand.Settings(token, Operator), desk, time, _told.Enqueue);
        _listening = Task.Run(() => listener.RunAsync(_stop.Token));
    }

    private async Task AnsweredAsync(params (long Chat, string Text)[] expected)
    {
        await AnsweredAsync(Math.Max(1, expected.Length));
        if (expected.Length > 0)
        {
            _stand.Sent.ShouldBe(expected);
        }
    }

    private Task AnsweredAsync(int count) => Eventually.Holds(() => _stand.Sent.Count >= count, "an answer");

    /// <summary>The real time, but no wait takes any.</summary>
    private sealed class QuickTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }
}
