using System.Text.Json.Nodes;
using Harrier.Exchanges.Requests;
using Harrier.Hosting.Notifications.Settings;

namespace Harrier.Hosting.Notifications.Telegram;

/// <summary>Messages to a chat of Telegram, as plain text: nothing in them is markup.</summary>
public sealed class TelegramChannel : INotificationChannel
{
    private const int LongestText = 4096;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpMessageInvoker _http = RestTransport.Create(2);
    private readonly TelegramSettings _settings;

    /// <summary>Makes the channel.</summary>
    /// <param name="settings">Bot and chat.</param>
    /// <param name="time">The wall clock.</param>
    public TelegramChannel(TelegramSettings settings, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings;
        Client = new TelegramClient(settings.Address, settings.Token.Value, _http, time);
    }

    /// <inheritdoc/>
    public int MostTogether => 20;

    /// <inheritdoc/>
    public TimeSpan Spacing => TimeSpan.FromSeconds(1);

    /// <summary>The API, over this channel's transport.</summary>
    internal TelegramClient Client { get; }

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(ChannelMessage message, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(message);
        return await SendAsync(_settings.Chat, message.Text, stop).ConfigureAwait(false);
    }

    /// <summary>Ends the transport.</summary>
    public void Dispose() => _http.Dispose();

    /// <summary>Sends a text to a chat.</summary>
    internal async Task<Delivery> SendAsync(long chat, string text, CancellationToken stop)
    {
        JsonObject arguments = new()
        {
            ["chat_id"] = chat,
            ["text"] = text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText - 2), "\n…"),
            ["link_preview_options"] = new JsonObject { ["is_disabled"] = true },
        };
        return (await Client.CallAsync("sendMessage", arguments, Patience, stop).ConfigureAwait(false)).Outcome;
    }
}
