using Harrier.Hosting.Accounts;
using Harrier.Hosting.Control;
using Harrier.Hosting.Notifications.Mail;
using Harrier.Hosting.Notifications.Settings;
using Harrier.Hosting.Notifications.Telegram;
using Harrier.Hosting.Notifications.Webhooks;
using Harrier.Storage.Records;

namespace Harrier.Hosting.Notifications;

/// <summary>Makes channels as they are configured.</summary>
public static class NotificationChannels
{
    /// <summary>What a channel is told, and how often.</summary>
    public static ChannelOptions OptionsOf(ChannelSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new ChannelOptions(settings.Name, settings.Kinds, Language.Of(settings.Language)) { PerMinute = settings.PerMinute };
    }

    /// <summary>Makes a channel.</summary>
    /// <param name="settings">The channel.</param>
    /// <param name="time">The wall clock.</param>
    public static INotificationChannel Make(ChannelSettings settings, TimeProvider time) => settings switch
    {
        TelegramSettings telegram => new TelegramChannel(telegram, time),
        MailSettings mail => new MailChannel(mail, time),
        WebhookSettings hook => new WebhookChannel(hook, time),
        _ => throw new ArgumentOutOfRangeException(nameof(settings)),
    };

    /// <summary>Begins to tell what happens in a run, and to hear those who may order by Telegram.</summary>
    /// <param name="settings">The channels; null for none.</param>
    /// <param name="run">The run and its records; null where none are kept.</param>
    /// <param name="time">The wall clock.</param>
    /// <param name="tell">Told what the notifier itself has to say; called from several threads.</param>
    public static Notifier Start(NotificationSettings? settings, (RunDesk Desk, RecordStore? Records) run, TimeProvider time, Action<AccountEvent> tell)
    {
        List<(ChannelSettings Settings, INotificationChannel Channel)> made = [.. (settings?.Channels ?? []).Select(one => (one, Make(one, time)))];
        Notifier notifier = new(run.Desk, [.. made.Select(static one => (OptionsOf(one.Settings), one.Channel))], time, tell);
        foreach ((ChannelSettings one, INotificationChannel channel) in made)
        {
            if (one is TelegramSettings { Users.Count: > 0 } telegram)
            {
                void Tell(string text) => notifier.Tell(text);
                OperatorDesk desk = new(run.Desk, Language.Of(telegram.Language), time, Tell);
                notifier.Listen(new TelegramListener((TelegramChannel)channel, telegram, desk, time, Tell).RunAsync);
            }
        }

        if (made.Exists(static one => one.Settings.Kinds.Contains(NotificationKind.Summary)))
        {
            notifier.Summarize(new DailySummary(run.Desk, run.Records, settings!.SummaryAt, settings.Zone));
        }

        return notifier;
    }
}
