using System.Text.Json;
using System.Text.Json.Nodes;
using Harrier.Exchanges.Transport;
using Harrier.Hosting.Notifications.Settings;

namespace Harrier.Hosting.Notifications.Telegram;

/// <summary>
/// Listens, by long polling, for orders that operators write to the bot. Only users on the list are heard, in the configured chat or alone with the bot; what others write
/// is told as an event and not answered. An order from before this run, or one that was long on its way, is not carried out: it was meant for another moment.
/// </summary>
/// <param name="channel">The channel, which answers.</param>
/// <param name="settings">Who may order.</param>
/// <param name="desk">What is asked and ordered.</param>
/// <param name="time">The wall clock.</param>
/// <param name="tell">Told of orders, of strangers, and that listening fails.</param>
internal sealed class TelegramListener(TelegramChannel channel, TelegramSettings settings, OperatorDesk desk, TimeProvider time, Action<string> tell)
{
    private const int TellAfter = 3;
    private const int MostStrangers = 100;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Patience = Poll + TimeSpan.FromSeconds(15);
    private static readonly TimeSpan OldestOrder = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan TellStrangerEvery = TimeSpan.FromMinutes(10);

    private readonly DateTimeOffset _began = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
    private readonly BackOff _backOff = new() { Jitter = new Random((int)(settings.Chat % int.MaxValue)).NextDouble };
    private readonly Dictionary<long, DateTimeOffset> _strangers = [];
    private long _next;
    private int _failures;

    /// <summary>Listens until stopped, or until the token is refused.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (await PollAsync(stop).ConfigureAwait(false))
            {
                // Once more.
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The run ends.
        }
    }

    private async Task<bool> PollAsync(CancellationToken stop)
    {
        JsonObject arguments = new() { ["offset"] = _next, ["timeout"] = (int)Poll.TotalSeconds, ["allowed_updates"] = new JsonArray("message") };
        TelegramAnswer answer = await channel.Client.CallAsync("getUpdates", arguments, Patience, stop).ConfigureAwait(false);
        if (!answer.Outcome.IsDone || answer.Result.ValueKind != JsonValueKind.Array)
        {
            return await FailAsync(answer.Outcome, stop).ConfigureAwait(false);
        }

        if (_failures >= TellAfter)
        {
            tell($"orders by {settings.Name} are heard again");
        }

        _failures = 0;
        foreach (JsonElement update in answer.Result.EnumerateArray())
        {
            ChatMessage? message = ChatMessage.Read(update, out long number);
            bool isNew = number >= _next;
            _next = Math.Max(_next, number + 1);
            if (message is not null && isNew)
            {
                await HearAsync(message, stop).ConfigureAwait(false);
            }
        }

        return true;
    }

    private async Task<bool> FailAsync(Delivery outcome, CancellationToken stop)
    {
        _failures++;
        if (outcome.IsFinal || _failures == TellAfter)
        {
            tell($"orders by {settings.Name} are not heard: {outcome.Reason}");
        }

        if (outcome.IsFinal)
        {
            return false;
        }

        await Task.Delay(outcome.RetryAfter ?? _backOff.Next(_failures - 1), time, stop).ConfigureAwait(false);
        return true;
    }

    private async Task HearAsync(ChatMessage message, CancellationToken stop)
    {
        bool isPlace = message.Chat == settings.Chat || message.Chat == message.User;
        if (!isPlace || !settings.Users.Contains(message.User))
        {
            TellStranger(message);
            return;
        }

        if (!message.Text.StartsWith('/'))
        {
            return;
        }

        DateTimeOffset now = time.GetUtcNow();
        string answer = message.Sent < _began || now - message.Sent > OldestOrder
            ? desk.TooOld(now - message.Sent)
            : await desk.AnswerAsync(message.Text, $"telegram user {message.User}", $"chat {message.Chat}, message {message.Id}", stop).ConfigureAwait(false);
        await channel.SendAsync(message.Chat, answer, stop).ConfigureAwait(false);
    }

    // The text of a stranger is not repeated: it is nobody's business what stands in our records.
    private void TellStranger(ChatMessage message)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_strangers.TryGetValue(message.User, out DateTimeOffset told) && now - told < TellStrangerEvery)
        {
            return;
        }

        if (_strangers.Count >= MostStrangers)
        {
            _strangers.Clear();
        }

        _strangers[message.User] = now;
        tell($"channel {settings.Name}: user {message.User} in chat {message.Chat} is not on the list; what they write is ignored");
    }
}
