using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Harrier.Hosting.Notifications.Settings;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Notifications.Telegram;

/// <summary>A server that answers as Telegram's bot API does: getUpdates waits for updates from an offset on and forgets those before it, sendMessage takes texts, a wrong token is 401.</summary>
internal sealed class TelegramStand : IAsyncDisposable
{
    public const string Token = "123456:abcdefghij_KLMNOPQRST-canary";

    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, string> _updates = [];
    private TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last = 500;

    public HttpReceiver Http { get; private set; } = null!;

    /// <summary>Chat and text of what was sent.</summary>
    public ConcurrentQueue<(long Chat, string Text)> Sent { get; } = new();

    /// <summary>Answers that come first, whatever is asked.</summary>
    public ConcurrentQueue<HttpReply> First { get; } = new();

    public static async Task<TelegramStand> StartAsync()
    {
        TelegramStand stand = new();
        stand.Http = await HttpReceiver.StartAsync(stand.AnswerAsync);
        return stand;
    }

    public TelegramSettings Settings(string token = Token, params long[] users) =>
        new() { Name = "ops", Kinds = [], PerMinute = 20, Token = Messages.Hidden(token), Chat = -100, Users = users, Address = Http.Address };

    /// <summary>Somebody writes to the bot.</summary>
    public void Write(long user, long chat, string text, DateTimeOffset at) => Add(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"message_id":7,"date":{{at.ToUnixTimeSeconds()}},"from":{"id":{{user}},"is_bot":false,"first_name":"N"},"chat":{"id":{{chat}},"type":"private"},"text":{{JsonSerializer.Serialize(text)}}}"""));

    /// <summary>An update whose message is any JSON.</summary>
    public void Add(string message)
    {
        lock (_gate)
        {
            _last++;
            _updates[_last] = string.Create(CultureInfo.InvariantCulture, $$"""{"update_id":{{_last}},"message":{{message}}}""");
            _came.TrySetResult();
        }
    }

    public ValueTask DisposeAsync() => Http.DisposeAsync();

    private async Task<HttpReply> AnswerAsync(ReceivedRequest request, CancellationToken stop)
    {
        if (First.TryDequeue(out HttpReply? first))
        {
            return first;
        }

        JsonElement asked = JsonDocument.Parse(request.Body).RootElement;
        switch (request.Target)
        {
            case "/bot" + Token + "/sendMessage":
                Sent.Enqueue((asked.GetProperty("chat_id").GetInt64(), asked.GetProperty("text").GetString()!));
                return new HttpReply(200, """{"ok":true,"result":{"message_id":1}}""");
            case "/bot" + Token + "/getUpdates":
                return new HttpReply(200, $$"""{"ok":true,"result":[{{await UpdatesAsync(asked.GetProperty("offset").GetInt64(), stop)}}]}""");
            default:
                return new HttpReply(401, """{"ok":false,"error_code":401,"description":"Unauthorized"}""");
        }
    }

    private async Task<string> UpdatesAsync(long offset, CancellationToken stop)
    {
        while (true)
        {
            Task came;
            lock (_gate)
            {
                foreach (long known in _updates.Keys.Where(number => number < offset).ToArray())
                {
                    _updates.Remove(known);
                }

                if (_updates.Count > 0)
                {
                    return string.Join(',', _updates.Values);
                }

                _came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                came = _came.Task;
            }

            await came.WaitAsync(stop);
        }
    }
}
