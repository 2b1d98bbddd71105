using System.Collections.Concurrent;
using Harrier.Domain;
using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;
using Harrier.Hosting.Notifications;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Notifications;

/// <summary>From the events of a run to the channels, and back when a channel fails.</summary>
public sealed class NotifierTests
{
    private static readonly Timestamp Now = new(1_700_000_000_000_000_000);

    private readonly RunDesk _desk = new(new EventLog());
    private readonly ConcurrentQueue<AccountEvent> _told = new();

    [Fact]
    public async Task Happened_EachChannel_HasItInItsLanguageUnderOneNumber()
    {
        using ScriptedChannel first = new();
        using ScriptedChannel second = new();
        await using (Notifier notifier = Start(("a", "en", first), ("b", "de", second)))
        {
            _desk.Events.Add(new BotMoved(Now, "alpha", "trend", new Harrier.Hosting.Bots.BotStep(Harrier.Hosting.Bots.BotState.Scanning, Harrier.Hosting.Bots.BotState.Paused, Now, "why")));
        }

        ChannelMessage english = first.Sent.ShouldHaveSingleItem();
        english.Text.ShouldBe("alpha/trend is paused: why");
        second.Sent.ShouldHaveSingleItem().Text.ShouldBe("alpha/trend pausiert: why");
        second.Sent.First().Notifications[0].Id.ShouldBe(english.Notifications[0].Id);
        english.Notifications[0].Json!.ShouldContain("\"to\":\"paused\"");
        _told.ShouldBeEmpty();
    }

    [Fact]
    public async Task Happened_ChannelIsRefused_TheOthersTellItOnce()
    {
        using ScriptedChannel broken = new(Delivery.Refused("status 401"), Delivery.Refused("status 401"));
        using ScriptedChannel well = new();
        await using (Notifier notifier = Start(("broken", "en", broken), ("well", "en", well)))
        {
            _desk.Events.Add(new AccountNote(Now, "alpha", "one"));
            await Eventually.Holds(() => _told.Count == 1 && well.Sent.Sum(static message => message.Texts.Count) == 2);
            _desk.Events.Add(new AccountNote(Now, "alpha", "two"));
        }

        broken.Sent.Select(static message => message.Text).ShouldBe(["alpha: one", "alpha: two"]);
        well.Sent.SelectMany(static message => message.Texts).ShouldBe(["alpha: one", "notifications: channel broken does not arrive: status 401", "alpha: two"], ignoreOrder: true);
        _told.ShouldHaveSingleItem().ShouldBeOfType<AccountNote>().Text.ShouldBe("channel broken does not arrive: status 401");
    }

    // What the notifier says of itself comes back as an event of the run, and must not be told again.
    [Fact]
    public async Task Tell_ItsOwnWords_AreToldOnce()
    {
        using ScriptedChannel channel = new();
        await using (Notifier notifier = Start(("a", "en", channel)))
        {
            notifier.Tell("hello");
        }

        _desk.Events.Last.ShouldBe(1);
        channel.Sent.SelectMany(static message => message.Texts).ShouldBe(["notifications: hello"]);
    }

    [Fact]
    public async Task Happened_ChannelHangs_TheRunDoesNotWait()
    {
        TaskCompletionSource gate = new();
        using ScriptedChannel channel = new() { Gate = gate.Task };
        await using Notifier notifier = Start(("a", "en", channel));

        for (int i = 0; i < 5_000; i++)
        {
            _desk.Events.Add(new AccountNote(Now, "alpha", $"note {i}"));
        }

        _desk.Events.Last.ShouldBe(5_000);
        notifier.Senders[0].Dropped.ShouldBeGreaterThanOrEqualTo(4_400);
        gate.SetResult();
    }

    [Fact]
    public async Task Start_WithoutChannels_ListensToNothing()
    {
        await using Notifier notifier = NotificationChannels.Start(null, (_desk, null), TimeProvider.System, _told.Enqueue);

        _desk.Events.Add(new AccountNote(Now, "alpha", "one"));

        notifier.Senders.ShouldBeEmpty();
    }

    private Notifier Start(params (string Name, string Language, ScriptedChannel Channel)[] channels) => new(
        _desk,
        [.. channels.Select(static one => (new ChannelOptions(one.Name, Enum.GetValues<NotificationKind>(), Language.Of(one.Language)), (INotificationChannel)one.Channel))],
        new SteppingTime(),
        told =>
        {
            _told.Enqueue(told);
            _desk.Events.Add(told);
        });
}
