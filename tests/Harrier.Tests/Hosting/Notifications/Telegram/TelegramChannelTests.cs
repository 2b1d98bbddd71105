using System.Text.Json;
using Harrier.Hosting.Notifications;
using Harrier.Hosting.Notifications.Telegram;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Notifications.Telegram;

/// <summary>Messages to a chat over a real connection: the exact request, and what the answers of the API mean.</summary>
public sealed class TelegramChannelTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SendAsync_Taken_IsOnePlainTextToTheChat()
    {
        await using TelegramStand stand = await TelegramStand.StartAsync();
        using TelegramChannel channel = new(stand.Settings(), TimeProvider.System);

        (await channel.SendAsync(Messages.Of("<b>1</b> *2* ü"), Stop)).ShouldBe(Delivery.Done);

        ReceivedRequest request = stand.Http.Received.ShouldHaveSingleItem();
        (request.Method, request.Target, request.Headers["content-type"]).ShouldBe(("POST", $"/bot{TelegramStand.Token}/sendMessage", "application/json; charset=utf-8"));
        JsonElement body = JsonDocument.Parse(request.Body).RootElement;
        body.EnumerateObject().Select(static member => member.Name).ShouldBe(["chat_id", "text", "link_preview_options"]);
        (body.GetProperty("chat_id").GetInt64(), body.GetProperty("text").GetString()).ShouldBe((-100, "x: <b>1</b> *2* ü"));
        body.GetProperty("link_preview_options").GetProperty("is_disabled").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task SendAsync_TooLong_IsCutToWhatTheApiTakes()
    {
        await using TelegramStand stand = await TelegramStand.StartAsync();
        using TelegramChannel channel = new(stand.Settings(), TimeProvider.System);

        await channel.SendAsync(Messages.Of(new string('a', 10_000)), Stop);

        string text = stand.Sent.ShouldHaveSingleItem().Text;
        text.Length.ShouldBe(4096);
        text.ShouldEndWith("aa\n…");
    }

    [Fact]
    public async Task SendAsync_WrongToken_IsRefusedWithoutShowingIt()
    {
        await using TelegramStand stand = await TelegramStand.StartAsync();
        using TelegramChannel channel = new(stand.Settings("999:abcdefghij_KLMNOPQRST-canary"), TimeProvider.System);

        (await channel.SendAsync(Messages.Of("a"), Stop)).ShouldBe(Delivery.Refused("status 401: Unauthorized: the token is not one of a bot"));
    }

    [Theory]
    [InlineData(429, """{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 35","parameters":{"retry_after":35}}""", "status 429: Too Many Requests: retry after 35", false, 35)]
    [InlineData(400, """{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}""", "status 400: Bad Request: chat not found", true, null)]
    [InlineData(502, "<html>bad gateway</html>", "status 502", false, null)]
    [InlineData(400, """{"ok":false,"description":"no 123456:abcdefghij_KLMNOPQRST-canary here"}""", "status 400: no *** here", true, null)]
    [InlineData(200, "{}", "status 200", false, null)]
    [InlineData(200, "[1]", "status 200", false, null)]
    public async Task SendAsync_NotTaken_SaysWhyAndWhenAgain(int status, string body, string reason, bool isFinal, int? seconds)
    {
        await using TelegramStand stand = await TelegramStand.StartAsync();
        stand.First.Enqueue(new HttpReply(status, body));
        using TelegramChannel channel = new(stand.Settings(), TimeProvider.System);

        (await channel.SendAsync(Messages.Of("a"), Stop)).ShouldBe(new Delivery(false, reason, isFinal, seconds is { } wait ? TimeSpan.FromSeconds(wait) : null));
    }

    [Fact]
    public async Task SendAsync_ServerAway_SaysSoWithoutTheToken()
    {
        await using TelegramStand stand = await TelegramStand.StartAsync();
        using TelegramChannel channel = new(stand.Settings() with { Address = new Uri($"http://127.0.0.1:{Messages.DeadPort()}") }, TimeProvider.System);

        (await channel.SendAsync(Messages.Of("a"), Stop)).ShouldBe(Delivery.Failed("not reached: ConnectionError"));
        stand.Settings().ToString().ShouldNotContain("canary");
    }
}
