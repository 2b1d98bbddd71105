using Harrier.Domain;
using Harrier.Hosting.Notifications;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Notifications;

/// <summary>What a channel is sent, when, and what becomes of what it does not take. Waits are those of a clock that steps.</summary>
public sealed class ChannelSenderTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly SteppingTime _time = new();
    private readonly List<string> _told = [];

    [Fact]
    public async Task RunAsync_SeveralWait_GoTogetherInTheirOrder()
    {
        using ScriptedChannel channel = new() { MostTogether = 2 };

        await SendAsync(channel, Options(), Note("a"), Note("b"), Note("c"));

        channel.Sent.Select(static message => message.Text).ShouldBe(["x: a\nx: b", "x: c"]);
    }

    [Fact]
    public async Task RunAsync_OtherKindsAndItsOwnFailure_AreNotForIt()
    {
        using ScriptedChannel channel = new();

        await SendAsync(channel, Options() with { Kinds = [NotificationKind.Notes] }, Note("a"), Note("b") with { Kind = NotificationKind.Fills }, Note("c") with { NotFor = "ops" });

        channel.Sent.ShouldHaveSingleItem().Text.ShouldBe("x: a");
    }

    [Fact]
    public async Task RunAsync_RepeatsOfATopic_AreToldOnceAndCounted()
    {
        using ScriptedChannel channel = new();

        await SendAsync(channel, Options(), Note("1", "t"), Note("2", "t"), Note("other", "u"), Note("3", "t"), Note("4", "t"));

        channel.Sent.Select(static message => message.Text).ShouldBe(["x: 1\nx: other", "x: 4 (and 2 more like it)"]);
    }

    [Fact]
    public async Task RunAsync_MoreThanAMinuteAllows_WaitsForTheMinute()
    {
        using ScriptedChannel channel = new() { MostTogether = 1 };

        await SendAsync(channel, Options() with { PerMinute = 2 }, Note("a"), Note("b"), Note("c"), Note("d"), Note("e"));

        channel.Sent.Count.ShouldBe(5);
        _time.Waits.ShouldBe([Minute, Minute]);
    }

    [Fact]
    public async Task RunAsync_Spacing_IsKept()
    {
        using ScriptedChannel channel = new() { MostTogether = 1, Spacing = TimeSpan.FromSeconds(1) };

        await SendAsync(channel, Options(), Note("a"), Note("b"), Note("c"));

        _time.Waits.ShouldBe([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)]);
    }

    [Fact]
    public async Task RunAsync_ToldWhenToComeBack_WaitsSoLong()
    {
        using ScriptedChannel channel = new(Delivery.Failed("status 429", TimeSpan.FromSeconds(7)));

        ChannelSender sender = await SendAsync(channel, Options(), Note("a"));

        channel.Sent.Count.ShouldBe(2);
        _time.Waits.ShouldBe([TimeSpan.FromSeconds(7)]);
        (sender.Sent, sender.Lost).ShouldBe((1, 0));
        _told.ShouldBeEmpty();
    }

    [Fact]
    public async Task RunAsync_FailsAgainAndAgain_WaitsLongerAndGivesUp()
    {
        using ScriptedChannel channel = new([.. Enumerable.Repeat(Delivery.Failed("away"), 8)]);

        ChannelSender sender = await SendAsync(channel, Options() with { PerMinute = 600 }, Note("a"));

        channel.Sent.Count.ShouldBe(8);
        _time.Waits.Count.ShouldBe(7);
        _time.Waits.Select((wait, i) => wait <= TimeSpan.FromSeconds(2 << i)).ShouldAllBe(static isWithin => isWithin);
        sender.Lost.ShouldBe(1);
        _told.ShouldBe(["channel ops does not arrive: away"]);
    }

    [Fact]
    public async Task RunAsync_RefusedForGood_IsToldOnceAndNotTriedAgain()
    {
        using ScriptedChannel channel = new(Delivery.Refused("status 401"), Delivery.Refused("status 401")) { MostTogether = 1 };

        ChannelSender sender = await SendAsync(channel, Options(), Note("a"), Note("b"), Note("c"));

        channel.Sent.Select(static message => message.Text).ShouldBe(["x: a", "x: b", "x: c"]);
        _told.ShouldBe(["channel ops does not arrive: status 401", "channel ops arrives again; 2 notifications were lost"]);
        (sender.Sent, sender.Lost).ShouldBe((1, 2));
    }

    [Fact]
    public async Task RunAsync_ChannelThrows_IsAFailureByItsKindAlone()
    {
        using ScriptedChannel channel = new() { Gate = Task.FromException(new InvalidOperationException("canary")) };

        await SendAsync(channel, Options(), Note("a"));

        _told.ShouldBe(["channel ops does not arrive: InvalidOperationException"]);
    }

    [Fact]
    public async Task Add_ChannelHangs_NeverWaitsAndLeavesTheOldestOut()
    {
        TaskCompletionSource gate = new();
        using ScriptedChannel channel = new() { Gate = gate.Task, MostTogether = 1 };
        ChannelSender sender = new(Options() with { Capacity = 3, PerMinute = 600 }, channel, _time, _told.Add);
        sender.Add(Note("first"));
        Task running = sender.RunAsync(TestContext.Current.CancellationToken);
        while (channel.Sent.IsEmpty)
        {
            await Task.Yield();
        }

        for (int i = 1; i <= 10_000; i++)
        {
            sender.Add(Note($"n{i}"));
        }

        sender.Dropped.ShouldBe(9_997);
        gate.SetResult();
        sender.Complete();
        await running;
        channel.Sent.Select(static message => message.Text).ShouldBe(
            ["x: first", "x: n9998\n9997 notifications were left out: too many came at once.", "x: n9999", "x: n10000"]);
    }

    [Fact]
    public async Task RunAsync_Stopped_EndsInTheMiddleOfAWait()
    {
        using CancellationTokenSource stop = new();
        using ScriptedChannel channel = new() { Gate = new TaskCompletionSource().Task };
        ChannelSender sender = new(Options(), channel, _time, _told.Add);
        sender.Add(Note("a"));
        Task running = sender.RunAsync(stop.Token);

        await stop.CancelAsync();

        await running;
        _told.ShouldBeEmpty();
    }

    internal static Notification Note(string text, string? topic = null) =>
        new() { Kind = NotificationKind.Notes, Time = default(Timestamp), Topic = topic, Lines = [new LocalText("note", ("account", "x"), ("text", text))] };

    private static ChannelOptions Options() => new("ops", [NotificationKind.Notes], Language.English);

    private async Task<ChannelSender> SendAsync(ScriptedChannel channel, ChannelOptions options, params Notification[] notifications)
    {
        ChannelSender sender = new(options, channel, _time, _told.Add);
        foreach (Notification one in notifications)
        {
            sender.Add(one);
        }

        sender.Complete();
        await sender.RunAsync(TestContext.Current.CancellationToken);
        return sender;
    }
}
