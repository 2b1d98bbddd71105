using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harrier.Cli.Running;
using Harrier.Domain;
using Harrier.Hosting.Notifications;
using Harrier.Hosting.Notifications.Settings;

namespace Harrier.Cli.Verbs;

/// <summary><c>notify test</c>: one message to each configured channel, once, and what became of it.</summary>
public static class NotifyVerb
{
    /// <summary>Builds the command.</summary>
    public static Command Create(Option<bool> verbose)
    {
        Option<string?> only = new("--channel") { Description = "only this channel", HelpName = "NAME" };
        Command test = new("test", "Send one message to each channel of the configuration's notifications, and say what became of it.") { only };
        RunRequestOptions options = new();
        options.AddTo(test);
        test.Does(verbose, async (parsed, streams, stop) =>
        {
            ChannelSettings[] channels = ChannelsOf(options.Read(parsed).Settings.Notifications, parsed.GetValue(only));
            bool isJson = parsed.GetValue<bool>("--json");
            bool isWell = true;
            foreach (ChannelSettings settings in channels)
            {
                Delivery outcome = await TryAsync(settings, TimeProvider.System, stop).ConfigureAwait(false);
                isWell &= outcome.IsDone;
                await streams.Output.WriteLineAsync(isJson ? Json(settings, outcome) : $"{settings.Name}: {(outcome.IsDone ? "delivered" : "not delivered: " + outcome.Reason)}").ConfigureAwait(false);
            }

            return isWell ? 0 : 1;
        });
        return new Command("notify", "Notifications of run.") { test };
    }

    internal static async Task<Delivery> TryAsync(ChannelSettings settings, TimeProvider time, CancellationToken stop)
    {
        using INotificationChannel channel = NotificationChannels.Make(settings, time);
        Timestamp now = Timestamp.From(time.GetUtcNow());
        Notification test = new()
        {
            Id = "test-" + now.Nanos.ToString("x", CultureInfo.InvariantCulture),
            Kind = NotificationKind.Notes,
            Time = now,
            Lines = [new LocalText("test", ("channel", settings.Name))],
        };
        return await channel.SendAsync(new ChannelMessage([test], [Language.Of(settings.Language).Of(test)], null), stop).ConfigureAwait(false);
    }

    private static ChannelSettings[] ChannelsOf(NotificationSettings? settings, string? only)
    {
        ChannelSettings[] channels = [.. settings?.Channels ?? []];
        if (channels.Length == 0)
        {
            throw new InputException("config", "no notifications", "a configuration with a section notifications; see docs/notifications.md");
        }

        ChannelSettings[] meant = [.. channels.Where(channel => only is null || channel.Name == only)];
        return meant.Length > 0 ? meant : throw new InputException("channel", only!, "one of " + string.Join(", ", channels.Select(static channel => channel.Name)));
    }

    private static string Json(ChannelSettings settings, Delivery outcome) => new JsonObject
    {
        ["channel"] = settings.Name,
        ["delivered"] = outcome.IsDone,
        ["reason"] = outcome.IsDone ? null : outcome.Reason,
    }.ToJsonString(JsonSerializerOptions.Default);
}
